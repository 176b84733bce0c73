"""The question whether an incident is worse than its severity: who is asked, and once for each reason and severity."""

from bot.domain.incidents.severity import raise_key
from bot.domain.paging.acknowledgement_facts import SeverityRaiseSuggested
from bot.work import Work
from storage.models import Incident, IncidentStatus
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries


def in_charge(w: Work, incident: Incident) -> str:
    """Who decides: the commander, or else whoever holds it, or else the declarer."""
    number = incident.number or 0
    held = paging_queries.held_escalations(w.session, number)
    holder = held[0].acknowledged_by if held else None
    return incident_queries.roles(w.session, number).get("ic") or holder or incident.declared_by


def worse(w: Work, incident: Incident) -> str | None:
    """The next worse severity, if there is one."""
    rows = list(w.catalog.severities)
    at = rows.index(incident.severity)
    return rows[at - 1] if at else None


def is_worth_asking(w: Work, incident: Incident, why: str) -> bool:
    """Whether it could be raised, is not being cured, and was not asked about for this reason."""
    if incident.status == IncidentStatus.MONITORING or incident.held_until or not worse(w, incident):
        return False
    asked = incident_queries.timeline_source(w.session, incident.number or 0, raise_key(incident.severity, why))
    return asked is None


def question(w: Work, incident: Incident, person: str, why: str, count: int = 0) -> SeverityRaiseSuggested:
    after = int((w.now - incident.declared_at).total_seconds())
    return SeverityRaiseSuggested(severity=incident.severity, person=person, after=after, why=why, count=count)


def ask(w: Work, incident: Incident, why: str, count: int = 0) -> None:
    """Asks whoever is in charge now. `why` is one of the reasons to raise a severity."""
    if is_worth_asking(w, incident, why):
        w.record([question(w, incident, in_charge(w, incident), why, count)], incident=incident)
