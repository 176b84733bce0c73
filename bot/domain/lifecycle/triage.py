"""Rules of triage: someone is not sure yet whether it is an incident. It is accepted, or it was none.

Until then it pages by its route, and that is all: no room, no public word, no clock that is compared with a target.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.core.fact import Fact
from bot.domain.incidents.lifecycle import MAX_TEXT
from bot.domain.incidents.states import Step, move, require
from bot.domain.lifecycle.facts import TriageAccepted, TriageDeclined
from storage.models import Incident, IncidentStatus


@dataclass(frozen=True)
class Kind:
    """Why it is no incident. `ticket`: it should be written down elsewhere instead."""

    key: str
    label: str
    ticket: bool = False


KINDS = (
    Kind("false_alarm", "A false alarm"),
    Kind("known", "Known and harmless"),
    Kind("feature_request", "A feature request", ticket=True),
    Kind("documentation", "Missing or unclear documentation", ticket=True),
)
"""What something that was looked at can turn out to be; the first one is meant when no one says."""


def kind(key: str) -> Kind:
    return next((one for one in KINDS if one.key == key), KINDS[0])


def accept(incident: Incident, *, now: datetime, ref: str, cadence: timedelta | None) -> list[Fact]:
    """It is an incident. What a declaration starts, starts now: the targets count from here."""
    require(incident, Step.ACCEPT, ref)
    since = incident.declared_at
    move(incident, Step.ACCEPT, IncidentStatus.INVESTIGATING)
    begin(incident, now=now, cadence=cadence)
    return [TriageAccepted(since=since)]


def begin(incident: Incident, *, now: datetime, cadence: timedelta | None) -> None:
    """What was in triage is an incident from now on: its detection stays when it was, its declaration is now."""
    incident.unaccepted = False
    incident.declared_at = now
    incident.next_update_at = now + cadence if cadence else None


def decline(incident: Incident, *, now: datetime, ref: str, reason: str = "", kind: str = "") -> list[Fact]:
    """It was no incident: paging stops, and no metric counts it."""
    require(incident, Step.REJECT, ref)
    move(incident, Step.REJECT, IncidentStatus.CANCELLED)
    incident.closed_at, incident.next_update_at = now, None
    return [TriageDeclined(reason=reason.strip()[:MAX_TEXT], kind=kind)]
