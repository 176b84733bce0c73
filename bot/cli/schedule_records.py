"""What the command line knows of schedules: their records, if there is a database, and times as people type them."""

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot import clock
from bot.catalog import Catalog, Schedule, did_you_mean
from bot.cli.console import Refusal
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import OnCall, Shift

WINDOW = timedelta(days=28)


DEFAULT_DATABASE = "sqlite:///tocsin.db"


class Records(Protocol):
    """What the database adds to the configuration."""

    def rota(self, catalog: Catalog, since: datetime) -> Rota: ...

    def without_effect(self, catalog: Catalog, now: datetime) -> list[str]:
        """A sentence for each override that changes nothing any more."""
        ...

    def history(self, schedule: str, start: datetime, end: datetime) -> list[Shift]:
        """What was recorded of [start, end), clipped to it."""
        ...

    def groups(self) -> Mapping[str, Sequence[str]] | None:
        """The members of Slack's user groups by handle, None when none is known."""
        ...

    def then(self, schedule: str, at: datetime) -> OnCall | None:
        """Who was on call at `at`, if that was recorded; `until` is None where it still lasts."""
        ...


class NoRecords:
    """There is no database yet: no overrides, and nothing remembered."""

    def groups(self) -> Mapping[str, Sequence[str]] | None:
        return None

    def rota(self, catalog: Catalog, since: datetime) -> Rota:
        return Rota(catalog)

    def without_effect(self, catalog: Catalog, now: datetime) -> list[str]:
        return []

    def history(self, schedule: str, start: datetime, end: datetime) -> list[Shift]:
        return []

    def then(self, schedule: str, at: datetime) -> OnCall | None:
        return None


def has_database() -> bool:
    """Whether there is a database to ask; looking must not make one."""
    url = os.environ.get("DATABASE_URL") or DEFAULT_DATABASE
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def schedule(catalog: Catalog, name: str) -> Schedule:
    """The schedule of this name. Raises Refusal with the nearest one."""
    found = catalog.schedules.get(name)
    if found is None:
        raise Refusal.unknown("schedule", name, catalog.schedules, did_you_mean(name, catalog.schedules))
    return found


def chosen(catalog: Catalog, name: str | None) -> list[Schedule]:
    return [schedule(catalog, name)] if name else list(catalog.schedules.values())


def moment(text: str | None, zone: tzinfo) -> datetime | None:
    """ISO 8601 with an offset, or local to `zone`. Raises Refusal, also for a time that the clock skips there."""
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f'"{text}" is not a time: write it as 2026-11-02T09:00 or 2026-11-02T09:00+01:00.', 2) from None
    if parsed.tzinfo:
        return parsed
    local = parsed.replace(tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != parsed:
        said = f'"{text}" doesn\'t exist in {zone}: the clock is put forward then'
        raise Refusal(f"{said}. Write a time before or after that, or one with its offset.", 2)
    return local


def span(options: Namespace, zone: tzinfo) -> tuple[datetime, datetime]:
    """The window asked for; four weeks from its beginning, or from now, when the end is left out."""
    start = moment(options.since, zone) or clock.real().replace(microsecond=0)
    end = moment(options.until, zone) or start + WINDOW
    if end <= start:
        raise Refusal("the window ends before it begins: --to must be later than --from.", 2)
    return start, end


def iso(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def readable(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%a %d %b %Y %H:%M %Z")


def _at(text: str | None, zone: tzinfo) -> datetime:
    return moment(text, zone) or clock.real().replace(microsecond=0)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Refusal(f'"{name}" is not a time zone: write one such as Europe/Madrid.', 2) from None
