"""Getting cover: the form, the buttons of the request in the team's channel, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.schedules import asked_words
from bot.domain.schedules.errors import EmptyWindow, UnknownSchedule, WindowIsLong, WindowIsPast
from bot.rendering.contexts.schedules import schedules as shown
from bot.services.schedules import cover_requests
from bot.services.schedules.cover_requests import Window
from handlers import form
from handlers.door import Door
from handlers.form import Choice
from handlers.form_values import Values
from handlers.request import Request
from handlers.response import Errors, Redraw, Reply, Show, View
from handlers.schedules import shift_words
from handlers.schedules.overrides import next_hour
from handlers.words.command import Command

USUAL = timedelta(hours=8)
HOW = (
    Choice("cover", "Someone takes it", "Your team is asked; the first to accept has it"),
    Choice("swap", "A swap", "One person is asked to take yours for one of theirs"),
)


class NothingToCover(DomainError):
    """You are not on call within the next four weeks, so there is nothing to cover. `/oncall me` shows your shifts."""


@dataclass(frozen=True)
class Entries:
    schedule: str
    start: datetime
    end: datetime
    note: str = ""


def entered(values: Values, now: datetime) -> Entries:
    start, end = values.moment("start"), values.moment("end")
    return Entries(
        schedule=values.choice("schedule"),
        start=datetime.fromtimestamp(start, UTC) if start else now,
        end=datetime.fromtimestamp(end, UTC) if end else now,
        note=values.text("note"),
    )


def command(door: Door, request: Request, said: Command) -> Reply:
    """Opens the form. Raises UnknownSchedule, NothingToCover."""
    return _opened(door, request, said.text)


def button(door: Door, request: Request) -> Reply:
    return _opened(door, request, request.value)


def _opened(door: Door, request: Request, name: str) -> Reply:
    """The viewer's own schedules, and of the one that is meant the shift that runs or comes next."""
    wanted = asked_words.place(name, door.catalog, door.desk.clock.now())

    return door.look(request, "swap", lambda session: Show(first_view(door, session, request, wanted)))


def first_view(door: Door, session: Session, request: Request, wanted: str) -> View:
    """The form as it opens. Raises NothingToCover."""
    own = mine(door, session, request.user)
    if not own:
        raise NothingToCover
    schedule = wanted if wanted in own else min(own, key=lambda one: own[one][0])
    start, end = own[schedule][0]
    start = max(start, next_hour(door.desk.clock.now()))
    first = Entries(schedule, start, min(end, start + USUAL) if end > start else end)
    return _view(door, session, request, first, list(own))


def mine(door: Door, session: Session, user: str) -> dict[str, list[tuple[datetime, datetime]]]:
    """The schedules on which somebody has shifts within four weeks, with these."""
    show = door.composer().showing(session, since=door.desk.clock.now())
    found = {name: shown.mine(show, user, name) for name in door.catalog.schedules}
    return {name: spans for name, spans in found.items() if spans}


def _view(door: Door, session: Session, request: Request, entries: Entries, names: list[str]) -> View:
    meta = {"channel": request.channel, "bot_is_there": request.bot_is_there}
    return cover_view(names, entries, preview(door, session, request.user, entries), meta)


def cover_view(names: list[str], entries: Entries, line: str, meta: Mapping[str, Any]) -> View:
    """The form; `line` says which part of the time the viewer is on call."""
    menu = form.menu([Choice(name, name) for name in names], entries.schedule)
    blocks = [
        form.small(line, "preview"),
        how("cover"),
        form.field("schedule", "Schedule", menu, action="cover.choice"),
        form.field("start", "From", form.moment(entries.start), action="cover.choice", hint="In your own time zone."),
        form.field("end", "To", form.moment(entries.end), action="cover.choice"),
        form.field("note", "What should they know?", form.words(initial=entries.note), optional=True),
    ]
    return form.modal("cover", "Get cover", blocks, submit="Ask my team", meta=meta)


def how(chosen: str) -> dict[str, Any]:
    """Asked of the team, or of one person; the other choice turns the form into the other one."""
    return form.field("how", "What do you need?", form.radios(HOW, chosen), action="swap.how")


def preview(door: Door, session: Session, viewer: str, entries: Entries) -> str:
    zone = door.composer().zone(session, viewer)
    show = door.composer().showing(session, since=door.desk.clock.now())
    own = shown.mine(show, viewer, entries.schedule) if entries.schedule in door.catalog.schedules else []
    spans = [(max(start, entries.start), min(end, entries.end)) for start, end in own]
    spans = [(start, end) for start, end in spans if start < end]
    if not spans:
        return "👀 You are not on call in this time: there is nothing to cover."
    its = door.catalog.schedules[entries.schedule].zone
    words = ", ".join(shift_words.span(*one, zone, its) for one in spans[: shift_words.SHOWN])
    return f"👀 The person who takes it is on call {words}. Until then you are."


def changed(door: Door, request: Request) -> Reply:
    """Something was chosen: the line says what would be covered."""
    entries = entered(request.values, door.desk.clock.now())

    def draw(session: Session) -> Redraw:
        names = list(mine(door, session, request.user)) or [entries.schedule]
        return Redraw(_view(door, session, request, entries, names))

    return door.look(request, "swap", draw)


def submitted(door: Door, request: Request) -> Reply:
    one = entered(request.values, door.desk.clock.now())
    try:
        return door.do(
            request, "swap", lambda w: cover_requests.ask(w, Window(one.schedule, one.start, one.end, one.note))
        )
    except DomainError as refusal:
        return Errors({_field(refusal): refusal.sentence()})


def _field(refusal: DomainError) -> str:
    match refusal:
        case EmptyWindow() | WindowIsPast() | WindowIsLong():
            return "end"
        case UnknownSchedule():
            return "schedule"
    return "start"


def take(door: Door, request: Request) -> Reply:
    return door.do(request, "swap", lambda w: cover_requests.take(w, request.number))


def withdraw(door: Door, request: Request) -> Reply:
    return door.do(request, "swap", lambda w: cover_requests.withdraw(w, request.number))


ACTIONS = {"cover.get": button, "cover.choice": changed, "cover.take": take, "cover.withdraw": withdraw}
VIEWS = {"cover": submitted}
