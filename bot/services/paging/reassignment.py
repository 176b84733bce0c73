"""How the offer to take something over ends: accepted, or refused and it stays with whoever offered it."""

from bot.domain.paging import acknowledgement, effects
from bot.domain.paging.acknowledgement_facts import ReassignmentRefused
from bot.work import Work
from storage.models import Escalation, EscalationState, Incident, PageState
from storage.queries import paging as paging_queries


def accepted(w: Work, incident: Incident, offer: Escalation) -> None:
    """The person who was asked has it now; whoever was meant to be relieved is told."""
    held = w.lock(Escalation, offer.parent)
    if held is None or offer.acknowledged_by is None:
        return
    pages = w.pages(held)
    facts = acknowledgement.take_over(held, pages, person=offer.acknowledged_by, offer=offer.id or 0, now=w.now)
    w.record(facts, incident=incident, escalation=held, pages=pages)
    for earlier in paging_queries.offers(w.session, held.id):
        if earlier.id != offer.id and earlier.state == EscalationState.ACKNOWLEDGED:
            _passed_on(w, earlier, offer)


def _passed_on(w: Work, earlier: Escalation, offer: Escalation) -> None:
    """Whoever took it over before has handed it on: their message says who has it now."""
    earlier.acknowledged_by = offer.acknowledged_by
    for page in w.pages(earlier):
        if page.state == PageState.ACKNOWLEDGED:
            page.state, page.settled_at = PageState.RELEASED, w.now
            w.carry_out(effects.redraw_page(page))


def refused(w: Work, incident: Incident, offer: Escalation) -> None:
    """Declined, or no answer in its time: nothing changes, and the giver knows."""
    held = w.lock(Escalation, offer.parent)
    if held is None or held.acknowledged_by is None:
        return
    page = next(iter(w.pages(offer)), None)
    declined = page is not None and page.state == PageState.DECLINED
    reason = (page.note or "can't take it") if declined and page else "no answer"
    fact = ReassignmentRefused(
        escalation=held.id or 0,
        offer=offer.id or 0,
        giver=held.acknowledged_by,
        person=page.person if page else offer.policy["levels"][0]["to"][0].partition(":")[2],
        reason=reason,
    )
    w.record([fact], incident=incident, escalation=held, pages=w.pages(held))
