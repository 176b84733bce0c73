"""Stretches of time in words: whole days as days, in the zone that they are meant in; else with the time of day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def whole_days(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, date] | None:
    """The first and the last day of [start, end) when it begins and ends with a day of `zone`."""
    if end <= start or not (_opens(start, zone) and _opens(end, zone)):
        return None
    return start.astimezone(zone).date(), end.astimezone(zone).date() - timedelta(days=1)


def _opens(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether a day begins then: at midnight, or where the clock skips it at the first moment there is."""
    before = moment.astimezone(UTC) - timedelta(seconds=1)
    return before.astimezone(zone).date() < moment.astimezone(zone).date()


def day_words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Wed 16 Dec, or Mon 14 – Wed 16 Dec; empty when these are no whole days."""
    days = whole_days(start, end, zone)
    if days is None:
        return ""
    first, last = days
    if first == last:
        return _day(last)
    if first.year != last.year:
        return f"{_day(first)} {first.year} – {_day(last)} {last.year}"
    return f"{first:%a} {first.day} – {_day(last)}" if first.month == last.month else f"{_day(first)} – {_day(last)}"


def from_now(end: datetime, zone: ZoneInfo) -> str:
    """now – Sun 6 Dec, of what runs already and ends with a day; empty when it ends within one."""
    return f"now – {_day(end.astimezone(zone).date() - timedelta(days=1))}" if _opens(end, zone) else ""


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """For a sentence: Wed 16 Dec, or Tue 3 Nov 09:00 – 17:00."""
    if days := day_words(start, end, zone):
        return days
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    last = f"{ends:%H:%M}" if begins.date() == ends.date() else at(end, zone)
    return f"{at(start, zone)} – {last}"


def at(moment: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """A time for a sentence: Tue 3 Nov 09:00, with its year where that is another than now's."""
    local = moment.astimezone(zone)
    year = f" {local.year}" if now is not None and local.year != now.astimezone(zone).year else ""
    return f"{_day(local.date())}{year} {local:%H:%M}"


def when(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """With its preposition: on Wed 16 Dec, or from Tue 3 Nov 09:00 to Tue 3 Nov 17:00."""
    if days := day_words(start, end, zone):
        return f"{'from' if '–' in days else 'on'} {days.replace(' – ', ' to ')}"
    return f"from {at(start, zone)} to {at(end, zone)}"
