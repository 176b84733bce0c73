"""Use cases of specialists: page them beside the people on call, and what silence leads to."""

from datetime import datetime

from bot.domain.assistance import specialists
from bot.domain.assistance.errors import NobodyToAsk
from bot.domain.assistance.facts import SpecialistPaged, SpecialistSilent
from bot.domain.incidents import lifecycle as incidents
from bot.domain.paging.escalation import because
from bot.services.core import incident as incident_service
from bot.services.core.answer import Answer
from bot.services.paging import escalations as escalation_service
from bot.services.paging import side_escalations
from bot.work import Work
from storage.models import Escalation, EscalationKind, EscalationState, Incident, PageState
from storage.queries import assistance
from storage.queries import incidents as incident_queries


def page(w: Work, incident: Incident, text: str, said: str = "") -> Answer:
    """Pages the specialists of this name now; `said` is read by them. Raises UnknownSpecialist and NobodyToAsk."""
    number, ref = incident.number or 0, w.catalog.reference(incident.number or 0)
    incidents.require_open(incident, ref, "paging")
    specialist = specialists.named(w.catalog, text)
    if waiting := assistance.waiting_specialists(w.session, number, specialist.key):
        return _answer(w, number, waiting, "waiting")
    targets = [str(target) for target in specialist.to]
    policy = because(specialists.snapshot(targets), said)
    if not side_escalations.reachable(w, incident, policy):
        raise NobodyToAsk(
            what=specialist.name,
            ref=ref,
            tried=f" (looked for {', '.join(targets)})",
            fix=f"Name who they are in tocsin.yml: `specialists: {{{specialist.key}: ...}}`.",
        )
    why = f"{specialist.name} asked for by {{person:{w.actor.who}}}"
    escalation = escalation_service.start(w, incident, specialist.key, policy, why, kind=EscalationKind.SPECIALIST)
    _promise(w, incident, escalation)
    answer = _answer(w, number, escalation, "paged")
    return Answer(answer.template, number, {**answer.values, "reason": said})


def _promise(w: Work, incident: Incident, escalation: Escalation) -> None:
    specialist = w.catalog.specialists.get(escalation.policy_name)
    due_at = w.now + (specialists.patience(specialist) if specialist else specialists.EVERY)
    fact = SpecialistPaged(specialist=escalation.policy_name, escalation=escalation.id or 0, due_at=due_at)
    w.record([fact], incident=incident, escalation=escalation)


def _answer(w: Work, number: int, escalation: Escalation, state: str) -> Answer:
    people = [page.person for page in w.pages(escalation) if page.state in PageState.WAITING]
    values = {"specialist": escalation.policy_name, "people": people, "state": state, "by": escalation.acknowledged_by}
    return Answer("specialist_paged", number, values)


def silent(w: Work, number: int, due_at: datetime) -> None:
    """The clock: the promised time is over."""
    row = w.session.get(Escalation, number)
    incident = incident_service.find(w, row.incident) if row and row.incident else None
    escalation = w.lock(Escalation, number)
    if incident is None or escalation is None or escalation.state not in EscalationState.LIVE:
        return
    people = list(dict.fromkeys(page.person for page in w.pages(escalation)))
    commander = incident_queries.roles(w.session, incident.number or 0).get("ic") or incident.declared_by
    fact = SpecialistSilent(
        specialist=escalation.policy_name,
        escalation=number,
        people=people,
        lead=_lead(w, escalation, people),
        commander=commander,
    )
    w.record([fact], incident=incident, escalation=escalation)


def _lead(w: Work, escalation: Escalation, people: list[str]) -> str | None:
    targets = [target for level in escalation.policy["levels"] for target in level["to"]]
    return specialists.lead(w.catalog, targets, people)


def escalation_of(w: Work, number: int) -> tuple[Incident, Escalation]:
    """The paging of specialists that a button was drawn for, locked after its incident. Raises NoSuchIncident."""
    row = w.session.get_one(Escalation, number)
    incident = incident_service.find(w, row.incident or 0)
    escalation = w.lock(Escalation, number)
    assert escalation is not None
    return incident, escalation


def page_again(w: Work, number: int) -> Answer:
    """They are paged once more at once, and have their whole time again."""
    incident, escalation = escalation_of(w, number)
    incidents.require_open(incident, w.catalog.reference(incident.number or 0), "paging")
    if escalation.state not in EscalationState.LIVE:
        return _answer(w, incident.number or 0, escalation, "answered" if escalation.acknowledged_by else "over")
    escalation.state = EscalationState.RUNNING
    escalation_service.ask_again(w, incident, escalation, level=0, reason=f"paged again by {{person:{w.actor.who}}}")
    _promise(w, incident, escalation)
    return _answer(w, incident.number or 0, escalation, "paged")


def page_lead(w: Work, number: int) -> Answer:
    """Whoever leads the silent specialists is paged beside them. Raises NobodyToAsk."""
    incident, escalation = escalation_of(w, number)
    ref = w.catalog.reference(incident.number or 0)
    incidents.require_open(incident, ref, "paging")
    if escalation.state not in EscalationState.LIVE:
        return _answer(w, incident.number or 0, escalation, "answered" if escalation.acknowledged_by else "over")
    people = list(dict.fromkeys(page.person for page in w.pages(escalation)))
    lead = _lead(w, escalation, people)
    if lead is None:
        fix = "Give their team a `lead:`, or one of them a `manager:`, in tocsin.yml."
        raise NobodyToAsk(what="a lead of these specialists", ref=ref, tried="", fix=fix)
    policy = specialists.snapshot([f"person:{lead}"])
    why = f"{escalation.policy_name} has not answered"
    made = escalation_service.start(
        w, incident, escalation.policy_name, policy, why, kind=EscalationKind.SPECIALIST, parent=escalation.id
    )
    return _answer(w, incident.number or 0, made, "lead")


def page_team(w: Work, incident: Incident, text: str) -> Answer:
    """Another team is asked through its lead, then as a whole. Raises UnknownTeam and NobodyToAsk."""
    ref = w.catalog.reference(incident.number or 0)
    incidents.require_open(incident, ref, "paging")
    policy = specialists.team_levels(w.catalog, text)
    if not side_escalations.reachable(w, incident, policy):
        fix = f"Give `teams: {{{text}: ...}}` members in tocsin.yml."
        raise NobodyToAsk(what=f"the team {text}", ref=ref, tried="", fix=fix)
    why = f"the team {text} asked for by {{person:{w.actor.who}}}"
    made = escalation_service.start(w, incident, f"team {text}", policy, why, kind=EscalationKind.SPECIALIST)
    return _answer(w, incident.number or 0, made, "team")
