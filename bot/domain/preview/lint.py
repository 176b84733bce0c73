"""What is allowed in a schedule but rarely meant: windows cut by a hand-off, holes, turns that nobody ever serves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from bot.catalog.catalog import Catalog
from bot.catalog.sections.schedules import Schedule
from bot.domain.contact import methods, planning
from bot.domain.preview import turns
from bot.domain.schedules import coverage
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.rotation import local_start
from bot.domain.schedules.schedule import gaps, shifts

_WATCHED = timedelta(days=14)


def warnings(catalog: Catalog, now: datetime) -> list[str]:
    """One sentence per oddity, over all schedules; gaps are looked for in the 14 days after `now` (aware)."""
    found = []
    covered_by_others = coverage.parts(catalog)
    for schedule in catalog.schedules.values():
        holes = [] if schedule.key in covered_by_others else _holes(schedule, now)
        sentences = [*_shape(schedule), *holes, *_unreachable(catalog, schedule)]
        found += [f"schedules.{schedule.key}: {sentence}" for sentence in sentences]
    return [*found, *_level_holes(catalog, now), *_single_points(catalog, now)]


def _shape(schedule: Schedule) -> Iterator[str]:
    for layer in schedule.layers:
        begins, ends = (local_start(edge, schedule.zone) if edge else None for edge in (layer.since, layer.until))
        if ends is not None and ends <= (begins or local_start(layer.start, schedule.zone)):
            yield f'the layer "{layer.name}" ends before it begins; check `until`.'
        yield from turns.oddities(schedule, layer)


def _holes(schedule: Schedule, now: datetime) -> Iterator[str]:
    found = gaps(schedule, now, now + _WATCHED)
    if found:
        first = found[0]
        begins, ends = (edge.astimezone(schedule.zone) for edge in (first.start, first.end))
        more = coverage.more_times(" and", len(found) - 1)
        yield f"no one is on call from {begins:%a %d %b %H:%M} to {ends:%a %d %b %H:%M}{more} in the next 14 days."


def _level_holes(catalog: Catalog, now: datetime) -> Iterator[str]:
    """A level of several schedules has a hole where all of them have one."""
    found = coverage.level_gaps(Rota(catalog), now, now + _WATCHED)
    levels = {(one.policy, one.level): [its for its in found if (its.policy, its.level) == (one.policy, one.level)]
              for one in found}  # fmt: skip
    for (policy, level), gaps_of_level in levels.items():
        first = gaps_of_level[0]
        zone = catalog.schedules[first.schedules[0]].zone
        begins, ends = (edge.astimezone(zone) for edge in (first.start, first.end))
        more = coverage.more_times(" and", len(gaps_of_level) - 1)
        yield (
            f"policies.{policy}: no one of level {level} ({', '.join(first.schedules)}) is on call from "
            f"{begins:%a %d %b %H:%M} to {ends:%a %d %b %H:%M}{more} in the next 14 days."
        )


def _single_points(catalog: Catalog, now: datetime) -> Iterator[str]:
    """Two levels of one policy that ask the same person are one level."""
    told = set()
    for policy in catalog.policies.values():
        names = [target.name for level in policy.levels for target in level.to if target.kind == "schedule"]
        for first, second in pairwise(dict.fromkeys(names)):
            shared = _on_both(catalog.schedules[first], catalog.schedules[second], now)
            if shared and (first, second) not in told:
                told.add((first, second))
                people, begins = shared
                when = f"{begins.astimezone(catalog.schedules[first].zone):%a %d %b %H:%M}"
                yield f"policies.{policy.key}: {people} is on call in both {first} and {second} from {when}; shift one."


def _on_both(one: Schedule, other: Schedule, now: datetime) -> tuple[str, datetime] | None:
    """The first time within 14 days at which both schedules have the same people and nobody else."""
    for row in shifts(one, now, now + _WATCHED):
        for second in shifts(other, row.start, row.end):
            if row.people and set(row.people) == set(second.people):
                return " and ".join(row.people), second.start
    return None


def _unreachable(catalog: Catalog, schedule: Schedule) -> Iterator[str]:
    hindered, asked = methods.hindrances(catalog), methods.asked_for(catalog)
    for key in schedule.people:
        person = catalog.people.get(key)
        if person is None:
            continue
        ways = planning.plan(
            methods.Contactee.of(key, person.slack, catalog), methods.Occasion("SEV-1", asked), hindered
        )
        if all(way.unused for way in ways):
            yield f"{key} cannot be reached; fix one of these: {methods.cures(key, ways)}."
