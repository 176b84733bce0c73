"""Use cases of holding an incident after the acknowledgement: still on it, give it back, hand it over."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.domain.core import people
from bot.domain.core.effect import Arm
from bot.domain.core.eligibility import Task
from bot.domain.core.errors import AlreadyHolds, NotHeld, NotYours, Unreachable
from bot.domain.incidents import lifecycle as incidents
from bot.domain.lifecycle import holding
from bot.domain.paging import ack_timeout
from bot.domain.paging import acknowledgement as rules
from bot.domain.paging import escalation as escalations
from bot.domain.paging.ack_timeout import Verdict
from bot.domain.paging.acknowledgement_facts import ReassignmentOffered
from bot.domain.paging.targets import Unnamed
from bot.services.core import replies
from bot.services.core.answer import Answer
from bot.services.paging import escalations as escalation_service
from bot.services.paging import side_escalations
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import Escalation, EscalationKind, EscalationState, Incident, Page, PageState, TimelineEntry
from storage.queries import paging as paging_queries

OFFER_WAIT = timedelta(minutes=5)
MOST_NOTE = 600


def _ref(w: Work, incident: Incident) -> str:
    return w.catalog.reference(incident.number or 0)


def check(w: Work, incident: Incident | None, escalation: Escalation, *, late: bool) -> None:
    """The clock: does whoever acknowledged still have it? Asked when a hold ends. Firing twice is harmless."""
    if incident and (later := holding.asked_at(incident, w.now)):
        w.carry_out(Arm("ack", f"escalation:{escalation.id}", later))
        return
    since = escalation.asked_at or escalation.confirmed_at
    progress = _progress(w, incident, since)
    match ack_timeout.judge(escalation, incident, progress, w.now, late=late):
        case Verdict.OVER:
            return
        case Verdict.ASK if incident and (later := ack_timeout.after_the_update(incident, w.now)):
            w.carry_out(Arm("ack", f"escalation:{escalation.id}", later))
            return
        case Verdict.ASK:
            facts = rules.question(escalation, w.now)
        case Verdict.PROGRESS:
            facts = rules.confirm(escalation, progress or w.now, said=False)
        case Verdict.WATCHED:
            facts = rules.confirm(escalation, w.now, said=False)
        case Verdict.WAIT:
            escalation.asked_at, facts = w.now, []
        case Verdict.GIVE_UP:
            _give_up(w, incident, escalation, by=people.TOCSIN.who, reason="no sign of life")
            return
    w.record(facts, incident=incident, escalation=escalation, pages=w.pages(escalation))
    for effect in ack_timeout.timer(escalation):
        w.carry_out(effect)


def _progress(w: Work, incident: Incident | None, since: datetime | None) -> datetime | None:
    """When a person last recorded something after `since`."""
    if incident is None or since is None:
        return None
    query = select(TimelineEntry.recorded_at).where(
        TimelineEntry.incident == incident.number,
        TimelineEntry.recorded_at > since,
        col(TimelineEntry.kind).in_(ack_timeout.PROGRESS),
        TimelineEntry.actor != people.TOCSIN.who,
    )
    return w.session.exec(query.order_by(col(TimelineEntry.recorded_at).desc()).limit(1)).first()


def still_on_it(w: Work, incident: Incident, escalation: Escalation) -> Answer:
    """The holder's word is enough until the next time. Anybody else is told who has it."""
    n = incident.number
    if escalation.state != EscalationState.ACKNOWLEDGED or not incidents.is_open(incident):
        return Answer("holding_changed", n, {"by": escalation.acknowledged_by})
    if escalation.acknowledged_by != w.actor.who:
        return Answer("already_acknowledged", n, {"by": escalation.acknowledged_by})
    facts = rules.confirm(escalation, w.now, said=True)
    w.record(facts, incident=incident, escalation=escalation, pages=w.pages(escalation))
    return Answer("confirmed", n)


def held(w: Work, incident: Incident, what: str) -> Escalation:
    """The escalation that somebody has acknowledged, locked. Raises NotOpen or NotHeld."""
    incidents.require_open(incident, _ref(w, incident), what)
    found = paging_queries.held_escalations(w.session, incident.number or 0)
    if not found:
        raise NotHeld(ref=_ref(w, incident), what=what)
    return found[0]


def unack(w: Work, incident: Incident, *, page: Page | None = None) -> Answer:
    """Takes an acknowledgement back: paging begins anew. Raises NotHeld, NotOpen."""
    eligibility.require_part(w, incident)
    escalation = held(w, incident, "give back") if page is None else _of(w, incident, page)
    if escalation is None:
        return escalation_service.present(w, incident, page.id if page else None)
    holder = escalation.acknowledged_by
    reason = "gave it back" if holder == w.actor.who else f"taken back by {{person:{w.actor.who}}}"
    _give_up(w, incident, escalation, by=w.actor.who, reason=reason)
    if holder and holder != w.actor.who:  # an edit of their page would not notify them
        replies.tell(w, holder, None, Answer("taken_back", incident.number, {"by": w.actor.who}), None)
    return Answer("unacknowledged", incident.number, {"by": holder})


def _of(w: Work, incident: Incident, page: Page) -> Escalation | None:
    """The escalation whose acknowledgement this page's buttons speak of; None when they are stale."""
    own = w.lock(Escalation, page.escalation)
    held_one = w.lock(Escalation, own.parent) if own and own.kind == EscalationKind.HANDOVER else own
    current = (
        page.state == PageState.ACKNOWLEDGED and held_one is not None and held_one.state == EscalationState.ACKNOWLEDGED
    )
    return held_one if current and incidents.is_open(incident) else None


def departed(w: Work, incident: Incident, escalation: Escalation, reason: str) -> None:
    """Whoever has it can have nothing any more: it is paged again at once, for everybody else."""
    _give_up(w, incident, escalation, by=people.TOCSIN.who, reason=reason)


def _give_up(w: Work, incident: Incident | None, escalation: Escalation, *, by: str, reason: str) -> None:
    holder = escalation.acknowledged_by or ""
    pages = w.pages(escalation)
    _withdraw_offers(w, incident, escalation, by=by)
    facts = rules.withdraw(escalation, pages, by=by, reason=reason, now=w.now)
    w.record(facts, incident=incident, escalation=escalation, pages=pages)
    level = ack_timeout.start_level(escalation) if by == people.TOCSIN.who else escalation.level
    left_out = [holder] if by == holder else []
    escalation_service.ask_again(w, incident, escalation, level=level, reason=reason, left_out=left_out)


def _withdraw_offers(w: Work, incident: Incident | None, escalation: Escalation, *, by: str) -> None:
    """Offers that are open end; pages by which somebody took it over say that it is not theirs any more."""
    for offer in paging_queries.offers(w.session, escalation.id):
        pages = w.pages(offer)
        for page in pages:
            if page.state == PageState.ACKNOWLEDGED:
                page.state, page.settled_at = (PageState.DECLINED if page.person == by else PageState.MISSED), w.now
                escalation_service.redraw(w, page)
        facts = escalations.stop(offer, pages, reason="it was given back", now=w.now)
        w.record(facts, incident=incident, escalation=offer, pages=pages)


def offer(w: Work, incident: Incident, person: str, *, note: str = "", page: Page | None = None) -> Answer:
    """Offers it to somebody: they are paged with the giver's note, and the giver keeps it until they accept.

    Raises NotOpen, NotHeld, NotYours, AlreadyHolds, Unreachable.
    """
    escalation = held(w, incident, "hand over") if page is None else _of(w, incident, page)
    if escalation is None:
        return escalation_service.present(w, incident, page.id if page else None)
    giver, catalog = escalation.acknowledged_by or "", w.catalog
    if giver != w.actor.who:
        raise NotYours(ref=_ref(w, incident), holder=people.display_name(giver, catalog))
    if person == giver:
        raise AlreadyHolds(ref=_ref(w, incident), who=people.display_name(giver, catalog))
    if people.slack_id(person, catalog) is None:
        raise Unreachable(who=person)
    eligibility.require(w, person, Task.HANDOVER, side_escalations.on_call(w, incident))
    if _is_offered(w, escalation, person):
        return Answer("handover_offered", incident.number, {"person": person})
    _withdraw_open_offers(w, incident, escalation)
    policy = {**escalations.direct([f"person:{person}"], OFFER_WAIT), "repeat": 0}
    why = f"asked to take over by {people.display_name(giver, catalog)}"
    made = escalation_service.start(
        w, incident, Unnamed.HANDOVER, policy, why, kind=EscalationKind.HANDOVER, parent=escalation.id
    )
    fact = ReassignmentOffered(escalation=escalation.id or 0, offer=made.id or 0, giver=giver, person=person,
                               note=incidents.tidy(note, MOST_NOTE))  # fmt: skip
    w.record([fact], incident=incident, escalation=escalation, pages=w.pages(escalation))
    return Answer("handover_offered", incident.number, {"person": person})


def _is_offered(w: Work, escalation: Escalation, person: str) -> bool:
    """Asked twice, somebody is paged once."""
    slack = people.slack_id(person, w.catalog)
    live = (offer for offer in paging_queries.offers(w.session, escalation.id) if offer.state in EscalationState.LIVE)
    return any(
        page.person in (person, slack) and page.state in PageState.WAITING for offer in live for page in w.pages(offer)
    )


def _withdraw_open_offers(w: Work, incident: Incident, escalation: Escalation) -> None:
    for offer in paging_queries.offers(w.session, escalation.id):
        if offer.state in EscalationState.LIVE:
            pages = w.pages(offer)
            facts = escalations.stop(offer, pages, reason="offered to someone else", now=w.now)
            w.record(facts, incident=incident, escalation=offer, pages=pages)
