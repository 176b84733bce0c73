"""What the picture of a schedule shows: whole weeks, a row a person, bars, gaps. Pure; knows no drawing.

Places are counted in days of the reader's clock, so that a day of 23 or 25 hours is as wide as any other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedules.schedule import Shift

WEEKS = 2
DAYS = 7
MOST = 14
"""Rows of a week; who has none of their own shares the last one."""


@dataclass(frozen=True)
class Bar:
    """A turn from `left` to `right` (days from the week's beginning, 0..7). `begins`: its time, if within the week."""

    row: int
    colour: int
    left: float
    right: float
    override: bool
    begins: str = ""


@dataclass(frozen=True)
class Row:
    """Somebody's name; `key` is what to write where the letters of the name are not to be had."""

    name: str
    key: str


@dataclass(frozen=True)
class Week:
    """`gaps` are spans in which nobody is on call, in days like the bars."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    gaps: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Picture:
    """`now` is its place in the first week, in days; `summary` says the same as the picture, for who cannot see it."""

    title: str
    zone: str
    now: float
    weeks: tuple[Week, ...]
    summary: str = ""


def window(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Two weeks of whole days on the reader's clock, from today on."""
    first = now.astimezone(zone).date()
    last = first + timedelta(days=DAYS * WEEKS)
    return datetime.combine(first, time(), zone), datetime.combine(last, time(), zone)


def picture(title: str, shifts: Sequence[Shift], now: datetime, zone: ZoneInfo, name: Callable[[str], str]) -> Picture:
    """The picture of a plan that covers `window(now, zone)`."""
    first = now.astimezone(zone).date()
    people = list(dict.fromkeys(who for shift in shifts for who in shift.people))
    weeks = (_week(shifts, first + timedelta(days=DAYS * number), zone, people, name) for number in range(WEEKS))
    return Picture(title, zone.key, _place(now, first, zone), tuple(weeks), _summary(title, shifts, zone, name))


def _week(shifts: Sequence[Shift], first: date, zone: ZoneInfo, people: list[str], name: Callable[[str], str]) -> Week:
    spans = [(_place(one.start, first, zone), _place(one.end, first, zone), one) for one in shifts]
    seen = [(left, right, one) for left, right, one in spans if left < DAYS and right > 0]
    own = list(dict.fromkeys(who for _, _, one in seen for who in one.people))
    crowd = len(own) - MOST + 1 if len(own) > MOST else 0
    rows = [Row(name(who), who) for who in (own[: MOST - 1] if crowd else own)]
    bars = [
        Bar(
            row=min(own.index(who), MOST - 1),
            colour=people.index(who),
            left=max(left, 0.0),
            right=min(max(left, right), DAYS),
            override=one.override,
            begins=f"{one.start.astimezone(zone):%H:%M}" if left > 0 else "",
        )
        for left, right, one in seen
        for who in one.people
    ]
    gaps = tuple((max(left, 0.0), min(right, float(DAYS))) for left, right, one in seen if not one.people)
    days = tuple(first + timedelta(days=number) for number in range(DAYS))
    rest = [Row(f"{crowd} more", f"{crowd} more")] if crowd else []
    return Week(days, (*rows, *rest), tuple(bars), gaps)


def _place(at: datetime, first: date, zone: ZoneInfo) -> float:
    """Days from the beginning of `first`, on the clock of `zone`."""
    local = at.astimezone(zone)
    return (local.date() - first).days + (local.hour * 60 + local.minute) / 1440


def _summary(title: str, shifts: Sequence[Shift], zone: ZoneInfo, name: Callable[[str], str]) -> str:
    lines = []
    for one in shifts:
        who = " and ".join(name(person) for person in one.people) or "no one"
        start, end = (edge.astimezone(zone) for edge in (one.start, one.end))
        lines.append(f"{who} {start:%a} {start.day} {start:%b %H:%M} to {end:%a} {end.day} {end:%b %H:%M}")
    return f"{title} ({zone.key}): {'; '.join(lines)}."
