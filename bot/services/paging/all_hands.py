"""Use case: everybody of tocsin.yml is paged for one incident, because somebody said why and confirmed it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core import eligibility
from bot.domain.core.eligibility import Task
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents.visibility import is_public
from bot.domain.paging import all_hands as rules
from bot.domain.paging import escalation as escalations
from bot.domain.paging.all_hands import AllHandsPrivate, AllHandsUnconfirmed, AllHandsWhy, Everyone
from bot.domain.paging.targets import Unnamed
from bot.services.core.answer import Answer
from bot.services.paging import escalations as escalation_service
from bot.work import Work
from storage.models import EscalationKind, Incident, PageState
from storage.queries import members as member_queries
from storage.queries import paging as paging_queries

EXAMPLE = "customer data is being deleted"


def page(w: Work, incident: Incident, reason: str, *, confirmed: bool) -> Answer:
    """Pages them all at once beside what is running; who is being asked already is not asked again.

    Raises AllHandsWhy without a reason, AllHandsUnconfirmed with the count, AllHandsPrivate, and NotOpen.
    """
    number, ref = incident.number or 0, w.catalog.reference(incident.number or 0)
    incidents.require_open(incident, ref, "paging")
    if not is_public(incident):
        raise AllHandsPrivate(ref=ref)
    why = incidents.tidy(reason, 200)
    if not why:
        raise AllHandsWhy(example=EXAMPLE)
    whom = survey(w.session, w.catalog, w.now)
    if not confirmed:
        raise AllHandsUnconfirmed(whom=whom.sentence(w.catalog))
    asking = paging_queries.being_asked(w.session, number)
    already = [who for who in whom.people if who in asking]
    said: dict[str, Any] = {"who": [Unnamed.ALL_HANDS.value], "people": list(whom.people), "already": already}
    if whom.people and len(already) == len(whom.people):
        return Answer("asked_already", number, said)
    targets = [f"person:{one}" for one in whom.people]
    policy = escalations.direct(targets, w.catalog.ack_target(incident.severity))
    policy["why"] = {target: f"all hands: {why}" for target in targets}
    reason = f"all hands, asked for by {{person:{w.actor.who}}}: {why}"
    escalation = escalation_service.start(
        w, incident, Unnamed.ALL_HANDS, policy, reason, kind=EscalationKind.ASKED, left_out=already
    )
    said["begun"] = [page.person for page in w.pages(escalation) if page.state in PageState.WAITING]
    return Answer("paging", number, said)


def survey(session: Session, catalog: Catalog, now: datetime) -> Everyone:
    """Who would be paged, without those whose account cannot be."""
    known = member_queries.members(session, [one.slack for one in catalog.people.values() if one.slack])
    unfit = [
        who
        for who, row in known.items()
        if eligibility.unfit(Task.PAGE, eligibility.standing(row, None, expected=True))
    ]
    zones = {who: row.timezone for who, row in known.items() if row.timezone}
    return rules.everyone(catalog, unfit, zones, now)
