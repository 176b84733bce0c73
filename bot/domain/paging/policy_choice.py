"""Which policy pages for an incident, and when it may begin: severity, service and the hours decide. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.catalog import Catalog, Policy
from bot.catalog.sections.company import Role
from bot.catalog.sections.notifications import QuietHours
from bot.domain.schedules import business_hours

WAITS = {"business_hours": "it waits for business hours", "defer": "it waits for the end of the quiet hours"}


@dataclass(frozen=True)
class Choice:
    """The policy, None when nothing names one. Paging begins at `begins`; `waits` is a key of WAITS when that is later.

    `late`: outside of business hours another policy than the usual one was taken. `ack`: the severity's target.
    """

    policy: Policy | None
    begins: datetime
    waits: str | None = None
    late: bool = False
    ack: timedelta | None = None


def choose(catalog: Catalog, severity: str, service: str | None, now: datetime) -> Choice:
    """What pages for an incident of this severity that is declared `now`."""
    usual = catalog.policy_for(severity, service)
    policy = catalog.policy_for(severity, service, working=is_working(catalog, now))
    begins = allowed_at(catalog, severity, now)
    waits = catalog.severities[severity].quiet_hours if begins > now else None
    return Choice(policy, begins, waits, late=policy != usual, ack=catalog.ack_target(severity))


def allowed_at(catalog: Catalog, severity: str, now: datetime) -> datetime:
    """When paging for this severity may begin: now, after the quiet hours, or when business hours begin."""
    rule = catalog.severities[severity].quiet_hours
    if rule == "business_hours":
        return business_hours.next_opening(catalog.business_hours, _zone(catalog), now)
    quiet = catalog.notifications.quiet_hours
    if rule == "defer" and quiet is not None:
        return business_hours.quiet_until(quiet, _quiet_zone(catalog, quiet), now)
    return now


def begins_when(catalog: Catalog, severity: str, at: datetime, now: datetime) -> str:
    """When paging that waits begins, in the zone whose hours it waits for: "Monday 09:00 CET"."""
    quiet = catalog.notifications.quiet_hours
    defers = catalog.severities[severity].quiet_hours == "defer"
    return _moment(at, _quiet_zone(catalog, quiet) if defers and quiet else _zone(catalog), now)


def opens_when(catalog: Catalog, now: datetime) -> str:
    """When business hours begin again: "Monday 09:00 CET"."""
    zone = _zone(catalog)
    return _moment(business_hours.next_opening(catalog.business_hours, zone, now), zone, now)


def _moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    local = at.astimezone(zone)
    return f"{local:%A %H:%M %Z}" if at - now < timedelta(days=6) else f"{local:%A %d %B %H:%M %Z}"


def role_is_asked(catalog: Catalog, role: Role, severity: str | None, now: datetime) -> bool:
    """Whether the schedule of this role may be asked now: its severities at any hour, all others in business hours."""
    return role.any_hour is None or severity in role.any_hour or is_working(catalog, now)


def is_working(catalog: Catalog, now: datetime) -> bool:
    return business_hours.is_working(catalog.business_hours, _zone(catalog), now)


def _zone(catalog: Catalog) -> ZoneInfo:
    return ZoneInfo(catalog.business_hours.timezone or catalog.display.time_zone)


def _quiet_zone(catalog: Catalog, quiet: QuietHours) -> ZoneInfo:
    return ZoneInfo(quiet.timezone or catalog.display.time_zone)
