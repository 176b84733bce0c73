"""The JSON shapes in which other programs read a schedule: times in the schedule's zone, ISO 8601 with offset."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.catalog.sections.schedules import Schedule
from bot.domain.schedules.schedule import OnCall, Shift


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


def _local(schedule: Schedule, moment: datetime) -> str:
    return moment.astimezone(schedule.zone).isoformat()
