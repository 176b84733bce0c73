"""Use case: what was declared is put right, and whoever reads or is paged for it sees it."""

from dataclasses import dataclass

from bot.domain.incidents import lifecycle as rules
from bot.domain.paging import policy_choice
from bot.services.core.answer import Answer
from bot.services.core.catalog_words import parse_service
from bot.services.core.incident import ref
from bot.services.incidents import severity as severity_service
from bot.services.paging import escalations, policies
from bot.work import Work
from storage.models import EscalationState, Incident, PageState
from storage.queries import paging as paging_queries


@dataclass(frozen=True)
class Correction:
    """What should stand there: words as typed or chosen; an empty service is none."""

    title: str
    severity: str
    service: str = ""


def correct(w: Work, incident: Incident, what: Correction) -> Answer:
    """Title, service and severity. Another service pages by its own policy while no one has answered."""
    level = severity_service.parse_severity(w.catalog, what.severity)
    service, was = parse_service(w.catalog, what.service), incident.service
    facts = rules.correct(incident, title=what.title, service=service, ref=ref(w, incident))
    w.record(facts, incident=incident)
    if service != was:
        _page_by_service(w, incident)
    if level != incident.severity:
        severity_service.set_severity(w, incident, level, "corrected after declaring")
    elif facts:
        for page in paging_queries.incident_pages(w.session, incident.number or 0):
            if page.state in PageState.WAITING:
                escalations.redraw(w, page)  # it names the incident
    else:
        return Answer("no_change", incident.number)
    return Answer("declared", incident.number, {"given": "form"})


def _page_by_service(w: Work, incident: Incident) -> None:
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    chosen = policy_choice.choose(w.catalog, incident.severity, incident.service, w.now).policy
    same = newest is not None and chosen is not None and newest.policy_name == chosen.key
    if same or (newest is not None and newest.state == EscalationState.ACKNOWLEDGED):
        return
    escalations.stop_all(w, incident, "the service was corrected")
    policies.page_for(w, incident, "the service was corrected")
