"""Reminders about an incident: the question whether its severity is still right. Each is asked once, by time alone."""

from datetime import datetime, timedelta

from bot.domain.core.fact import Fact
from bot.domain.incidents.facts import StatusChanged
from bot.services.core.nudge import STARTS, Nudge, Nudges
from bot.services.incidents import response_clocks, severity_review
from bot.work import Work
from storage.models import Incident, IncidentStatus

LONGER = "taking-longer"

MOST_ASKED = 10
"""So often is asked whether what has held may be resolved."""


def _lasts(w: Work, incident: Incident) -> timedelta | None:
    """After how long an incident of this severity may be worse than was thought."""
    return w.catalog.severities[incident.severity].suggest_raise if severity_review.worse(w, incident) else None


def _may_be_worse(w: Work, incident: Incident) -> bool:
    return severity_review.is_worth_asking(w, incident, LONGER)


def _suggested(w: Work, incident: Incident, person: str) -> Fact:
    return severity_review.question(w, incident, person, LONGER)


def _hold(w: Work, incident: Incident) -> timedelta | None:
    """How long a cure is watched at this severity."""
    return w.catalog.severities[incident.severity].stability_hold or None


def _is_watched(w: Work, incident: Incident) -> bool:
    return incident.status == IncidentStatus.MONITORING


def _mitigated(w: Work, incident: Incident) -> datetime | None:
    return incident.mitigated_at


NUDGES: Nudges = {
    "stable": Nudge(
        after=_hold,
        wanted=_is_watched,
        since=_mitigated,
        to=severity_review.in_charge,
        message="stable_ask",
        at_most=MOST_ASKED,
        starts=(*STARTS, StatusChanged),
    ),
    "raise": Nudge(
        after=_lasts, wanted=_may_be_worse, to=severity_review.in_charge, message="raise_ask", fact=_suggested
    ),
    **response_clocks.CLOCKS,
}
