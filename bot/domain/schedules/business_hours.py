"""Working hours: whether it is one now, and when the next begins. Pure; times are aware, the calendar has its zone."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.catalog.sections.notifications import BusinessHours, QuietHours
from bot.catalog.sections.schedules import DAYS

LOOK_AHEAD = 400
"""Days: a calendar without a working day in more than a year is taken to be always open."""


def is_working(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> bool:
    """Is `at` within the hours of a working day? The end is not part of them; the same time twice means all day."""
    local = at.astimezone(zone)
    return any(start <= local < end for start, end in _spans(hours, zone, local.date() - timedelta(days=1), 2))


def next_opening(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> datetime:
    """`at` itself within working hours, else when the next ones begin (aware, in the zone of `at`)."""
    local = at.astimezone(zone)
    if is_working(hours, zone, at):
        return at
    for start, _ in _spans(hours, zone, local.date(), LOOK_AHEAD):
        if start > local:
            return start.astimezone(at.tzinfo)
    return at


def _spans(hours: BusinessHours, zone: ZoneInfo, first: date, count: int) -> Iterator[tuple[datetime, datetime]]:
    for offset in range(count):
        day = first + timedelta(days=offset)
        if DAYS[day.weekday()] not in hours.days or is_holiday(hours, day):
            continue
        yield _span(day, hours.opens, hours.closes, zone)


def _span(day: date, opens: time, closes: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """One day's hours; those that end at or before they begin run over midnight."""
    end_day = day if closes > opens else day + timedelta(days=1)
    return datetime.combine(day, opens, zone), datetime.combine(end_day, closes, zone)


def end_of_next_day(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> datetime:
    """When the business day after that of `at` ends (aware, in the zone of `at`): the limit of "next business day".

    What comes on a day without work has the next working day; without any in more than a year, one day.
    """
    today = at.astimezone(zone).date()
    for _, end in _spans(hours, zone, today + timedelta(days=1), LOOK_AHEAD):
        return end.astimezone(at.tzinfo)
    return at + timedelta(days=1)


def is_holiday(hours: BusinessHours, day: date) -> bool:
    """Whether no one works on this day: `2026-12-25`, or `12-25` in every year."""
    return day.isoformat() in hours.holidays or f"{day:%m-%d}" in hours.holidays


def quiet_until(quiet: QuietHours | None, zone: ZoneInfo, at: datetime) -> datetime:
    """The end of the quiet hours that `at` lies in, else `at` itself."""
    if quiet is None:
        return at
    local = at.astimezone(zone)
    for offset in (-1, 0):
        start, end = _span(local.date() + timedelta(days=offset), quiet.starts, quiet.ends, zone)
        if start <= local < end:
            return end.astimezone(at.tzinfo)
    return at
