"""Overrides by hand: the form that shows what it would change while it is filled in, and taking one back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.core.people import slack_id
from bot.domain.schedules import asked_words
from bot.domain.schedules import overrides as rules
from bot.domain.schedules.errors import (
    EmptyWindow,
    OneselfAsSubstitute,
    PersonIsGone,
    UnknownSchedule,
    WindowIsLong,
    WindowIsPast,
)
from bot.domain.schedules.overrides import Kind
from bot.services.schedules import overrides
from bot.services.schedules.overrides import Wanted
from handlers import form
from handlers.door import Door
from handlers.form import Choice
from handlers.form_values import Values
from handlers.request import Request
from handlers.response import Errors, Redraw, Reply, Show, View
from handlers.schedules import shift_words
from handlers.words.command import Command
from storage.queries import schedules as schedule_queries

KINDS = (
    Choice("replace", "Someone takes over", "For one person who is on call then"),
    Choice("add", "Someone joins", "On call together with the others"),
    Choice("remove", "Someone steps out", "The others go on without them"),
    Choice("only", "A temporary schedule", "This person and no one else"),
)
USUAL = timedelta(hours=8)


@dataclass(frozen=True)
class Entries:
    """What stands in the form. People are Slack ids."""

    schedule: str
    start: datetime
    end: datetime
    kind: str = "replace"
    person: str = ""
    other: str = ""
    note: str = ""

    def wanted(self) -> Wanted:
        kind = cast(Kind, self.kind)
        alone = (self.person,) if kind == "only" and self.person else ()
        person = "" if kind == "only" else self.person
        other = self.other if kind == "replace" else ""
        return Wanted(self.schedule, kind, self.start, self.end, person, other, alone, self.note)


def entered(values: Values, now: datetime) -> Entries:
    start, end = values.moment("start"), values.moment("end")
    return Entries(
        schedule=values.choice("schedule"),
        start=datetime.fromtimestamp(start, UTC) if start else now,
        end=datetime.fromtimestamp(end, UTC) if end else now,
        kind=values.choice("kind") or "replace",
        person=values.user("person"),
        other=values.user("other"),
        note=values.text("note"),
    )


def command(door: Door, request: Request, said: Command) -> Reply:
    """Opens the form, for the schedule that is named or the first. Raises UnknownSchedule."""
    return _opened(door, request, said.text)


def button(door: Door, request: Request) -> Reply:
    return _opened(door, request, request.value)


def _opened(door: Door, request: Request, name: str) -> Reply:
    catalog = door.catalog
    if not catalog.schedules:
        raise UnknownSchedule(text=name or "any", choices="none is configured yet")
    schedule = asked_words.place(name, catalog, door.desk.clock.now()) or next(iter(catalog.schedules))
    start = next_hour(door.desk.clock.now())

    def draw(session: Session) -> Show:
        rota = rules.rota_of(catalog, *schedule_queries.overrides(session, door.desk.clock.now()))
        present = rota.on_call(schedule, start).people
        person = slack_id(present[0], catalog) if present else None
        first = Entries(schedule, start, start + USUAL, person=person or "")
        return Show(_view(door, session, request, first))

    return door.look(request, "override", draw)


def next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _view(door: Door, session: Session, request: Request, entries: Entries) -> View:
    meta = {"channel": request.channel, "bot_is_there": request.bot_is_there}
    return override_view(list(door.catalog.schedules), entries, preview(door, session, request.user, entries), meta)


def override_view(names: list[str], entries: Entries, shown: str, meta: Mapping[str, Any]) -> View:
    """The form; `shown` is the line about who gains and loses what, drawn anew with every choice.

    It comes first: below the fields nobody would see it change.
    """
    people = {"replace": "Who is replaced?", "add": "Who joins?", "remove": "Who steps out?", "only": "Who is on call?"}
    menu = form.menu([Choice(name, name) for name in names], entries.schedule)
    taker = form.field("other", "Who takes over?", form.person(entries.other), action="override.choice")
    blocks = [
        form.small(shown, "preview"),
        form.field("schedule", "Schedule", menu, action="override.choice"),
        form.field("kind", "What changes?", form.radios(KINDS, entries.kind), action="override.choice"),
        form.field("person", people[entries.kind], form.person(entries.person), action="override.choice"),
        *([taker] if entries.kind == "replace" else []),
        form.field("start", "From", form.moment(entries.start), action="override.choice",
                   hint="In your own time zone."),
        form.field("end", "To", form.moment(entries.end), action="override.choice"),
        form.field("note", "Why?", form.words(initial=entries.note), optional=True),
    ]  # fmt: skip
    return form.modal("override", "Override", blocks, submit="Make it so", meta=meta)


def preview(door: Door, session: Session, viewer: str, entries: Entries) -> str:
    """Who would gain and lose what, or why it cannot be done."""
    catalog, now = door.catalog, door.desk.clock.now()
    wanted = entries.wanted()
    zone = door.composer().zone(session, viewer)
    rows, gone = schedule_queries.overrides(session, now)[0], schedule_queries.gone(session)
    rota = rules.rota_of(catalog, rows, gone)
    try:
        schedule = overrides.key_of(catalog, wanted.schedule)
        asked = overrides.parsed(catalog, wanted)
        rules.require(rota, schedule, asked, rows, now=now, gone=gone)
    except DomainError as refusal:
        return f"👀 {refusal.sentence()}"
    made = rules.clipped(asked, now)
    found = rules.changes_by(rota, schedule, made)
    show = door.composer().showing(session, [slack_id(one.person, catalog) or "" for one in found])
    own = catalog.schedules[schedule].zone
    words = shift_words.consequences(found, lambda who: show.name(slack_id(who, catalog) or who), zone, own)
    return f"👀 {words}{shift_words.uncovered(rules.left_alone(rota, schedule, made), zone, own)}"


def changed(door: Door, request: Request) -> Reply:
    """Something was chosen: the form shows what it would change now."""
    entries = entered(request.values, door.desk.clock.now())
    return door.look(request, "override", lambda session: Redraw(_view(door, session, request, entries)))


def submitted(door: Door, request: Request) -> Reply:
    entries = entered(request.values, door.desk.clock.now())
    try:
        return door.do(request, "override", lambda w: overrides.add(w, entries.wanted()))
    except DomainError as refusal:
        return Errors({_field(refusal, entries): refusal.sentence()})


def _field(refusal: DomainError, entries: Entries) -> str:
    match refusal:
        case EmptyWindow() | WindowIsPast() | WindowIsLong():
            return "end"
        case UnknownSchedule():
            return "schedule"
        case OneselfAsSubstitute() | PersonIsGone():
            return "other" if entries.kind == "replace" else "person"
    return "person"


def cancel_button(door: Door, request: Request) -> Reply:
    return door.do(request, "override", lambda w: overrides.cancel(w, request.number))


ONCALL = {"override": command}
ACTIONS = {"override.open": button, "override.choice": changed, "override.cancel": cancel_button}
VIEWS = {"override": submitted}
