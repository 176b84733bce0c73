"""What the database adds to `tocsin oncall`: overrides, and who really was on call. One that is away adds nothing."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from bot.catalog import Catalog
from bot.cli import installation
from bot.cli.console import Refusal
from bot.domain.schedules import idle, overrides
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import OnCall, Shift
from bot.services.workspace import user_groups
from storage.queries import schedules as schedule_queries

T = TypeVar("T")


class Recorded:
    """Reads beside a running bot. One sentence on standard error says when the database cannot be asked."""

    def __init__(self) -> None:
        self._away = False

    def rota(self, catalog: Catalog, since: datetime) -> Rota:
        return self._read(
            lambda session: overrides.rota_of(catalog, *schedule_queries.overrides(session, since)), Rota(catalog)
        )

    def without_effect(self, catalog: Catalog, now: datetime) -> list[str]:
        def read(session: Session) -> list[str]:
            rows, gone = schedule_queries.overrides(session, now)
            rota = overrides.rota_of(catalog, rows, gone)
            return [idle.sentence(rota, row, now) for row in idle.without_effect(rota, rows, now)]

        return self._read(read, [])

    def groups(self) -> Mapping[str, Sequence[str]] | None:
        return self._read(lambda session: user_groups.members(session) or None, None)

    def history(self, schedule: str, start: datetime, end: datetime) -> list[Shift]:
        def read(session: Session) -> list[Shift]:
            return [
                Shift(max(row.start, start), min(row.end or end, end), tuple(row.people), None, False)
                for row in schedule_queries.periods(session, schedule, start, end)
            ]

        return self._read(read, [])

    def then(self, schedule: str, at: datetime) -> OnCall | None:
        def read(session: Session) -> OnCall | None:
            rows = schedule_queries.periods(session, schedule, at, at + timedelta(seconds=1))
            return OnCall(tuple(rows[0].people), rows[0].end, None) if rows else None

        return self._read(read, None)

    def _read(self, read: Callable[[Session], T], without: T) -> T:
        if self._away:
            return without
        try:
            with installation.database(exclusive=False) as opened, opened.read() as session:
                return read(session)
        except Refusal as refusal:
            self._away = True
            sys.stderr.write(f"note: overrides are left out, because {refusal}\n")
            return without
