"""Layers whose turns are not what their author meant: shifts cut by a hand-off, and turns that are not fair.

Each cure is tried before it is named: what does not help is not advised.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.catalog.duration import format_duration
from bot.catalog.sections.schedules import DAYS, Layer, Schedule
from bot.domain.schedules.local_clock import DAY, local_moment
from bot.domain.schedules.rotation import Rotation

_YEAR = 400 * DAY
_HALF_YEAR = 26 * 7 * DAY
_LENGTHS = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(weeks=1),
            "monthly": timedelta(days=31)}  # fmt: skip
UNFAIR = 1.25
"""Whoever serves so many times the shifts of another is not served fairly; less is what remains of a round."""


def oddities(schedule: Schedule, layer: Layer) -> Iterator[str]:
    """What is odd about the turns of one layer, each with what helps."""
    if len(layer.people) > 1 and len({frozenset(turn) for turn in layer.people}) == 1:
        who = " and ".join(dict.fromkeys(layer.people[0]))
        yield f'every turn of the layer "{layer.name}" is {who}, so no one takes over; write it once, or add others.'
    twice = next((who for turn in layer.people for who in turn if turn.count(who) > 1), None)
    if twice is not None:
        yield f'the layer "{layer.name}" names {twice} twice in one turn; once is enough.'
    turn = _LENGTHS[layer.rotation] * layer.every
    if layer.duration is not None and layer.duration > turn:
        yield (
            f'a shift of the layer "{layer.name}" ({format_duration(layer.duration)}) is longer than its turn '
            f"({format_duration(turn)}), so the next turn ends it; write a shorter `duration`, or take it out."
        )
    cut = first_cut(layer, schedule)
    if cut is not None:
        cure = _cure_of_cut(layer, schedule)
        yield f'the layer "{layer.name}" hands over in the middle of a shift ({cut:%A %H:%M}); {cure}.'
        return
    shares = served(layer, schedule)
    if shares is not None and max(shares) > UNFAIR * min(shares) and max(shares) - min(shares) > 2:
        most, least = (_name(layer, shares.index(share)) for share in (max(shares), min(shares)))
        yield (
            f'the shifts of the layer "{layer.name}" are not shared fairly: in 26 weeks {most} has {max(shares)} and '
            f"{least} {min(shares)}; {_cure_of_shares(layer, schedule)}."
        )


def _name(layer: Layer, number: int) -> str:
    """Whose turn it is; with its number where somebody has several."""
    name = " and ".join(layer.people[number]) or "no one"
    return f"turn {number + 1} ({name})" if layer.people.count(layer.people[number]) > 1 else name


def first_cut(layer: Layer, schedule: Schedule) -> datetime | None:
    """The first hand-off strictly inside a window, in local time."""
    if not layer.restricted or len(layer.people) == 1:
        return None
    rotation = Rotation(layer, schedule)
    for opens, closes in rotation.windows(rotation.start, rotation.start + _YEAR):
        pieces = list(rotation.pieces(opens, closes))
        if len(pieces) > 1:
            return local_moment(pieces[1].start)
    return None


def _cure_of_cut(layer: Layer, schedule: Schedule) -> str:
    for change, advice in _candidates(layer):
        if first_cut(layer.model_copy(update=change), schedule) is None:
            return advice
    return "a turn is shorter than the window, so write a longer `every`, or leave it if that is intended"


def _candidates(layer: Layer) -> Iterator[tuple[dict[str, object], str]]:
    """Changes that may keep shifts whole, the smallest first."""
    opens = layer.opens or time(0)
    if layer.rotation == "weekly" and layer.days:
        for day in (day for day in DAYS if day in layer.days):
            yield {"week_start": day}, f"write `week_start: {day}` in it, so that a week begins with its first shift"
    start = layer.start.replace(hour=opens.hour, minute=opens.minute)
    yield {"start": start}, f"move `start` to the beginning of a shift: {start:%Y-%m-%dT%H:%M}"
    if layer.rotation == "weekly" and not layer.days:
        return
    if layer.opens is not None and layer.opens == layer.closes and set(layer.days) in (set(), set(DAYS)):
        bare: dict[str, object] = {"days": (), "opens": None, "closes": None, "start": start}
        yield bare, f"take out `days`, `from` and `to`, and write `start: {start:%Y-%m-%dT%H:%M}`"


def served(layer: Layer, schedule: Schedule) -> list[int] | None:
    """How many shifts each turn has in 26 weeks; None where that says nothing: whole turns, or a round too long."""
    if len(layer.people) == 1 or not (layer.restricted or layer.duration is not None):
        return None
    rotation = Rotation(layer, schedule)
    counts = [0] * len(layer.people)
    begin = rotation.start if rotation.origin >= rotation.start else rotation.origin + 7 * DAY
    for piece in rotation.pieces(begin, begin + _HALF_YEAR):
        counts[piece.turn % len(counts)] += 1
    return counts if sum(counts) >= 4 * len(counts) else None


def _cure_of_shares(layer: Layer, schedule: Schedule) -> str:
    start = layer.start.time()
    if layer.duration is not None and layer.opens is None and layer.duration < timedelta(days=1):
        closes = (datetime.combine(layer.start.date(), start) + layer.duration).time()
        better = layer.model_copy(update={"opens": start, "closes": closes, "duration": None})
        if first_cut(better, schedule) is None and _fair(served(better, schedule)):
            return (
                f'its shifts begin at {start:%H:%M} and its `days` at midnight, so write `from: "{start:%H:%M}"`, '
                f'`to: "{closes:%H:%M}"` instead of `duration`'
            )
    if layer.advance == "always" and _fair(served(layer.model_copy(update={"advance": "active"}), schedule)):
        return "take out `advance: always`, so that only the periods with a shift are counted"
    return "write the hours as `from` and `to`, and begin `start` with one of them"


def _fair(shares: list[int] | None) -> bool:
    return shares is None or max(shares) <= UNFAIR * min(shares) or max(shares) - min(shares) <= 2
