"""Rules of requests for cover and of swaps: when each is followed up and ends, and whether it still holds. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.domain.core.people import display_name
from bot.domain.schedules import days
from bot.domain.schedules.errors import NothingToGive, OnCallAnyway, SwapOverlaps, SwapWithOneself
from bot.domain.schedules.overrides import named
from bot.domain.schedules.rota import Rota
from storage.models import CoverRequest

FOLLOW_UPS = (timedelta(days=3), timedelta(days=1), timedelta(hours=2))
"""So long before its time a request is said again, while nobody has taken it."""
QUIET = timedelta(hours=1)
"""Nobody is asked twice within this."""
Span = tuple[datetime, datetime]
Step = Literal["follow up", "begun", "over"]


@dataclass(frozen=True)
class Swap:
    """`person` gives some stretches to `partner` and takes others in return; both named as schedules do it."""

    schedule: str
    person: str
    partner: str
    gives: tuple[Span, ...]
    takes: tuple[Span, ...]


def swap(rota: Rota, schedule: str, person: str, partner: str, gives: Span, takes: Span) -> Swap:
    """What two people would exchange within these windows. Raises DomainError when it makes no sense."""
    if person == partner:
        raise SwapWithOneself()
    given = _own(rota, schedule, person, partner, gives)
    taken = _own(rota, schedule, partner, person, takes)
    if any(start < ends and begins < end for start, end in given for begins, ends in taken):
        raise SwapOverlaps(partner=display_name(partner, rota.catalog))
    return Swap(schedule, person, partner, given, taken)


def _own(rota: Rota, schedule: str, who: str, other: str, window: Span) -> tuple[Span, ...]:
    """The shifts of one that the other can take over."""
    zone = rota.catalog.schedules[schedule].zone
    facts = {"schedule": schedule, "when": days.when(*window, zone)}
    found = rota.stretches(schedule, who, *window) if window[0] < window[1] else []
    if not found:
        raise NothingToGive(person=display_name(who, rota.catalog), **facts)
    busy = rota.stretches(schedule, other, *window)
    if any(start < ends and begins < end for start, end in found for begins, ends in busy):
        raise OnCallAnyway(person=display_name(other, rota.catalog), **facts)
    return tuple(found)


def kept(spans: Sequence[Span]) -> list[list[str]]:
    """Stretches as they are stored."""
    return [[start.astimezone(UTC).isoformat(), end.astimezone(UTC).isoformat()] for start, end in spans]


def read(rows: Sequence[Sequence[str]], since: datetime | None = None) -> list[Span]:
    """Stored stretches; what of them lies after `since`, to the second like every plan."""
    spans = [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in rows]
    if since is None:
        return spans
    first = since.replace(microsecond=0)
    return [(max(start, first), end) for start, end in spans if end > first]


def deadline(row: CoverRequest) -> datetime:
    """Until when it can be taken: cover to its end, a swap until one of its shifts begins (or one that ran, ends)."""
    if row.partner is None:
        return row.end
    edges = [(spans[0][0], spans[-1][1]) for spans in (read(row.gives), read(row.takes))]
    return min(end if start <= row.asked_at else start for start, end in edges)


def _opening(row: CoverRequest) -> datetime:
    """What the follow-ups lead up to."""
    return row.start if row.partner is None else deadline(row)


def follow_ups(row: CoverRequest) -> list[datetime]:
    """When the request is said again, in order of time."""
    times = (_opening(row) - span for span in FOLLOW_UPS)
    return [at for at in times if at >= row.asked_at + QUIET]


def next_moment(row: CoverRequest, now: datetime) -> datetime:
    """When to look at it next."""
    return min((at for at in (*follow_ups(row), _opening(row)) if at > now), default=deadline(row))


def step(row: CoverRequest, now: datetime) -> Step:
    """What its timer does now; what was missed meanwhile is one step."""
    if now >= deadline(row):
        return "over"
    return "begun" if now >= _opening(row) else "follow up"


def left(row: CoverRequest, now: datetime) -> int:
    """How many follow-ups are still to come; 0 makes this one the last."""
    return sum(at > now for at in follow_ups(row))


def to_cover(rota: Rota, row: CoverRequest, now: datetime) -> list[Span]:
    """The shifts of whoever asks that are still to come within the request."""
    who = named(row.person, rota.catalog)
    start = max(row.start, now)
    return rota.stretches(row.schedule, who, start, row.end) if start < row.end else []


def stands(rota: Rota, row: CoverRequest, now: datetime) -> bool:
    """Is it still so? Cover: whoever asks is on call at some time in it. A swap: both shifts are as they were."""
    if row.schedule not in rota.catalog.schedules:
        return False
    if row.partner is None:
        return bool(to_cover(rota, row, now))
    pairs = ((row.person, row.gives), (row.partner, row.takes))
    return all(_unchanged(rota, row.schedule, who, read(rows, now)) for who, rows in pairs)


def _unchanged(rota: Rota, schedule: str, who: str, spans: list[Span]) -> bool:
    if not spans:
        return False
    return rota.stretches(schedule, named(who, rota.catalog), spans[0][0], spans[-1][1]) == spans
