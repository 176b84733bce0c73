"""Reminders about an incident: the question whether its severity is still right. Each is asked once, by time alone."""

from datetime import datetime, timedelta

from bot.domain.core.fact import Fact
from bot.domain.paging.acknowledgement_facts import SeverityRaiseSuggested
from bot.services.core.nudge import Nudge, Nudges
from bot.work import Work
from storage.models import Incident, IncidentStatus
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

MOST_ASKED = 10
"""So often is asked whether what has held may be resolved."""


def _lasts(w: Work, incident: Incident) -> timedelta | None:
    """After how long an incident of this severity may be worse than was thought."""
    return w.catalog.severities[incident.severity].suggest_raise if _worse(w, incident) else None


def _may_be_worse(w: Work, incident: Incident) -> bool:
    """Whether it is worth asking, once for each severity."""
    if incident.status == IncidentStatus.MONITORING or incident.held_until or not _worse(w, incident):
        return False
    return not incident_queries.timeline_source(w.session, incident.number or 0, f"raise:{incident.severity}")


def _commander(w: Work, incident: Incident) -> str:
    """Who decides: the commander, or else whoever holds it, or else the declarer."""
    number = incident.number or 0
    held = paging_queries.held_escalations(w.session, number)
    holder = held[0].acknowledged_by if held else None
    return incident_queries.roles(w.session, number).get("ic") or holder or incident.declared_by


def _suggested(w: Work, incident: Incident, person: str) -> Fact:
    after = int((w.now - incident.declared_at).total_seconds())
    return SeverityRaiseSuggested(severity=incident.severity, person=person, after=after)


def _worse(w: Work, incident: Incident) -> str | None:
    """The next worse severity, if there is one."""
    rows = list(w.catalog.severities)
    at = rows.index(incident.severity)
    return rows[at - 1] if at else None


def _hold(w: Work, incident: Incident) -> timedelta | None:
    """How long a cure is watched at this severity."""
    return w.catalog.severities[incident.severity].stability_hold or None


def _is_watched(w: Work, incident: Incident) -> bool:
    return incident.status == IncidentStatus.MONITORING and incident.held_until is None


def _mitigated(w: Work, incident: Incident) -> datetime | None:
    return incident.mitigated_at


NUDGES: Nudges = {
    "stable": Nudge(
        after=_hold, wanted=_is_watched, since=_mitigated, to=_commander, message="stable_ask", at_most=MOST_ASKED
    ),
    "raise": Nudge(after=_lasts, wanted=_may_be_worse, to=_commander, message="raise_ask", fact=_suggested),
}
