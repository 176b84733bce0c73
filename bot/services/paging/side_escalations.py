"""Escalations beside the incident's own: offers, specialists, questions. Who answers them, and whom they can reach."""

from typing import Any

from bot.domain.assistance import questions
from bot.domain.assistance.errors import AnswerInstead
from bot.domain.paging import escalation
from bot.domain.paging.escalation import Asked
from bot.services.paging import resolver
from bot.work import Work
from storage.models import Escalation, EscalationKind, EscalationState, Incident, Page


def answerable(w: Work, escalation: Escalation, page: int | None) -> bool:
    """Whether an acknowledgement by this person, on this page if one was pressed, is meant for this escalation.

    What was offered to one person cannot be taken by another, specialists answer for themselves alone, and a
    question is answered, not acknowledged.
    """
    if escalation.kind == EscalationKind.QUESTION:
        return False
    if escalation.kind in (EscalationKind.HANDOVER, EscalationKind.SPECIALIST):
        return any(one.person == w.actor.who for one in w.pages(escalation))
    return _kind(w, page) not in (EscalationKind.SPECIALIST, EscalationKind.QUESTION)


def pressed(w: Work, incident: Incident, page: int | None) -> Escalation | None:
    """The escalation beside the incident's own that this page belongs to, if it does.

    Raises AnswerInstead when the page asks for a decision that is still open.
    """
    found = _of(w, page)
    if found is None or found.kind not in EscalationKind.ASIDE:
        return None
    if (
        found.kind == EscalationKind.QUESTION
        and found.acknowledged_by is None
        and found.state != EscalationState.STOPPED
    ):
        raise AnswerInstead(ref=w.catalog.reference(incident.number or 0))
    return found


def _of(w: Work, page: int | None) -> Escalation | None:
    row = w.session.get(Page, page) if page else None
    return w.session.get_one(Escalation, row.escalation) if row else None


def _kind(w: Work, page: int | None) -> str:
    found = _of(w, page)
    return found.kind if found else ""


def why(escalation: Escalation, asked: Asked) -> str:
    """Why somebody is paged, in the words that every way of reaching them shows."""
    return questions.asking(asked.why, escalation.reason) if escalation.kind == EscalationKind.QUESTION else asked.why


def reachable(w: Work, incident: Incident, policy: dict[str, Any]) -> list[str]:
    """The people whom a policy would page now, level after level."""
    resolve = resolver.resolver(w, incident, Escalation(policy_name="", policy=policy, started_at=w.now))
    people = [one.person for level in policy["levels"] for target in level["to"] for one in resolve(target)
              if not one.unfit]  # fmt: skip
    return list(dict.fromkeys(people))


def on_call(w: Work, incident: Incident) -> list[str]:
    """Whom the incident's own policy would ask, level after level: who could take what somebody else cannot."""
    policy = w.catalog.policy_for(incident.severity, incident.service)
    return reachable(w, incident, escalation.snapshot(policy, incident.severity)) if policy else []
