"""Who is on call, on every schedule, overrides included: the one answer for pages, previews, screens and history.

Knows no records, so that the command line can ask without a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.catalog import Catalog
from bot.domain.schedules import schedule as plans
from bot.domain.schedules.schedule import OnCall, Override, Shift

FURTHER = timedelta(days=366)
"""How far the end of a shift is looked for."""
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

    def whole_shifts(self, schedule: str, start: datetime, end: datetime) -> list[tuple[Shift, datetime | None]]:
        """The rows of [start, end), each with when it ends even after `end` (None: no change within two years)."""
        rows = self.shifts(schedule, start, end)
        return [(row, row.end if row is not rows[-1] else self.on_call(schedule, row.start).until) for row in rows]

    def whole_stretches(
        self, schedule: str, person: str, start: datetime, end: datetime
    ) -> list[tuple[datetime, datetime | None]]:
        """As `stretches`, but the last with its own end, also after `end` (None: not within a year)."""
        found = self.stretches(schedule, person, start, end)
        if not found or found[-1][1] < end.replace(microsecond=0):
            return list(found)
        begins = found[-1][0]
        further = self.stretches(schedule, person, begins, begins + FURTHER)[0][1]
        return [*found[:-1], (begins, further if further < begins + FURTHER else None)]

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
