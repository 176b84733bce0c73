"""Use case: somebody's account is deactivated while they are being asked. Nobody waits for an answer from them."""

from bot.domain.paging import escalation as rules
from bot.services.core import incident as incidents
from bot.services.paging import escalations
from bot.work import Work
from storage.models import Escalation, EscalationState, PageState
from storage.queries import paging as paging_queries

REASON = "this Slack account was deactivated"


def left(w: Work, person: str) -> None:
    """Their pages that wait end, and the next level is paged at once unless others of theirs are still asked."""
    for page in paging_queries.live_pages(w.session, person):  # by incident: whoever locks several keeps that order
        incident = incidents.find(w, page.incident or 0)
        escalation = w.lock(Escalation, page.escalation)
        w.session.refresh(page)
        if escalation is None or page.state not in PageState.WAITING:
            continue
        facts = rules.decline(page, reason=REASON, now=w.now)
        pages = w.pages(escalation)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
        if escalation.state == EscalationState.RUNNING and rules.nobody_left(escalation, pages):
            escalations.advance(w, incident, escalation, REASON)
