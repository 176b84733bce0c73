"""Which schedules must cover all hours by themselves, and which are parts of a level that others cover too. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.catalog import Catalog
from bot.domain.schedules.rota import Rota


@dataclass(frozen=True)
class LevelGap:
    """During [start, end) none of the `schedules` of a policy's level (from 1) has anybody."""

    policy: str
    level: int
    schedules: tuple[str, ...]
    start: datetime
    end: datetime


def parts(catalog: Catalog) -> set[str]:
    """Schedules that only ever page together with something else: a hole in them is one of the level, if of any."""
    alone = {role.schedule for role in catalog.roles.values() if role.schedule}
    alone |= {one.name for row in catalog.specialists.values() for one in row.to if one.kind == "schedule"}
    together: set[str] = set()
    for policy in catalog.policies.values():
        for level in policy.levels:
            names = [target.name for target in level.to if target.kind == "schedule"]
            (alone if len(level.to) == 1 else together).update(names)
    return (together - alone) & set(catalog.schedules)


def used(catalog: Catalog) -> set[str]:
    """Schedules that page anybody: by a policy, a role or a specialist."""
    targets = [*catalog.all_targets(), *(one for row in catalog.specialists.values() for one in row.to)]
    named = {target.name for target in targets if target.kind == "schedule"}
    return named | {role.schedule for role in catalog.roles.values() if role.schedule}


def level_gaps(rota: Rota, start: datetime, end: datetime) -> list[LevelGap]:
    """Where a level that is made of several schedules and of nothing else reaches nobody, each set of them once."""
    found: list[LevelGap] = []
    seen: set[tuple[str, ...]] = set()
    for policy in rota.catalog.policies.values():
        for number, level in enumerate(policy.levels, 1):
            names = tuple(target.name for target in level.to if target.kind == "schedule")
            if len(names) < 2 or len(names) < len(level.to) or tuple(sorted(names)) in seen:
                continue
            seen.add(tuple(sorted(names)))
            found += [LevelGap(policy.key, number, names, *span) for span in _common(rota, names, start, end)]
    return found


def _common(rota: Rota, names: Sequence[str], start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The times within [start, end) at which all of these schedules are empty."""
    empty = [[(one.start, one.end) for one in rota.gaps(name, start, end)] for name in names]
    cuts = sorted({edge for spans in empty for span in spans for edge in span})
    began: datetime | None = None
    for begins, ends in pairwise(cuts):
        if all(any(low <= begins < high for low, high in spans) for spans in empty):
            began = began or begins
            if ends == cuts[-1]:
                yield began, ends
        elif began is not None:
            yield began, begins
            began = None


def more_times(and_: str, count: int) -> str:
    """How many more gaps there are than the one that is named; nothing for none."""
    return f"{and_} {count} more time{'s' * (count > 1)}" if count else ""
