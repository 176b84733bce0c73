"""Use case of bringing a calendar in: its entries become overrides, once each, by the use case that people have too."""

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlmodel import select

from bot.domain.core.errors import DomainError
from bot.domain.schedules import calendar_import
from bot.domain.schedules.calendar_import import CalendarReading, Known, Meaning, Step
from bot.services.schedules import gaps as gap_service
from bot.services.schedules import history, overrides
from bot.services.schedules.overrides import Wanted
from bot.work import Work
from storage.models import CalendarImport, ScheduleOverride

NOTE = "from a calendar"


@dataclass
class Imported:
    """What came of a calendar: overrides made and cancelled, entries as they were before, sentences on the rest.

    `gaps`: {start, end, was} for each stretch that nobody covers any more, `gap_hours` all of them together.
    """

    made: list[dict[str, Any]] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    unchanged: int = 0
    notices: list[str] = field(default_factory=list)
    gaps: list[dict[str, Any]] = field(default_factory=list)
    gap_hours: float = 0.0

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def bring_in(w: Work, name: str, reading: CalendarReading, meaning: Meaning) -> Imported:
    """Makes overrides of entries. Raises UnknownSchedule; an entry that is refused is said and left out.

    The schedule's owner hears once of all the gaps that open.
    """
    history.hold(w)
    schedule = overrides.key_of(w.catalog, name)
    rows = {row.uid: row for row in w.session.exec(select(CalendarImport).where(CalendarImport.schedule == schedule))}
    known = {uid: _known(w, row) for uid, row in rows.items()}
    plan = calendar_import.plan(w.catalog, reading, known, meaning, w.now)
    done = Imported(unchanged=plan.unchanged, notices=list(plan.notices))
    before = history.read(w)
    ends = [*(entry.end for entry in reading.entries), *(row.end for row in rows.values())]
    until = max(ends, default=w.now)
    for step in plan.steps:
        if step.cancel is not None:
            _cancel(w, step.cancel, done)
        if step.make is not None:
            _make(w, schedule, step, rows.get(step.entry.uid), done)
    if done.made or done.cancelled:
        found = gap_service.tell(w, schedule, before, history.read(w), w.now, until)
        done.gaps = [gap_service.plain(w, one) for one in found]
        done.gap_hours = round(sum((one.end - one.start).total_seconds() for one in found) / 3600, 1)
    return done


def _known(w: Work, row: CalendarImport) -> Known:
    override = w.session.get(ScheduleOverride, row.override)
    alive = override is not None and override.cancelled_at is None and override.end > w.now
    return Known(row.override, row.start, row.end, row.person, alive)


def _cancel(w: Work, number: int, done: Imported) -> None:
    overrides.cancel(w, number, aloud=False)
    done.cancelled.append(number)


def _make(w: Work, schedule: str, step: Step, before: CalendarImport | None, done: Imported) -> None:
    entry, kind = step.entry, step.make
    assert kind is not None
    wanted = Wanted(
        schedule=schedule,
        kind=kind,
        start=entry.start,
        end=entry.end,
        person="" if kind == "only" else step.person,
        people=(step.person,) if kind == "only" else (),
        note=f"{NOTE}: {entry.summary}",
    )
    try:
        number = overrides.add(w, wanted, aloud=False).values["override"]
    except DomainError as refusal:
        done.notices.append(f'"{entry.summary[:60]}" ({entry.start:%Y-%m-%d %H:%M}) was left out: {refusal}')
        return
    row = before or CalendarImport(schedule=schedule, uid=entry.uid, override=number, person="", start=entry.start,
                                   end=entry.end)  # fmt: skip
    row.override, row.person, row.start, row.end = number, step.person, entry.start, entry.end
    w.session.add(row)
    done.made.append(
        {
            "override": number,
            "kind": kind,
            "person": step.person,
            "start": entry.start.isoformat(),
            "end": entry.end.isoformat(),
            "summary": entry.summary,
        }
    )
