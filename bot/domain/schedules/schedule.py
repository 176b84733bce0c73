"""Who is on call: layers by priority, then overrides, over any span of time. Pure; knows neither clock nor database."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from bot.catalog.sections.schedules import Layer, Schedule
from bot.domain.schedules.local_clock import LocalClock, instant, local_seconds, moment
from bot.domain.schedules.rotation import Rotation

_DAY = 86_400
_HORIZONS = (8 * _DAY, 64 * _DAY, 366 * _DAY, 740 * _DAY)


class Override(NamedTuple):
    """A change for [start, end), both aware: `person` is added, removed, or replaced by `substitute`.

    "only" puts `people` on call and nobody else. Overrides apply after all layers, in the order in which they are
    given. `number` is the record it was read from, if any.
    """

    start: datetime
    end: datetime
    action: Literal["add", "remove", "replace", "only"]
    person: str
    substitute: str | None = None
    people: tuple[str, ...] = ()
    number: int | None = None


class Shift(NamedTuple):
    """One row of a plan, [start, end) in aware UTC. A gap has no people and no layer.

    `layer` is the name, or the names joined by `+` where equal priorities are on call together.
    `override`: whether an override changed who is on call.
    """

    start: datetime
    end: datetime
    people: tuple[str, ...]
    layer: str | None
    override: bool


class OnCall(NamedTuple):
    """Who is on call at an instant, and until when (None: no change within two years)."""

    people: tuple[str, ...]
    until: datetime | None
    layer: str | None
    override: bool = False


class _Slot(NamedTuple):
    """What one layer contributes during [start, end), in instants."""

    start: int
    end: int
    layer: int
    turn: int
    people: tuple[str, ...]


class _State(NamedTuple):
    """What decides whether two neighbouring stretches are one row."""

    turns: tuple[tuple[int, int], ...]
    overrides: tuple[int, ...]
    people: tuple[str, ...]


def shifts(schedule: Schedule, start: datetime, end: datetime, overrides: Sequence[Override] = ()) -> list[Shift]:
    """The plan for [start, end): contiguous, sorted, clipped, gaps included; one row per turn.

    Times are aware and taken to whole seconds. An empty span gives an empty list.
    """
    names = [layer.name for layer in schedule.layers]
    return [_shift(names, row) for row in _rows(schedule, instant(start), instant(end), overrides)]


def on_call(schedule: Schedule, at: datetime, overrides: Sequence[Override] = ()) -> OnCall:
    """Who is on call at `at`, by what layer, and when that changes."""
    begin = instant(at)
    for horizon in _HORIZONS:
        first = next(_rows(schedule, begin, begin + horizon, overrides))
        if first[1] < begin + horizon:
            break
    shift = _shift([layer.name for layer in schedule.layers], first)
    changes = first[1] < begin + horizon
    return OnCall(shift.people, shift.end if changes else None, shift.layer, shift.override)


def gaps(schedule: Schedule, start: datetime, end: datetime, overrides: Sequence[Override] = ()) -> list[Shift]:
    """The stretches of [start, end) during which nobody is on call."""
    return [shift for shift in shifts(schedule, start, end, overrides) if not shift.people]


def _shift(names: Sequence[str], row: tuple[int, int, _State]) -> Shift:
    start, end, (turns, overridden, people) = row
    layer = "+".join([names[layer] for layer, _ in turns]) if people else ""
    return Shift(moment(start), moment(end), people, layer or None, bool(overridden))


def _rows(schedule: Schedule, start: int, end: int, overrides: Sequence[Override]) -> Iterator[tuple[int, int, _State]]:
    """Stretches of equal state, joined."""
    joined: tuple[int, int, _State] | None = None
    for begins, ends, state in _stretches(schedule, start, end, overrides):
        if joined is not None and joined[2] == state:
            joined = joined[0], ends, state
            continue
        if joined is not None:
            yield joined
        joined = begins, ends, state
    if joined is not None:
        yield joined


def _stretches(
    schedule: Schedule, start: int, end: int, overrides: Sequence[Override]
) -> Iterator[tuple[int, int, _State]]:
    """Cut [start, end) wherever any layer or override begins or ends, and decide each part."""
    if end <= start:
        return
    slots = _slots(schedule, start, end)
    changes = [(instant(one.start), instant(one.end), one) for one in overrides]
    edges = {start, end}
    for layer in slots:
        edges.update(edge for slot in layer for edge in slot[:2])
    edges.update(edge for begins, ends, _ in changes for edge in (begins, ends) if start < edge < end)
    cuts = sorted(edges)
    places = [0] * len(slots)
    priorities = [layer.priority for layer in schedule.layers]
    for begins, ends in pairwise(cuts):
        present = []
        for number, layer in enumerate(slots):
            while places[number] < len(layer) and layer[places[number]].end <= begins:
                places[number] += 1
            if places[number] < len(layer) and layer[places[number]].start <= begins:
                present.append(layer[places[number]])
        active = [(number, one) for number, (since, until, one) in enumerate(changes) if since <= begins < until]
        yield begins, ends, _decide(priorities, present, active)


def _decide(priorities: Sequence[int], present: list[_Slot], active: list[tuple[int, Override]]) -> _State:
    """The highest priority that has somebody wins; equal ones are on call together; overrides come last."""
    if len(present) == 1 and not active:
        return _State(((present[0].layer, present[0].turn),), (), present[0].people)
    if len(present) > 1:
        highest = max(priorities[slot.layer] for slot in present)
        present = [slot for slot in present if priorities[slot.layer] == highest]
    people = tuple(dict.fromkeys(chain.from_iterable(slot.people for slot in present)))
    applied: list[int] = []
    for number, override in active:
        changed = _apply(override, people)
        if changed != people:
            people = changed
            applied.append(number)
    return _State(tuple((slot.layer, slot.turn) for slot in present), tuple(applied), people)


def _apply(override: Override, people: tuple[str, ...]) -> tuple[str, ...]:
    if override.action == "only":
        return tuple(dict.fromkeys(override.people))
    if override.action == "add":
        return people if override.person in people else (*people, override.person)
    if override.action == "remove" or override.substitute is None:
        return tuple(person for person in people if person != override.person)
    swapped = (override.substitute if person == override.person else person for person in people)
    return tuple(dict.fromkeys(swapped))


def _slots(schedule: Schedule, start: int, end: int) -> list[list[_Slot]]:
    """For each layer its stretches with somebody within [start, end), in order."""
    clock = LocalClock(schedule.zone, start, end)
    return [list(_slots_of(schedule, number, clock, start, end)) for number in range(len(schedule.layers))]


def _slots_of(schedule: Schedule, number: int, clock: LocalClock, start: int, end: int) -> Iterator[_Slot]:
    layer = schedule.layers[number]
    start, end = _clipped(layer, clock, start, end)
    rotation = Rotation(layer, schedule)
    # Two days wider than asked: a zone's offset may move local times past the edges, and clipping is exact afterwards.
    for piece in rotation.pieces(clock.local(start) - 2 * _DAY, clock.local(end) + 2 * _DAY):
        begins, ends = max(clock.instant(piece.start), start), min(clock.instant(piece.end), end)
        people = layer.people[piece.turn % len(layer.people)]
        if begins < ends and people:
            yield _Slot(begins, ends, number, piece.turn, people)


def _clipped(layer: Layer, clock: LocalClock, start: int, end: int) -> tuple[int, int]:
    """[start, end) without what lies before the layer's `since` or after its `until`."""
    if layer.since is not None:
        start = max(start, _instant_of(layer.since, clock))
    if layer.until is not None:
        end = min(end, _instant_of(layer.until, clock))
    return start, end


def _instant_of(written: datetime, clock: LocalClock) -> int:
    """A configured time as an instant; without an offset it is local."""
    return instant(written) if written.tzinfo else clock.instant(local_seconds(written))
