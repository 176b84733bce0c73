"""Use cases of overrides: made, taken back; whoever is affected is told, and history goes on from here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.catalog import Catalog
from bot.domain.core import people as people_rules
from bot.domain.core.eligibility import Task
from bot.domain.schedules import asked_words
from bot.domain.schedules import overrides as rules
from bot.domain.schedules.errors import NoSuchOverride, OverrideIsOver, UnknownSchedule
from bot.domain.schedules.facts import OverrideAdded, OverrideCancelled
from bot.domain.schedules.overrides import Change, Kind
from bot.domain.schedules.schedule import Override
from bot.services.core.answer import Answer
from bot.services.schedules import gaps, history, stale_requests
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import ScheduleOverride
from storage.queries import schedules as schedule_queries


@dataclass(frozen=True)
class Wanted:
    """An override as somebody asks for it. People are named as people write them, or as our records do."""

    schedule: str
    kind: Kind
    start: datetime
    end: datetime
    person: str = ""
    substitute: str = ""
    people: tuple[str, ...] = ()
    note: str = ""


def key_of(catalog: Catalog, text: str) -> str:
    """The schedule of this name, whatever its case, or the only one that has it as a word. Raises UnknownSchedule."""
    found = asked_words.schedule(text, catalog)
    if found is None:
        raise UnknownSchedule(text=text[:60], choices=", ".join(catalog.schedules) or "none is configured yet")
    return found


def person_of(catalog: Catalog, text: str) -> str:
    """Somebody as schedules name them. Raises UnknownPerson."""
    return rules.named(people_rules.identify(text, catalog), catalog)


def parsed(catalog: Catalog, wanted: Wanted) -> Override:
    """The override with people as schedules name them. Raises UnknownPerson."""

    def who(text: str) -> str:
        return person_of(catalog, text) if text else ""

    return Override(
        wanted.start,
        wanted.end,
        wanted.kind,
        who(wanted.person),
        who(wanted.substitute) or None,
        tuple(who(one) for one in wanted.people),
    )


def add(w: Work, wanted: Wanted, cover: int | None = None, *, aloud: bool = True) -> Answer:
    """Makes an override. Raises DomainError when it makes no sense or would change nothing.

    `aloud`: the schedule's owner hears of gaps that it opens, and whoever is affected of their shifts; else whoever
    calls this tells them of several changes at once.
    """
    history.hold(w)
    schedule, asked = key_of(w.catalog, wanted.schedule), parsed(w.catalog, wanted)
    rows, gone = schedule_queries.overrides(w.session, w.now)[0], schedule_queries.gone(w.session)
    before = rules.rota_of(w.catalog, rows, gone)
    rules.require(before, schedule, asked, rows, now=w.now, gone=gone)
    for who in _coming(asked):
        eligibility.require(w, who, Task.COVER)
    made = rules.clipped(asked, w.now)
    row = _row(w, schedule, made, wanted.note, cover)
    changed = plain(w.catalog, rules.changes_by(before, schedule, made))
    after = before.with_override(schedule, made)
    alone = [[one.isoformat() for one in span] for span in rules.left_alone(before, schedule, made)]
    w.record([_added(w, row, changed, aloud)], schedule=schedule)
    if aloud:
        gaps.tell(w, schedule, before, after, made.start, made.end)
    stale_requests.end_stale(w, after, schedule)
    history.settle(w)
    values = {"override": row.id, "schedule": schedule, "changes": changed, "alone": alone, "note": row.note}
    return Answer("override_added", values={**values, "people": _everybody(changed)})


def _coming(asked: Override) -> list[str]:
    """Who is on call by it."""
    added = [asked.person] if asked.action == "add" else []
    return [who for who in (*added, asked.substitute, *asked.people) if who]


def _row(w: Work, schedule: str, made: Override, note: str, cover: int | None) -> ScheduleOverride:
    row = ScheduleOverride(
        schedule=schedule,
        kind=made.action,
        person=made.person,
        substitute=made.substitute,
        people=list(made.people),
        start=made.start,
        end=made.end,
        note=note.strip()[:500],
        cover=cover,
        created_by=w.actor.who,
        created_at=w.now,
    )
    w.session.add(row)
    w.session.flush()
    return row


def _added(w: Work, row: ScheduleOverride, changed: list[dict[str, Any]], aloud: bool) -> OverrideAdded:
    def recorded(who: str) -> str:
        return people_rules.slack_id(who, w.catalog) or who

    return OverrideAdded(
        override=row.id or 0,
        schedule=row.schedule,
        kind=row.kind,
        person=recorded(row.person),
        substitute=recorded(row.substitute) if row.substitute else None,
        people=[recorded(one) for one in row.people],
        start=row.start,
        end=row.end,
        note=row.note,
        by=w.actor.who,
        cover=row.cover,
        changes=changed,
        gathered=not aloud,
    )


def cancel(w: Work, number: int, *, aloud: bool = True) -> Answer:
    """Takes an override back; one that runs already has held until now. `aloud` as in `add`."""
    history.hold(w)
    row = w.lock(ScheduleOverride, number)
    if row is None:
        raise NoSuchOverride(number=number)
    if row.cancelled_at or row.end <= w.now:
        raise OverrideIsOver(number=number, state="cancelled" if row.cancelled_at else "over")
    before = history.read(w)
    row.cancelled_at, row.cancelled_by = w.now, w.actor.who
    w.session.flush()
    after, start = history.read(w), max(row.start, w.now)
    known = row.schedule in w.catalog.schedules
    found = rules.changes(before, after, row.schedule, start, row.end) if known else []
    changed = plain(w.catalog, found)
    fact = OverrideCancelled(override=number, schedule=row.schedule, by=w.actor.who, changes=changed,
                             gathered=not aloud)  # fmt: skip
    w.record([fact], schedule=row.schedule)
    empty = rules.holes(before, after, row.schedule, start, row.end) if known else []
    if known and aloud:
        gaps.tell(w, row.schedule, before, after, start, row.end)
    stale_requests.end_stale(w, after, row.schedule)
    history.settle(w)
    values = {"override": number, "schedule": row.schedule, "changes": changed, "people": _everybody(changed)}
    alone = [[one.start.isoformat(), one.end.isoformat()] for one in empty]
    return Answer("override_cancelled", values={**values, "alone": alone})


def plain(catalog: Catalog, found: list[Change]) -> list[dict[str, Any]]:
    """Changes for facts and messages: people as our records name them, times as ISO 8601."""
    return [
        {
            "person": people_rules.slack_id(one.person, catalog) or one.person,
            "gains": one.gains,
            "start": one.start.isoformat(),
            "end": one.end.isoformat(),
        }
        for one in found
    ]


def _everybody(changed: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(one["person"] for one in changed))
