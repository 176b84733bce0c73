"""What a severity asks of us, and why it is raised or lowered.

Each of its clocks counts from when the incident has this severity: no one can have met the time of SEV-1 while it was
SEV-3. The reasons to change it are those to pick from, and nothing else; words of one's own come behind.
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.catalog.duration import format_duration
from bot.catalog.sections.notifications import BusinessHours
from bot.catalog.sections.severities import SeverityRow
from bot.domain.core.errors import DomainError
from bot.domain.incidents.lifecycle import is_worse
from bot.domain.schedules import business_hours
from storage.models import Incident

RAISE = {
    "impact-worse": "The impact is worse than first thought",
    "taking-longer": "Resolving it takes longer than expected",
    "more-services": "More services are affected",
    "more-complaints": "More customers complain",
    "media": "Media or social media pay attention",
}
LOWER = {
    "impact-reduced": "The impact is smaller now",
    "mitigated": "The mitigation worked",
    "fewer-users": "Fewer users are affected",
    "workaround": "There is a workaround now",
}
ALL = {**RAISE, **LOWER}


class WrongDirection(DomainError):
    """ "{reason}" is a reason to {direction} the severity, and this would {other} it. Nothing was changed."""


def offered(old: str, new: str) -> dict[str, str]:
    """What can be picked for this change; nothing where nothing changes."""
    if old == new:
        return {}
    return RAISE if is_worse(new, old) else LOWER


def worded(old: str, new: str, picked: str, text: str) -> str:
    """The reason as it is kept: what was picked, then what was written. Raises WrongDirection."""
    if picked in ALL and old != new and picked not in offered(old, new):
        direction, other = ("raise", "lower") if picked in RAISE else ("lower", "raise")
        raise WrongDirection(reason=ALL[picked], direction=direction, other=other)
    return ": ".join(part for part in (ALL.get(picked, ""), text.strip()) if part)


def raise_key(severity: str, why: str) -> str:
    """Names the question whether an incident of this severity is worse: each reason asks once for each severity."""
    return f"raise:{severity}" if why == "taking-longer" else f"raise:{severity}:{why}"


NEXT_DAY = "next_business_day"


class Target(StrEnum):
    """What a severity gives a time for."""

    #: Someone acknowledges a page.
    ACK = "ack"
    #: Someone does or says something about it.
    FIRST_RESPONSE = "first_response"
    #: Someone commands it.
    IC = "ic"
    #: It is resolved.
    RESOLVE = "resolve"


MISSED = {
    Target.ACK: "no one has acknowledged it",
    Target.FIRST_RESPONSE: "nothing has been logged yet",
    Target.IC: "it has no incident commander",
    Target.RESOLVE: "it is not resolved",
}
"""What is so when the time is over."""


def limit(row: SeverityRow, target: Target, hours: BusinessHours, zone: ZoneInfo, start: datetime) -> datetime | None:
    """Until when; None where the severity says nothing, or "at once", which no clock can miss.

    "Next business day" ends with the hours of the next working day.
    """
    asked: timedelta | str | None = getattr(row, target)
    if isinstance(asked, str):
        return business_hours.end_of_next_day(hours, zone, start)
    return start + asked if asked else None


def is_met(incident: Incident, target: Target, *, commanded: bool, responded: bool) -> bool:
    """Whether what this time is given for has happened."""
    match target:
        case Target.ACK:
            return incident.acknowledged_at is not None
        case Target.IC:
            return commanded
        case Target.FIRST_RESPONSE:
            return responded or commanded
    return incident.resolved_at is not None


def key(target: str, severity: str) -> str:
    """Names the breach: each target is missed once for each severity."""
    return f"target:{target}:{severity}"


def missed(target: str, within: str) -> str:
    """`no one has acknowledged it within 5 min`; a target of a newer release is named as it is."""
    what = MISSED.get(target, target)  # type: ignore[call-overload]
    if within == NEXT_DAY:
        return f"{what} by the end of the next business day"
    length = re.sub("([0-9]+)m", r"\1 min", within)
    return f"{what} within {length}"


def within(row: SeverityRow, target: Target) -> str:
    """The length as it is written in tocsin.yml."""
    asked: timedelta | str | None = getattr(row, target)
    return format_duration(asked) if isinstance(asked, timedelta) else asked or ""
