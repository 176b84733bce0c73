"""Paging somebody else at once, because a person asked for it: the next level, or a certain one."""

from datetime import timedelta

from bot.domain.core.errors import NoSuchLevel
from bot.domain.core.fact import Fact, stored_names
from bot.domain.incidents import lifecycle as incidents
from bot.domain.paging import acknowledgement
from bot.domain.paging.facts import EscalationAdvanced
from bot.services.core.answer import Answer
from bot.services.paging import escalations
from bot.work import Work
from storage.models import Escalation, EscalationKind, EscalationState, Incident, Page, PageState
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

AT_ONCE = timedelta(seconds=10)


def escalate(w: Work, incident: Incident, *, page: int | None = None, level: int | None = None) -> Answer:
    """Pages the next level, or `level` (1 is the first), at once. After the last level it says so.

    Whoever has it already keeps it: the levels above are paged beside them. Raises NoSuchLevel and NotOpen.
    """
    number = incident.number or 0
    stale = w.session.get(Page, page) if page else None
    if stale is not None and stale.state not in PageState.WAITING:
        escalations.repair(w, page)
        return Answer("nothing_to_escalate", number)
    if stale is None:
        incidents.require_open(incident, w.catalog.reference(number), "escalating")
    found = [
        one for one in paging_queries.running_escalations(w.session, number) if one.kind != EscalationKind.HANDOVER
    ]
    asking = [one for one in found if one.state in EscalationState.GOING_ON]
    if stale is not None:
        asking = [one for one in asking if one.id == stale.escalation] or asking
    else:
        asking = [one for one in asking if one.kind not in EscalationKind.ASIDE]
    if asking:
        if page is None and level is None and _just_moved(w, incident):
            return Answer("nothing_to_escalate", number)
        return _up(w, incident, asking[-1], level)
    if not any(one.kind not in EscalationKind.ASIDE for one in found) and (
        held := paging_queries.held_escalations(w.session, number)
    ):
        return _beside(w, incident, held[0], level)
    return Answer("nothing_to_escalate", number)


def _just_moved(w: Work, incident: Incident) -> bool:
    """Somebody else asked for the same a moment ago: two who shout at once mean one step, not two."""
    last = incident_queries.last_fact(w.session, f"incident:{incident.number}", stored_names([EscalationAdvanced]))
    return last is not None and last.actor != w.actor.label and w.now - last.at < AT_ONCE


def _up(w: Work, incident: Incident, escalation: Escalation, level: int | None) -> Answer:
    _require_level(w, incident, escalation, level)
    facts: list[Fact] = [*acknowledgement.wake(escalation, reason=f"escalated by {{person:{w.actor.who}}}")]
    facts.append(EscalationAdvanced(escalation=escalation.id or 0, reason=f"asked for by {w.actor.who}"))
    w.record(facts, incident=incident, escalation=escalation)
    if level is None and not w.pages(escalation):
        escalations.begin(w, incident, escalation)
    else:
        to = None if level is None else level - 1
        escalations.advance(w, incident, escalation, "escalated on request", to, by=w.actor.who)
    return Answer(
        "escalated" if escalation.state == EscalationState.RUNNING else "escalation_exhausted", incident.number
    )


def _require_level(w: Work, incident: Incident, escalation: Escalation, level: int | None) -> None:
    count = len(escalation.policy["levels"])
    if level is not None and not 1 <= level <= count:
        raise NoSuchLevel(ref=w.catalog.reference(incident.number or 0), level=level, count=count)


def _beside(w: Work, incident: Incident, held: Escalation, level: int | None) -> Answer:
    _require_level(w, incident, held, level)
    first = held.level + 1 if level is None else level - 1
    above = held.policy["levels"][first:]
    if not above:
        return Answer("escalation_at_its_end", incident.number, {"by": held.acknowledged_by})
    policy = {"levels": above, "repeat": 0}
    escalations.start(
        w, incident, held.policy_name, policy, f"escalated by {w.actor.who}", kind=EscalationKind.ASKED, parent=held.id
    )
    return Answer("escalated", incident.number)
