"""Local clock time as whole seconds, and the instants it stands for in a zone with summer time.

A local time is counted in seconds as if its zone were UTC, so that rotations are plain integer arithmetic.
`LocalClock` turns it into an instant (seconds since 1970 UTC) with one rule: an ambiguous time is its first instance,
and a time that does not exist is the first instant after the gap. The mapping never runs backwards.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH = _EPOCH_UTC.replace(tzinfo=None)
DAY = 86_400


def local_seconds(moment: datetime) -> int:
    """A naive local time in seconds."""
    return int((moment - EPOCH).total_seconds())


def local_moment(seconds: int) -> datetime:
    """The naive local time of `seconds`."""
    return EPOCH + timedelta(seconds=seconds)


def instant(moment: datetime) -> int:
    """An aware time in whole seconds since 1970 UTC, rounded down."""
    return (moment - _EPOCH_UTC) // timedelta(seconds=1)


def moment(seconds: int) -> datetime:
    """The aware UTC time of an instant."""
    return datetime.fromtimestamp(seconds, UTC)


def _offset(zone: ZoneInfo, at: int) -> int:
    found = moment(at).astimezone(zone).utcoffset()
    return int(found.total_seconds()) if found is not None else 0


@lru_cache(maxsize=4096)
def _transitions(zone: ZoneInfo, year: int) -> tuple[tuple[int, int, int], ...]:
    """(instant, offset before, offset after) of every change of the zone's offset in a UTC year, to the second."""
    first = instant(datetime(year, 1, 1, tzinfo=UTC))
    last = instant(datetime(year + 1, 1, 1, tzinfo=UTC))
    changes, at, before = [], first, _offset(zone, first)
    while at < last:
        following = min(at + DAY, last)
        after = _offset(zone, following)
        if after != before:
            changes.append((_change_between(zone, at, following), before, after))
        at, before = following, after
    return tuple(changes)


def _change_between(zone: ZoneInfo, before: int, after: int) -> int:
    """The first instant at which the offset is no longer that of `before`."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


class LocalClock:
    """One zone over a span of years, ready to convert many times cheaply."""

    def __init__(self, zone: ZoneInfo, start: int, end: int) -> None:
        """`start` and `end` are instants; the clock is right for everything within two days of them."""
        years = range(moment(start - 2 * DAY).year, moment(end + 2 * DAY).year + 1)
        self._base = _offset(zone, instant(datetime(years[0], 1, 1, tzinfo=UTC)))
        changes: Iterable[tuple[int, int, int]] = [change for year in years for change in _transitions(zone, year)]
        self._instants = [at for at, _, _ in changes]
        self._walls = [at + before for at, before, _ in changes]
        self._offsets = [after for _, _, after in changes]

    def local(self, at: int) -> int:
        """The local time of an instant."""
        passed = bisect_right(self._instants, at)
        return at + (self._offsets[passed - 1] if passed else self._base)

    def instant(self, local: int) -> int:
        """The instant of a local time: the first of two, or the end of the gap."""
        passed = bisect_right(self._walls, local)
        if not passed:
            return local - self._base
        return max(self._instants[passed - 1], local - self._offsets[passed - 1])
