"""The JSON shapes in which other programs read a schedule: times in the schedule's zone, ISO 8601 with offset."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.catalog.sections.schedules import Schedule
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import OnCall, Shift

AHEAD = timedelta(days=28)
"""How far one looks for the shifts of a person."""


def who_json(schedule: Schedule, at: datetime, now: OnCall) -> dict[str, Any]:
    """`{"schedule", "at", "people", "until"}` and, beyond the contract, the layer and whether an override decided."""
    return {
        "schedule": schedule.key,
        "at": _local(schedule, at),
        "people": list(now.people),
        "until": _local(schedule, now.until) if now.until else None,
        "layer": now.layer,
        "override": now.override,
    }


def shifts_json(schedule: Schedule, plan: Iterable[Shift]) -> list[dict[str, Any]]:
    """One `{"start", "end", "people", "layer", "override"}` per row; a gap has no people and a null layer."""
    return [
        {
            "start": _local(schedule, row.start),
            "end": _local(schedule, row.end),
            "people": list(row.people),
            "layer": row.layer,
            "override": row.override,
        }
        for row in plan
    ]


def gaps_json(schedule: Schedule, gaps: Iterable[Shift]) -> list[dict[str, Any]]:
    """One `{"schedule", "start", "end"}` per stretch without anyone on call."""
    return [
        {
            "schedule": schedule.key,
            "start": gap.start.astimezone(schedule.zone).isoformat(timespec="seconds"),
            "end": gap.end.astimezone(schedule.zone).isoformat(timespec="seconds"),
        }
        for gap in gaps
    ]


def mine_json(schedules: Iterable[Schedule], rota: Rota, names: Iterable[str], now: datetime) -> list[dict[str, Any]]:
    """One `{"schedule", "start", "end", "now"}` per shift of one person within four weeks, the earliest first.

    `names` are those under which schedules may know them. `end` is null where no end is planned.
    """
    rows = [
        (start, {"schedule": one.key, "start": _local(one, start), "end": _local(one, end) if end else None,
                 "now": start <= now})
        for one in schedules
        for who in names
        for start, end in rota.whole_stretches(one.key, who, now, now + AHEAD)
    ]  # fmt: skip
    return [row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1]["schedule"]))]


def next_json(schedule: Schedule, rota: Rota, now: datetime) -> dict[str, Any]:
    """`{"schedule", "people", "at", "next"}`: who is on call, who takes over, and when; `at` is null for never."""
    current = rota.on_call(schedule.key, now)
    after = rota.on_call(schedule.key, current.until) if current.until else None
    return {
        "schedule": schedule.key,
        "people": list(current.people),
        "at": _local(schedule, current.until) if current.until else None,
        "next": list(after.people) if after else [],
    }


def _local(schedule: Schedule, moment: datetime) -> str:
    return moment.astimezone(schedule.zone).isoformat()
