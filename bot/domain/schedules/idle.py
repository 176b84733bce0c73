"""Overrides without effect: they stand in the list and change nothing of what is to come. Pure."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.catalog import Catalog
from bot.domain.core.people import display_name
from bot.domain.schedules import days, overrides
from bot.domain.schedules.rota import Rota
from storage.models import ScheduleOverride


def without_effect(rota: Rota, rows: Iterable[ScheduleOverride], now: datetime) -> list[ScheduleOverride]:
    """Those of `rows` that still run or are to come, and change nobody's shifts any more.

    An override sees what earlier ones did, as the schedule applies them; one that a later one outdoes has its effect.
    """
    coming = (row for row in rows if row.cancelled_at is None and row.end > now)
    return [row for row in coming if not _changes_something(rota, row, now)]


def _changes_something(rota: Rota, row: ScheduleOverride, now: datetime) -> bool:
    """Its schedule may be gone, or whom it would put on call; else the plan with it is not the plan without it."""
    made = rota.overrides.get(row.schedule, ())
    place = next((place for place, one in enumerate(made) if one.number == row.id), None)
    if place is None or row.schedule not in rota.catalog.schedules:
        return False
    earlier = Rota(rota.catalog, {**rota.overrides, row.schedule: made[:place]})
    return bool(overrides.changes_by(earlier, row.schedule, overrides.clipped(made[place], now)))


def lost(before: Rota, after: Rota, rows: Iterable[ScheduleOverride], now: datetime) -> list[ScheduleOverride]:
    """Those that had an effect on one rota and have none on the other, where others are on call now.

    When the schedule itself does now what an override did, nobody has lost anything.
    """
    rows = list(rows)
    idle_before = {row.id for row in without_effect(before, rows, now)}
    return [
        row
        for row in without_effect(after, rows, now)
        if row.id not in idle_before and instead(before, row, now) != instead(after, row, now)
    ]


def instead(rota: Rota, row: ScheduleOverride, now: datetime) -> tuple[str, ...]:
    """Who is on call in the time of an override that is still to come, in order; nobody where there is no schedule."""
    start = max(row.start, now)
    if row.schedule not in rota.catalog.schedules or start >= row.end:
        return ()
    return tuple(dict.fromkeys(who for shift in rota.shifts(row.schedule, start, row.end) for who in shift.people))


def sentence(rota: Rota, row: ScheduleOverride, now: datetime) -> str:
    """Which override it is and who is on call in its time, for a list of what is odd."""
    known = rota.catalog.schedules.get(row.schedule)
    zone = known.zone if known else ZoneInfo(rota.catalog.display.time_zone)
    names = [display_name(who, rota.catalog) for who in instead(rota, row, now)]
    why = f"{' and '.join(names) or 'no one'} {'are' if len(names) > 1 else 'is'} on call then"
    return (
        f"override {row.id} on {row.schedule} ({what(row, rota.catalog)}, {days.words(row.start, row.end, zone)}) "
        f"has no effect: {why if known else 'the schedule is gone'}."
    )


def what(row: ScheduleOverride, catalog: Catalog) -> str:
    """Li Wei for Cy Okafor."""
    person, substitute = (display_name(who or "", catalog) for who in (row.person, row.substitute))
    if row.kind == "only":
        return f"only {', '.join(display_name(who, catalog) for who in row.people)}"
    words = {"add": f"{person} as well", "remove": f"without {person}", "replace": f"{substitute} for {person}"}
    return words[row.kind]
