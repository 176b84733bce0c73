"""Facts of the further life of an incident: triage, waiting, merging, clocks set by hand, ticked checklists."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class TriageAccepted(Fact, name="incidents.triage_accepted"):
    """It is an incident, and was looked at `since` then."""

    since: datetime


@dataclass(frozen=True, kw_only=True)
class TriageDeclined(Fact, name="incidents.triage_declined"):
    """It was no incident. `kind` is a key of `triage.KINDS`, or empty."""

    reason: str
    kind: str
