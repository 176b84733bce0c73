"""Use case of bringing a calendar in: its entries become overrides, once each, by the use case that people have too.

One calendar is one source. What it brought before and does not hold any more ends, so that it must be known which one
it is: by the name that whoever imports it gives, else by its own, else by its file's.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import select

from bot.domain.core.errors import DomainError
from bot.domain.schedules import calendar_import as rules
from bot.domain.schedules import days, effects
from bot.domain.schedules import overrides as override_rules
from bot.domain.schedules.calendar_import import Busy, CalendarEntry, CalendarReading, Known, Meaning, Step
from bot.domain.schedules.errors import AnotherCalendar
from bot.services.schedules import gaps as gap_service
from bot.services.schedules import history, overrides
from bot.services.schedules.overrides import Wanted
from bot.work import Work
from storage.models import CalendarImport, ScheduleOverride
from storage.queries import schedules as schedule_queries

NOTE = "from a calendar"


@dataclass(frozen=True)
class Origin:
    """Which calendar it is: `said` by whoever imports it, or only the name of its `file`."""

    said: str = ""
    file: str = ""


@dataclass
class Imported:
    """What came of a calendar: overrides made and cancelled, entries as they were before, sentences on the rest.

    `entries` say it line by line: {what: made, moved, ended, kept or left_out, when, summary, person, before, why}.
    `gaps`: {start, end, was} for each stretch that nobody covers any more, `gap_hours` all of them together.
    """

    source: str = ""
    entries: list[dict[str, Any]] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    unchanged: int = 0
    notices: list[str] = field(default_factory=list)
    gaps: list[dict[str, Any]] = field(default_factory=list)
    gap_hours: float = 0.0

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def bring_in(w: Work, name: str, reading: CalendarReading, meaning: Meaning, origin: Origin | None = None) -> Imported:
    """Makes overrides of entries. Raises UnknownSchedule, AnotherCalendar; an entry that is refused is said and left
    out.

    The schedule's owner hears once of all the gaps that open.
    """
    history.hold(w)
    schedule = overrides.key_of(w.catalog, name)
    rows = list(w.session.exec(select(CalendarImport).where(CalendarImport.schedule == schedule)))
    source = _source(reading, rows, origin or Origin())
    _require_the_same(w, reading, rows, source, origin or Origin())
    own = _own(w, reading, rows, source)
    known = {uid: _known(w, row) for uid, row in own.items()}
    plan = rules.plan(w.catalog, reading, known, meaning, w.now, _busy(w, schedule, own))
    done = Imported(source, unchanged=plan.unchanged, notices=list(plan.notices))
    done.entries += [{"what": "left_out", "why": why} for why in plan.notices]
    before = history.read(w)
    ends = [*(entry.end for entry in reading.entries), *(row.end for row in rows)]
    until = max(ends, default=w.now)
    for step in plan.steps:
        _cancel(w, step, done)
    for step in plan.steps:
        _carry_out(w, schedule, source, reading, step, own.get(step.entry.uid), done)
    done.entries += [_line(reading, "kept", entry, person) for entry, person in plan.kept]
    done.entries.sort(key=lambda one: one.get("start", ""))
    if done.made or done.cancelled:
        after = history.read(w)
        _tell(w, schedule, overrides.plain(w.catalog, override_rules.changes(before, after, schedule, w.now, until)))
        found = gap_service.tell(w, schedule, before, after, w.now, until)
        done.gaps = [gap_service.plain(w, one) for one in found]
        done.gap_hours = round(sum((one.end - one.start).total_seconds() for one in found) / 3600, 1)
    return done


def _tell(w: Work, schedule: str, changes: list[dict[str, Any]]) -> None:
    """One message to each person, with all that the import has done to their shifts."""
    values = {"schedule": schedule, "what": "imported", "by": w.actor.who, "note": ""}
    for told in effects.affected(f"import:{schedule}:{w.now.isoformat()}", values, changes):
        w.carry_out(told)


# which calendar it is


def _source(reading: CalendarReading, rows: list[CalendarImport], origin: Origin) -> str:
    """The name of the calendar. One that has none, in a file of another name, is known again by its events."""
    name = origin.said.strip()[:100] or reading.name
    if name or any(row.source == origin.file for row in rows):
        return name or origin.file
    there = _events(reading)
    for source in dict.fromkeys(row.source for row in rows if row.source is not None):
        events = {rules.event_of(row.uid) for row in rows if row.source == source}
        if 2 * len(events & there) >= len(events):
            return source
    return origin.file


def _events(reading: CalendarReading) -> set[str]:
    return {*reading.until, *(rules.event_of(entry.uid) for entry in reading.entries)}


def _require_the_same(
    w: Work, reading: CalendarReading, rows: list[CalendarImport], source: str, origin: Origin
) -> None:
    """Raises AnotherCalendar when nothing and no one in it came from this source before: many calendars have the same
    name, and what one has brought must not end by another."""
    lasting = [row for row in rows if row.source == source and row.end > w.now]
    people = {who for entry in reading.entries for who in rules.whom(entry, w.catalog)}
    strange = not any(rules.event_of(row.uid) in _events(reading) or row.person in people for row in lasting)
    if lasting and reading.entries and strange and not origin.said:
        count = "1 override" if len(lasting) == 1 else f"{len(lasting)} overrides"
        raise AnotherCalendar(source=source or "without a name", what=count)


def _own(w: Work, reading: CalendarReading, rows: list[CalendarImport], source: str) -> dict[str, CalendarImport]:
    """What came from this calendar, by uid. An entry with a new uid and the same person and time is the same one."""
    there = {entry.uid for entry in reading.entries}
    own = {row.uid: row for row in rows if row.source == source or row.uid in there}
    lost = [row for uid, row in own.items() if uid not in there]
    for entry in reading.entries:
        if entry.uid in own:
            continue
        same = rules.whom(entry, w.catalog), entry.start, entry.end
        twin = next((row for row in lost if ([row.person], row.start, row.end) == same), None)
        if twin is not None:
            lost.remove(twin)
            del own[twin.uid]
            twin.uid = entry.uid
            own[entry.uid] = twin
    w.session.flush()
    return own


def _known(w: Work, row: CalendarImport) -> Known:
    made = [w.session.get_one(ScheduleOverride, number) for number in _numbers(row)]
    alive = any(one.cancelled_at is None and one.end > w.now for one in made)
    return Known(
        row.override,
        row.start,
        row.end,
        row.person,
        alive,
        made[0].kind,
        tuple(row.more or ()),
        tuple((one.start, one.end) for one in made),
        any(one.cancelled_at is not None for one in made),
        row.summary,
    )


def _numbers(row: CalendarImport) -> list[int]:
    return [row.override, *(row.more or ())]


def _busy(w: Work, schedule: str, own: dict[str, CalendarImport]) -> list[Busy]:
    """What holds already for somebody, beside what this calendar has brought."""
    ours = {number for row in own.values() for number in _numbers(row)}
    return [
        Busy(row.id or 0, row.person, row.start, row.end)
        for row in schedule_queries.overrides(w.session, w.now)[0]
        if row.schedule == schedule and row.person and row.id not in ours
    ]


# carrying it out


def _cancel(w: Work, step: Step, done: Imported) -> None:
    """What ends makes room first. A part that is over already, or that somebody took back, is left as it is."""
    for number in (step.cancel, *step.more) if step.cancel is not None else ():
        row = w.session.get_one(ScheduleOverride, number)
        if row.cancelled_at is None and row.end > w.now:
            overrides.cancel(w, number, aloud=False)
            done.cancelled.append(number)


def _carry_out(
    w: Work,
    schedule: str,
    source: str,
    reading: CalendarReading,
    step: Step,
    row: CalendarImport | None,
    done: Imported,
) -> None:
    if step.make is None:
        done.entries.append(_line(reading, "ended", step.entry, step.before.person if step.before else ""))
        if row is not None:
            w.session.delete(row)
        return
    made = [number for span in step.pieces if (number := _make(w, schedule, reading, step, span, done)) is not None]
    if not made:
        if row is not None and step.cancel is not None:
            w.session.delete(row)
        return
    kept = row or CalendarImport(schedule=schedule, uid=step.entry.uid, override=made[0], person="",
                                 start=step.entry.start, end=step.entry.end)  # fmt: skip
    kept.override, kept.more, kept.source = made[0], made[1:], source
    kept.person, kept.start, kept.end = step.person, step.entry.start, step.entry.end
    kept.summary = step.entry.summary[:200]
    w.session.add(kept)
    moved = step.before is not None
    line = _line(reading, "moved" if moved else "made", step.entry, step.person)
    if step.before:
        line["before"] = days.words(step.before.start, step.before.end, reading.zone)
        line["person_before"] = step.before.person
    done.entries.append(line)


def _make(w: Work, schedule: str, reading: CalendarReading, step: Step, span: rules.Span, done: Imported) -> int | None:
    """The number of the override; None when it was refused, which is said."""
    entry, kind = step.entry, step.make
    assert kind is not None
    wanted = Wanted(
        schedule=schedule,
        kind=kind,
        start=span[0],
        end=span[1],
        person="" if kind == "only" else step.person,
        people=(step.person,) if kind == "only" else (),
        note=f"{NOTE}: {entry.summary}",
    )
    try:
        number = int(overrides.add(w, wanted, aloud=False).values["override"])
    except DomainError as refusal:
        why = f"{rules.titled(entry, reading.zone)} was left out: {refusal}"
        done.notices.append(why)
        done.entries.append({**_line(reading, "left_out", entry, step.person), "why": why})
        return None
    done.made.append(
        {
            "override": number,
            "kind": kind,
            "person": step.person,
            "start": span[0].isoformat(),
            "end": span[1].isoformat(),
            "summary": entry.summary,
        }
    )
    return number


def _line(reading: CalendarReading, what: str, entry: CalendarEntry, person: str) -> dict[str, Any]:
    """One line of what an import says; `when` is in the schedule's zone, whole days as days."""
    return {
        "what": what,
        "person": person,
        "summary": entry.summary,
        "start": _iso(entry.start),
        "end": _iso(entry.end),
        "when": days.words(entry.start, entry.end, reading.zone),
    }


def _iso(at: datetime) -> str:
    return at.isoformat()
