"""Who is on call, on every schedule, overrides included: the one answer for pages, previews, screens and history.

Knows no records, so that the command line can ask without a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.catalog import Catalog
from bot.domain import schedule as plans
from bot.domain.schedule import OnCall, Override, Shift

NONE: Mapping[str, Sequence[Override]] = MappingProxyType({})


@dataclass(frozen=True)
class Rota:
    """`overrides` by schedule, in the order in which they were made; `skipped`: a sentence for each that cannot hold.

    The methods raise KeyError for a schedule that does not exist.
    """

    catalog: Catalog
    overrides: Mapping[str, Sequence[Override]] = field(default_factory=lambda: NONE)
    skipped: Sequence[str] = ()

    def on_call(self, schedule: str, at: datetime) -> OnCall:
        return plans.on_call(self.catalog.schedules[schedule], at, self.overrides.get(schedule, ()))

    def shifts(self, schedule: str, start: datetime, end: datetime) -> list[Shift]:
        return plans.shifts(self.catalog.schedules[schedule], start, end, self.overrides.get(schedule, ()))

    def gaps(self, schedule: str, start: datetime, end: datetime) -> list[Shift]:
        return [shift for shift in self.shifts(schedule, start, end) if not shift.people]

    def stretches(self, schedule: str, person: str, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """When `person` is on call within [start, end): turns that follow each other are one stretch."""
        return stretches(self.shifts(schedule, start, end), person)

    def with_override(self, schedule: str, override: Override) -> "Rota":
        """The rota as it would be with one more override."""
        more = {**self.overrides, schedule: (*self.overrides.get(schedule, ()), override)}
        return Rota(self.catalog, more, self.skipped)


def stretches(shifts: Sequence[Shift], person: str) -> list[tuple[datetime, datetime]]:
    """When `person` is on call in a plan, joined where one shift follows the other."""
    found: list[tuple[datetime, datetime]] = []
    for shift in shifts:
        if person not in shift.people:
            continue
        if found and found[-1][1] == shift.start:
            found[-1] = (found[-1][0], shift.end)
        else:
            found.append((shift.start, shift.end))
    return found
