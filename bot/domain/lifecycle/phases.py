"""The phase of an incident, and the clock of the gravest ones: what was to be done by when, and how late it was.

Both are pure functions of its state and its clocks; nothing is stored twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.models import Incident, IncidentStatus


class Phase(StrEnum):
    """The five phases of every incident. The value is its name."""

    DETECTION = "Detection"
    RESPONSE = "Response"
    MITIGATION = "Mitigation"
    RESOLUTION = "Resolution"
    POSTMORTEM = "Postmortem"


_PHASES = {
    IncidentStatus.TRIAGE: Phase.DETECTION,
    IncidentStatus.INVESTIGATING: Phase.RESPONSE,
    IncidentStatus.IDENTIFIED: Phase.MITIGATION,
    IncidentStatus.MONITORING: Phase.RESOLUTION,
    IncidentStatus.RESOLVED: Phase.POSTMORTEM,
    IncidentStatus.CLOSED: Phase.POSTMORTEM,
}


def phase(incident: Incident) -> Phase | None:
    """Where it is; None for what was none, or goes on elsewhere. When the impact has ended, it is only watched."""
    found = _PHASES.get(incident.status)
    if found in (Phase.RESPONSE, Phase.MITIGATION) and incident.mitigated_at is not None:
        return Phase.RESOLUTION
    return found


@dataclass(frozen=True)
class Evidence:
    """What the records beside the incident say: when the first page went out, and the first update."""

    paged_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Milestone:
    """One step: `due` counts from the detection; `at` is when it was done, None while it is not."""

    label: str
    due: datetime
    at: datetime | None

    def late(self, now: datetime) -> timedelta | None:
        """How late it was, or is by now; None while it is in time."""
        over = (self.at or now) - self.due
        return over if over > timedelta(0) else None


GRAVEST = "SEV-1"
_MINUTE = timedelta(minutes=1)
STEPS = (
    ("On call paged", 2 * _MINUTE), ("War room open", 2 * _MINUTE), ("First update", 2 * _MINUTE),
    ("Declared", 5 * _MINUTE), ("Cause found", 5 * _MINUTE), ("Traffic restored", 30 * _MINUTE),
    ("Resolved", 30 * _MINUTE), ("Closed, with its postmortem", timedelta(days=7)),
)  # fmt: skip
"""The process of the third source: detect, page, assess, mitigate, resolve, learn; each with its steps."""


def process(incident: Incident, evidence: Evidence) -> Sequence[Milestone]:
    """The clock of a SEV-1 that counts: nothing for others, for what is in triage, and for drills."""
    if incident.severity != GRAVEST or incident.unaccepted or incident.drill or phase(incident) is None:
        return ()
    opened = incident.room_since if incident.channel_id and incident.room_tries == 1 else None
    at = (
        evidence.paged_at, opened, evidence.updated_at, incident.declared_at, incident.identified_at,
        incident.mitigated_at, incident.resolved_at, incident.closed_at,
    )  # fmt: skip
    begun = incident.detected_at
    return [Milestone(label, begun + due, done) for (label, due), done in zip(STEPS, at, strict=True)]
