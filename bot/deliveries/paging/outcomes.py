"""What an answer to a page, an alarm or a paging thread means for the records."""

from bot.deliveries.core.composition import Result
from bot.domain.contact import steps
from bot.domain.paging import effects
from bot.domain.paging import escalation as escalations
from bot.domain.paging.facts import PageFailed, PageSent
from bot.services.contact import steps as step_service
from bot.services.core import incident as incidents
from bot.services.paging import escalations as escalation_service
from bot.work import Work
from storage.models import Delivery, Escalation, EscalationState, Incident, Page, PageState


def _page(w: Work, delivery: Delivery) -> tuple[Page, Escalation, Incident | None]:
    """A page with its escalation and incident, locked in the order incident, escalation."""
    page = w.session.get_one(Page, delivery.payload["page"])
    incident = incidents.find(w, page.incident) if page.incident else None
    escalation = w.lock(Escalation, page.escalation)
    assert escalation is not None
    w.session.refresh(page)
    return page, escalation, incident


def page_sent(w: Work, delivery: Delivery, result: Result) -> None:
    page, escalation, incident = _page(w, delivery)
    via = _way(delivery)
    over = page.state not in PageState.WAITING or steps.is_asked_again(page, w.pages(escalation))
    page.state = PageState.SENT if page.state == PageState.OWED else page.state
    page.sent_at = page.sent_at or w.now
    if via == "slack":
        page.channel, page.ts = result["channel"], result["ts"]
    instead = step_service.sent(w, page, via)
    fact = PageSent(escalation=page.escalation, page=page.id or 0, person=page.person, via=via, instead=instead)
    w.record([fact], incident=incident, escalation=escalation, pages=w.pages(escalation))
    if over and via == "slack":  # it crossed an acknowledgement on its way: say at once what is true
        escalation_service.redraw(w, page)


def do_not_disturb_known(w: Work, delivery: Delivery, result: Result) -> None:
    page, escalation, incident = _page(w, delivery)
    step_service.do_not_disturb_known(w, incident, escalation, page, result["said"])


def _way(delivery: Delivery) -> str:
    return str(delivery.payload.get("via", "slack"))


def page_failed(w: Work, delivery: Delivery, detail: str) -> None:
    """The next way is used now; after the last one the next level is, unless others of this level were reached."""
    page, escalation, incident = _page(w, delivery)
    if not steps.wanted(page):
        return
    pages, via = w.pages(escalation), _way(delivery)
    facts = step_service.failed(w, page, via, detail)
    if facts is not None:
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
        return
    if page.state not in PageState.WAITING:  # the policy has moved on already
        return
    page.state, page.settled_at, page.note = PageState.FAILED, w.now, detail
    fact = PageFailed(escalation=page.escalation, page=page.id or 0, person=page.person, via=via, reason=detail)
    w.record([fact], incident=incident, escalation=escalation, pages=pages)
    if escalation.state == EscalationState.RUNNING and escalations.nobody_left(escalation, pages):
        escalation_service.advance(w, incident, escalation, "the page could not be delivered")


STUMBLES = 2
"""Attempts that a page may fail by one way before the next one is used beside it."""


def page_put_back(w: Work, delivery: Delivery, *, long: bool) -> None:
    """It failed and is tried again; `long`: not soon."""
    if not (long or delivery.attempts >= STUMBLES):
        return
    page, escalation, incident = _page(w, delivery)
    step_service.stumbled(w, incident, escalation, page, _way(delivery))


def alarm_failed(w: Work, delivery: Delivery, detail: str) -> None:
    """The place for alarms cannot be told: everybody who was asked, who declared it, and the admins are."""
    escalation = w.session.get_one(Escalation, delivery.payload["escalation"])
    incident = w.session.get(Incident, escalation.incident) if escalation.incident else None
    if incident is None or "to" in delivery.payload:
        return
    admins = [one.slack or one.key for one in w.catalog.admins()]
    asked = [page.person for page in w.pages(escalation)]
    for person in dict.fromkeys([*asked, incident.declared_by, *admins]):
        w.carry_out(effects.alarm_in_person(escalation.id or 0, person, escalation.alarms))


def ladder_posted(w: Work, delivery: Delivery, result: Result) -> None:
    escalation = w.lock(Escalation, delivery.payload["escalation"])
    if escalation is not None:
        escalation.thread_channel, escalation.thread_ts = result["channel"], result["ts"]
