"""Swapping shifts with one person: the form that shows who would take what, and the answer of whoever is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from bot.domain.core import people
from bot.domain.core.errors import DomainError
from bot.domain.schedules import cover_requests
from bot.domain.schedules import overrides as rules
from bot.domain.schedules.cover_requests import Span
from bot.domain.schedules.errors import (
    NothingToGive,
    OnCallAnyway,
    PersonIsGone,
    SwapOverlaps,
    SwapWithOneself,
    UnknownSchedule,
)
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.schedules import schedules as shown
from bot.services.schedules import cover_requests as cover_request_service
from bot.services.schedules import overrides
from bot.services.schedules.cover_requests import Offer
from handlers import form
from handlers.door import Door
from handlers.form import Choice
from handlers.form_values import Values
from handlers.request import Request
from handlers.response import Errors, Redraw, Reply, Show, View
from handlers.schedules import cover_requests as covering
from handlers.schedules import shift_words
from handlers.words.command import Command

MOST = 25
"""Shifts to choose from."""


@dataclass(frozen=True)
class Entries:
    """What stands in the form. The partner is a Slack id, a shift "start-end" in seconds since 1970."""

    schedule: str
    partner: str = ""
    mine: str = ""
    theirs: str = ""
    note: str = ""


def entered(values: Values) -> Entries:
    return Entries(
        schedule=values.choice("schedule"),
        partner=values.user("partner"),
        mine=values.choice("mine"),
        theirs=values.choice("theirs"),
        note=values.text("note"),
    )


def command(door: Door, request: Request, said: Command) -> Reply:
    """With somebody's name it opens the form of a swap with them, else the one that asks for cover."""
    words = [word for word in said.text.split() if word.lower() != "with"]
    known = {key.lower() for key in door.catalog.schedules}
    named = [word for word in words if word.removeprefix("schedule:").lower() in known]
    others = [word for word in words if word not in named]
    if not others or not said.text.strip() or not _is_somebody(others[0], door):
        return covering.command(door, request, said)
    schedule = overrides.key_of(door.catalog, named[0]) if named else ""
    partner = people.identify(others[0], door.catalog)
    return _opened(door, request, schedule, partner)


def _is_somebody(word: str, door: Door) -> bool:
    try:
        return bool(people.identify(word, door.catalog))
    except DomainError:
        return False


def _opened(door: Door, request: Request, schedule: str, partner: str) -> Reply:
    def draw(session: Session) -> Show:
        first = Entries(schedule or _first(door, session, request.user), partner)
        return Show(_view(door, session, request, first))

    return door.look(request, "swap", draw)


def _first(door: Door, session: Session, viewer: str) -> str:
    """The schedule on which the viewer has the next shift. Raises NothingToCover."""
    mine = covering.mine(door, session, viewer)
    if not mine:
        raise covering.NothingToCover
    return min(mine, key=lambda one: mine[one][0])


def _view(door: Door, session: Session, request: Request, entries: Entries) -> View:
    oneself = _is_oneself(request.user, entries.partner, door)
    if oneself:
        entries = replace(entries, partner="", theirs="")
    show = door.composer().showing(session, [request.user, entries.partner], since=door.desk.clock.now())
    zone = door.composer().zone(session, request.user)
    mine, theirs = (_shifts(show, entries.schedule, who) for who in (request.user, entries.partner))
    chosen = Entries(entries.schedule, entries.partner, _valid(entries.mine, mine), _valid(entries.theirs, theirs),
                     entries.note)  # fmt: skip
    known = door.catalog.schedules.get(chosen.schedule)
    own = known.zone if known else zone

    def span(start: datetime, end: datetime) -> str:
        return shift_words.span(start, end, zone, own)

    choices = [[Choice(value(one), span(*one)) for one in some[:MOST]] for some in (mine, theirs)]
    meta = {"channel": request.channel, "bot_is_there": request.bot_is_there}
    line = preview(show, request.user, chosen, span)
    line = f"👀 {SwapWithOneself().sentence()}" if oneself else line
    return swap_view(list(door.catalog.schedules), chosen, choices, line, meta)


def _is_oneself(viewer: str, partner: str, door: Door) -> bool:
    return bool(partner) and rules.named(partner, door.catalog) == rules.named(viewer, door.catalog)


def _shifts(show: Presenter, schedule: str, who: str) -> list[Span]:
    if not who or schedule not in show.catalog.schedules:
        return []
    return [(max(start, show.now), end) for start, end in shown.turns(show, who, schedule)]


def value(span: Span) -> str:
    return f"{int(span[0].timestamp())}-{int(span[1].timestamp())}"


def window(text: str) -> Span | None:
    """The shift that was chosen."""
    start, _, end = text.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    return datetime.fromtimestamp(int(start), UTC), datetime.fromtimestamp(int(end), UTC)


def _valid(chosen: str, spans: list[Span]) -> str:
    """What was chosen, while it is still one of them, else the first. One that runs begins later with every drawing."""
    ends = chosen.partition("-")[2]
    same = next((value(one) for one in spans if value(one).partition("-")[2] == ends), None)
    return same or (value(spans[0]) if spans else "")


def swap_view(
    names: list[str], entries: Entries, shifts: list[list[Choice]], line: str, meta: Mapping[str, Any]
) -> View:
    """The form; `shifts` are the viewer's, and the partner's as soon as somebody is chosen."""
    menu = form.menu([Choice(name, name) for name in names], entries.schedule)
    mine, theirs = shifts
    blocks = [
        form.small(line, "preview"),
        covering.how("swap"),
        form.field("schedule", "Schedule", menu, action="swap.choice"),
        form.field("partner", "Swap with?", form.person(entries.partner), action="swap.choice"),
        *([form.field("mine", "You give", form.menu(mine, entries.mine), action="swap.choice")] if mine else []),
        *(
            [form.field("theirs", "You take", form.menu(theirs, entries.theirs), action="swap.choice")]
            if theirs
            else []
        ),
        form.field("note", "What should they know?", form.words(initial=entries.note), optional=True),
    ]
    return form.modal("swap", "Swap shifts", blocks, submit="Ask them", meta=meta)


def preview(show: Presenter, viewer: str, entries: Entries, span: Callable[[datetime, datetime], str]) -> str:
    """Who would take what, or why that cannot be."""
    if not entries.partner:
        return "👀 Choose a person to see who would take what. Nothing changes until they accept."
    gives, takes = window(entries.mine), window(entries.theirs)
    me, other = (rules.named(who, show.catalog) for who in (viewer, entries.partner))
    name = show.name(entries.partner)
    if gives is None or takes is None:
        return f"👀 {name if gives else 'You'}: no shift on {entries.schedule} within four weeks, so nothing to swap."
    try:
        made = cover_requests.swap(show.plan, entries.schedule, me, other, gives, takes)
    except DomainError as refusal:
        return f"👀 {refusal.sentence()}"
    given, taken = (", ".join(span(*one) for one in some) for some in (made.gives, made.takes))
    return f"👀 {name} takes {given} from you, and you take {taken}. Nothing changes until {name} accepts."


def changed(door: Door, request: Request) -> Reply:
    """Something was chosen: the form shows what it would change now."""
    return door.look(request, "swap", lambda session: Redraw(_view(door, session, request, entered(request.values))))


def turned(door: Door, request: Request) -> Reply:
    """From asking the team to asking one person, and back: the same modal with the other form."""
    schedule = request.values.choice("schedule")

    def draw(session: Session) -> Redraw:
        if request.values.choice("how") == "cover":
            return Redraw(covering.first_view(door, session, request, schedule))
        return Redraw(_view(door, session, request, Entries(schedule)))

    return door.look(request, "swap", draw)


def submitted(door: Door, request: Request) -> Reply:
    one = entered(request.values)
    gives, takes = window(one.mine), window(one.theirs)
    if gives is None or takes is None:
        return Errors({"partner": "There must be a shift of yours and one of theirs: choose someone else."})
    offer = Offer(one.schedule, *gives, one.partner, *takes, one.note)
    try:
        return door.do(request, "swap", lambda w: cover_request_service.offer(w, offer))
    except DomainError as refusal:
        return Errors({_field(refusal): refusal.sentence()})


def _field(refusal: DomainError) -> str:
    match refusal:
        case UnknownSchedule():
            return "schedule"
        case SwapWithOneself() | PersonIsGone():
            return "partner"
        case NothingToGive() | OnCallAnyway() | SwapOverlaps():
            return "theirs"
    return "mine"


def decline(door: Door, request: Request) -> Reply:
    return door.do(request, "swap", lambda w: cover_request_service.decline(w, request.number))


ONCALL = {"swap": command}
ACTIONS = {"swap.choice": changed, "swap.how": turned, "cover.decline": decline}
VIEWS = {"swap": submitted}
