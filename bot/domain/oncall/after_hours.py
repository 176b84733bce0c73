"""Working hours and nights as one person lives them: in their own zone. Pure; times are aware."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.catalog.sections.notifications import BusinessHours
from bot.catalog.sections.on_call import Night
from bot.catalog.sections.schedules import DAYS


def is_after_hours(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> bool:
    """Does `at` lie outside the working hours of somebody in `zone`? The end of a working day is outside."""
    return not any(start <= at < end for start, end in _working(hours, zone, at, at))


def after_hours(hours: BusinessHours, zone: ZoneInfo, start: datetime, end: datetime) -> timedelta:
    """How much of [start, end) lies outside working hours; nothing for a span that ends before it begins."""
    if end <= start:
        return timedelta(0)
    total = end - start
    for opens, closes in _working(hours, zone, start, end):
        total -= max(timedelta(0), min(end, closes) - max(start, opens))
    return total


def is_night(night: Night, zone: ZoneInfo, at: datetime) -> bool:
    """Does `at` lie in the night of somebody in `zone`?"""
    return night_end(night, zone, at) is not None


def night_end(night: Night, zone: ZoneInfo, at: datetime) -> datetime | None:
    """When the night that `at` lies in is over (aware UTC); None by day."""
    day = at.astimezone(zone).date()
    for offset in (-1, 0):
        start, end = _span(day + timedelta(days=offset), night.starts, night.ends, zone)
        if start <= at < end:
            return end
    return None


def is_weekend(zone: ZoneInfo, at: datetime) -> bool:
    return at.astimezone(zone).weekday() >= 5


def _working(
    hours: BusinessHours, zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The working spans that can touch [start, end], in UTC: across a clock change their length is the real one."""
    day, last = start.astimezone(zone).date() - timedelta(days=1), end.astimezone(zone).date()
    while day <= last:
        if DAYS[day.weekday()] in hours.days and day.isoformat() not in hours.holidays:
            yield _span(day, hours.opens, hours.closes, zone)
        day += timedelta(days=1)


def _span(day: date, opens: time, closes: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """One day's hours in UTC; those that end at or before they begin run over midnight."""
    last = day if closes > opens else day + timedelta(days=1)
    return (
        datetime.combine(day, opens, zone).astimezone(UTC),
        datetime.combine(last, closes, zone).astimezone(UTC),
    )
