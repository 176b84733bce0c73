"""Calendars at the doors: a feed as bytes, and a file that is brought in. Knows neither HTTP nor the command line."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError
from bot.domain.core.people import Actor
from bot.domain.schedules import calendar_feed, overrides
from bot.domain.schedules.calendar_feed import Feed, Kind
from bot.domain.schedules.calendar_import import MEANINGS
from bot.domain.schedules.rota import Rota
from bot.rendering import ical
from bot.services.schedules import calendar_import
from bot.services.schedules import overrides as override_service
from bot.services.schedules.calendar_import import Origin
from bot.work import Work, WorkFactory
from storage.queries import schedules as schedule_queries

AHEAD = timedelta(days=366)
LARGEST = 1024 * 1024


class NotReadable(DomainError):
    """This is not a calendar (iCalendar, .ics) that can be read: {why}."""


class TooLarge(DomainError):
    """The calendar is larger than 1 MiB: export a shorter time of it."""


class UnknownMeaning(DomainError):
    """What are its entries? Say override (the people named are on call) or time-off (the people named are away)."""


class _OnlyLooking(Exception):
    """Rolls back what was tried."""


def content(rota: Rota, kind: Kind, name: str, at: Any) -> bytes | None:
    """The feed of a schedule or of a person's key; None when there is no such one."""
    made: Feed
    if kind == "schedule":
        if name not in rota.catalog.schedules:
            return None
        made = calendar_feed.of_schedule(rota, name, at)
    else:
        if name not in rota.catalog.people:
            return None
        made = calendar_feed.of_person(rota, name, at)
    return ical.written(made)


def rota(session: Session, catalog: Catalog, at: Any) -> Rota:
    """With every override that a feed may show."""
    return overrides.rota_of(
        catalog, *schedule_queries.overrides(session, calendar_feed.window(at)[0] - calendar_feed.LONGEST)
    )


def bring_in(desk: WorkFactory, actor: Actor, schedule: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """`given`: content (the file's text), kind, dry_run; source and file say which calendar it is. Raises DomainError.

    A dry run does everything and takes it back, so that it says exactly what would be refused.
    """
    text, meaning, dry = str(given.get("content", "")), given.get("kind", "override"), bool(given.get("dry_run"))
    if meaning not in MEANINGS:
        raise UnknownMeaning()
    if len(text) > LARGEST:
        raise TooLarge()
    key = override_service.key_of(desk.catalog, schedule)
    origin = Origin(str(given.get("source") or ""), str(given.get("file") or "")[:100])
    now = desk.clock.now()
    try:
        reading = ical.read(text.encode(), desk.catalog.schedules[key].zone, now, now + AHEAD)
    except ical.NotACalendar as problem:
        raise NotReadable(why=str(problem)) from None
    found: dict[str, Any] = {}

    def carry_out(w: Work) -> None:
        done = calendar_import.bring_in(w, key, reading, meaning, origin)
        found.update(done.plain(), schedule=key, dry_run=dry)
        if dry:
            raise _OnlyLooking()

    try:
        with desk.work(actor) as w:
            carry_out(w)
    except _OnlyLooking:
        pass
    return found
