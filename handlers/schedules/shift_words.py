"""Shifts in the words of a form, which shows no mentions and no local times by itself: names, and the viewer's zone."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.domain.schedules.days import day_words
from bot.domain.schedules.overrides import Change

SHOWN = 5
Name = Callable[[str], str]


def span(start: datetime, end: datetime, zone: tzinfo, own: ZoneInfo) -> str:
    """Tue 3 Nov 09:00–17:00, or with both days; whole days of the schedule's `own` zone as days."""
    if whole := day_words(start, end, own):
        return whole
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    if begins.date() == ends.date():
        return f"{_moment(begins)}–{ends:%H:%M}"
    return f"{_moment(begins)} – {_moment(ends)}"


def _moment(local: datetime) -> str:
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def consequences(found: Sequence[Change], name: Name, zone: tzinfo, own: ZoneInfo) -> str:
    """Ana loses Tue 3 Nov 09:00–17:00, Bo takes it. A gain of what somebody else loses belongs to that loss."""
    takers = {(one.start, one.end): one.person for one in found if one.gains}
    lines = []
    for one in found:
        when = (one.start, one.end)
        if one.gains:
            if when in takers:
                lines.append(f"{name(one.person)} takes {span(*when, zone, own)}.")
            continue
        taker = takers.pop(when, None)
        tail = f", {name(taker)} takes it." if taker else "."
        lines.append(f"{name(one.person)} loses {span(*when, zone, own)}{tail}")
    more = [f"And {len(lines) - SHOWN} more changes."] if len(lines) > SHOWN else []
    return " ".join([*lines[:SHOWN], *more])


def uncovered(spans: Sequence[tuple[datetime, datetime]], zone: tzinfo, own: ZoneInfo) -> str:
    """⚠ Nobody is on call Sun 8 Nov 00:00–09:00."""
    shown = ", ".join(span(*one, zone, own) for one in spans[:SHOWN])
    return f" ⚠ No one is on call {shown}." if shown else ""
