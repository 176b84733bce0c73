"""One layer of a schedule in local clock time: which turn is on call when, before time zones and other layers.

Everything is in local seconds (see `schedule_clock`). A turn is `every` counted periods long; a layer without windows
counts all periods, a layer with windows only those that hold one (unless `advance: always`).
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.catalog.sections.schedules import DAYS, Layer, Schedule
from bot.domain.schedules.local_clock import DAY, EPOCH, local_moment, local_seconds

_WEEK = 7 * DAY
_PERIOD = {"hourly": 3600, "daily": DAY, "weekly": _WEEK}
_EPOCH_DAY = EPOCH.toordinal()


class Piece(NamedTuple):
    """An uninterrupted stretch of one turn, [start, end) in local seconds; `turn` counts from 0."""

    start: int
    end: int
    turn: int


class _Tally(NamedTuple):
    """A window with its counted periods first..last; `rank` is the first one's place in the count.

    `began` is the period in which the turn of that first one started.
    """

    start: int
    end: int
    first: int
    last: int
    rank: int
    began: int


def local_start(moment: datetime, zone: ZoneInfo) -> datetime:
    """A configured time as naive local time; one with an offset is converted."""
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


class Rotation:
    """The grid and the windows of one layer."""

    def __init__(self, layer: Layer, schedule: Schedule) -> None:
        self.layer = layer
        self.start_moment = local_start(layer.start, schedule.zone)
        self.start = local_seconds(self.start_moment)
        self.calendar_weeks = layer.rotation == "weekly" and bool(layer.days)
        self.origin = self._week_of_start(schedule) if self.calendar_weeks else self.start
        self._weekdays = frozenset(DAYS.index(day) for day in layer.days) or frozenset(range(7))
        self._month_days = frozenset(layer.month_days) or frozenset(range(1, 32))

    def _week_of_start(self, schedule: Schedule) -> int:
        first = DAYS.index(self.layer.week_start or schedule.week_start)
        day = self.start_moment.date()
        monday = day - timedelta(days=(day.weekday() - first) % 7)
        return (monday.toordinal() - _EPOCH_DAY) * DAY

    def period_start(self, index: int) -> int:
        """Where period `index` begins: start + index x length, a month's end clamped."""
        if self.layer.rotation != "monthly":
            return self.origin + index * _PERIOD[self.layer.rotation]
        month = self.start_moment.month - 1 + index
        year, month = self.start_moment.year + month // 12, month % 12 + 1
        day = min(self.start_moment.day, monthrange(year, month)[1])
        return local_seconds(self.start_moment.replace(year=year, month=month, day=day))

    def period_of(self, local: int) -> int:
        """The index of the period that holds a local time."""
        if self.layer.rotation != "monthly":
            return (local - self.origin) // _PERIOD[self.layer.rotation]
        at = local_moment(local)
        index = (at.year - self.start_moment.year) * 12 + at.month - self.start_moment.month
        return index if self.period_start(index) <= local else index - 1

    def windows(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The windows that touch [start, end), nothing before the layer's start; one endless window without limits."""
        if not self.layer.restricted:
            if end > self.start:
                yield self.start, end
            return
        opens, length = self._window_of_day()
        day = (max(start, self.start) - opens - length) // DAY
        while day * DAY + opens < end:
            window = day * DAY + opens, day * DAY + opens + length
            if window[1] > max(start, self.start) and self._active_day(day):
                yield max(window[0], self.start), window[1]
            day += 1

    def _window_of_day(self) -> tuple[int, int]:
        opens, closes = (
            (clock.hour * 3600 + clock.minute * 60 if clock else 0) for clock in (self.layer.opens, self.layer.closes)
        )
        return opens, closes - opens if closes > opens else closes - opens + DAY

    def _active_day(self, day: int) -> bool:
        weekday = (day + 3) % 7  # 1 January 1970 was a Thursday
        if weekday not in self._weekdays:
            return False
        return not self.layer.month_days or date.fromordinal(day + _EPOCH_DAY).day in self._month_days

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The turns on call within [start, end), in order, without overlap; `duration` already cut off."""
        if self._counts_all_periods():
            for window in self.windows(start, end):
                first, last = self.period_of(max(window[0], start)), self.period_of(window[1] - 1)
                yield from self._turns(
                    _Tally(*window, first, last, first, first - first % self.layer.every), start, end
                )
            return
        begin, counted = self._known_count(start)
        for tally in self._tallies(begin, counted, end):
            if tally.end > start:
                yield from self._turns(tally, start, end)

    def _counts_all_periods(self) -> bool:
        return not self.layer.restricted or self.layer.advance == "always"

    def _known_count(self, start: int) -> tuple[int, int]:
        """A place before `start` and how many periods count up to it, so that no old layer is walked from its start.

        Weekday windows repeat every week in local time, and so does which hours, days or weeks hold one.
        """
        base = self.origin + _WEEK if self.calendar_weeks else self.start
        weeks = (start - base) // _WEEK - 1
        if weeks < 1 or self.layer.month_days or self.layer.rotation == "monthly" or self.layer.duration is not None:
            return self.start, 0
        before = self._count_until(base)
        per_week = self._count_until(base + _WEEK) - before
        return base + weeks * _WEEK, before + weeks * per_week

    def _count_until(self, end: int) -> int:
        """How many periods before `end`, which is a hand-off of the grid, hold a window."""
        counted = 0
        for tally in self._tallies(self.start, 0, end):
            highest = min(tally.last, self.period_of(end - 1))
            counted = tally.rank + highest - tally.first + 1
        return counted

    def _tallies(self, begin: int, counted: int, end: int) -> Iterator[_Tally]:
        """Every window from `begin` on, with the rank of its periods among those that hold a window."""
        every, previous, began = self.layer.every, -1, 0
        for start, stop in self.windows(begin, end):
            start = max(start, begin)
            first, last = self.period_of(start), self.period_of(stop - 1)
            rank = counted - (first == previous)
            yield _Tally(start, stop, first, last, rank, first if rank % every == 0 else began)
            counted, previous = rank + last - first + 1, last
            newest = counted - 1 - (counted - 1) % every
            began = first + newest - rank if newest >= rank else began

    def _turns(self, tally: _Tally, start: int, end: int) -> Iterator[Piece]:
        """Cut a window at the hand-offs inside it, and drop what lies outside [start, end)."""
        every, rank, offset = self.layer.every, tally.rank, tally.first - tally.rank
        top = tally.last - offset
        start, end = max(start, tally.start), min(end, tally.end)
        for turn in range(rank // every, top // every + 1):
            low, high = max(turn * every, rank), min(turn * every + every, top + 1)
            begins = max(self.period_start(low + offset), start)
            ends = min(self.period_start(high + offset), end)
            if self.layer.duration is not None:
                began = self.period_start(tally.began if low == rank else low + offset)
                ends = min(ends, began + int(self.layer.duration.total_seconds()))
            if begins < ends:
                yield Piece(begins, ends, turn)
