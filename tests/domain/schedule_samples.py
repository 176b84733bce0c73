"""Short ways to write schedules and to read plans in tests."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.catalog import Schedule
from bot.domain.schedules.schedule import Override, shifts

WEEKLY = {"rotation": "weekly", "start": "2026-11-02T09:00", "people": ("ana", "bo", ("cy", "dee"))}


def schedule(*layers: dict[str, Any], timezone: str = "UTC", week_start: str = "MO") -> Schedule:
    """A schedule of layers written like in tocsin.yml; layers without a name are called a, b, c."""
    named = tuple({"name": name, **layer} for name, layer in zip("abcdefgh", layers, strict=False))
    return Schedule.model_validate({"key": "test", "timezone": timezone, "week_start": week_start, "layers": named})


def at(text: str, timezone: str = "UTC") -> datetime:
    """`2026-03-29 02:30` in a zone, first instance; with an offset, exactly that."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def plan(of: Schedule, start: str, end: str, *overrides: Override) -> list[str]:
    """The plan as lines `11-02 09:00 11-09 09:00 ana (primary)` in the schedule's zone; `!` marks an override."""
    found = shifts(of, at(start, of.timezone), at(end, of.timezone), overrides)
    return [_line(of.zone, row.start, row.end, row.people, row.layer, row.override) for row in found]


def _line(
    zone: ZoneInfo, start: datetime, end: datetime, people: tuple[str, ...], layer: str | None, override: bool
) -> str:
    times = f"{start.astimezone(zone):%m-%d %H:%M} {end.astimezone(zone):%m-%d %H:%M}"
    who = "+".join(people) or "nobody"
    return f"{times} {who}" + (f" ({layer})" if layer else "") + (" !" if override else "")
