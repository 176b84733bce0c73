"""Use case: somebody's account is deactivated. Nobody waits for an answer from them, nothing stays theirs."""

from sqlmodel import col, select

from bot.domain.core.people import slack_id
from bot.domain.incidents import lifecycle as incident_rules
from bot.domain.incidents import roles
from bot.domain.paging import escalation as rules
from bot.services.core import incident as incidents
from bot.services.paging import acknowledgement, escalations
from bot.work import Work
from storage.models import Escalation, EscalationState, Incident, IncidentStatus, Page, PageState, RoleAssignment
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

REASON = "this Slack account was deactivated"


def left(w: Work, person: str) -> None:
    """What waits for them, and what they have, goes to the next: one open incident after the other, by its number."""
    names = called(w, person)
    for number in sorted(concerned(w, person, names)):
        incident = incidents.find(w, number)
        if not incident_rules.is_open(incident):
            continue
        for page in [one for one in paging_queries.live_pages(w.session, person) if one.incident == number]:
            _pass_on(w, incident, page)
        for held in paging_queries.held_escalations(w.session, number):
            if held.acknowledged_by in names:
                acknowledgement.departed(w, incident, held, REASON)
        for role, holder in incident_queries.roles(w.session, number).items():
            if holder in names and (row := incident_queries.role_holder(w.session, number, role)):
                w.record(roles.release(row, w.now), incident=incident)


def called(w: Work, person: str) -> set[str]:
    """What a Slack id is called in our records."""
    return {person, *(one.key for one in w.catalog.people.values() if slack_id(one.key, w.catalog) == person)}


def concerned(w: Work, person: str, names: set[str]) -> set[int]:
    """The open incidents for which they are asked, which they hold, or in which they have a role."""
    open_ones = select(Incident.number).where(col(Incident.status).in_(IncidentStatus.OPEN))
    held = select(Escalation.incident).where(
        col(Escalation.acknowledged_by).in_(names),
        Escalation.state == EscalationState.ACKNOWLEDGED,
        col(Escalation.incident).in_(open_ones),
    )
    having = select(RoleAssignment.incident).where(
        col(RoleAssignment.person).in_(names),
        col(RoleAssignment.until).is_(None),
        col(RoleAssignment.incident).in_(open_ones),
    )
    asked = (page.incident for page in paging_queries.live_pages(w.session, person))
    return {one for one in (*asked, *w.session.exec(held), *w.session.exec(having)) if one is not None}


def _pass_on(w: Work, incident: Incident, page: Page) -> None:
    """A page that waits ends, and the next level is paged at once unless others of this one are still asked."""
    escalation = w.lock(Escalation, page.escalation)
    w.session.refresh(page)
    if escalation is None or page.state not in PageState.WAITING:
        return
    facts = rules.decline(page, reason=REASON, now=w.now)
    pages = w.pages(escalation)
    w.record(facts, incident=incident, escalation=escalation, pages=pages)
    if escalation.state == EscalationState.RUNNING and rules.nobody_left(escalation, pages):
        escalations.advance(w, incident, escalation, REASON)
