"""Use cases of decisions: a question to the manager on call, and the answer that is written down."""

from typing import Any

from bot.domain.assistance import questions as rules
from bot.domain.assistance import specialists
from bot.domain.assistance.errors import NobodyToAsk, NoQuestion, NotAsked, QuestionWithdrawn
from bot.domain.core.people import display_name
from bot.domain.incidents import lifecycle as incidents
from bot.domain.paging import escalation as escalations
from bot.services.core import incident as incident_service
from bot.services.core.answer import Answer
from bot.services.paging import escalations as escalation_service
from bot.services.paging import side_escalations
from bot.work import Work
from storage.models import Decision, Escalation, EscalationKind, EscalationState, Incident, Page
from storage.queries import assistance
from storage.queries import paging as paging_queries

ROUNDS = 2
FIX = "Give the role `manager` a schedule in tocsin.yml (`roles: {manager: {schedule: ...}}`), or the team a `lead:`."


def ask(w: Work, incident: Incident, text: str) -> Answer:
    """Pages whoever may decide, level after level until somebody answers. Raises NobodyToAsk and EmptyText."""
    number, ref = incident.number or 0, w.catalog.reference(incident.number or 0)
    incidents.require_open(incident, ref, "a decision")
    question = rules.question(text)
    levels, later = rules.whom(w.catalog, incident, w.now), rules.waits(w.catalog, incident, w.now)
    policy = _policy(w, incident, levels)
    if not later and not side_escalations.reachable(w, incident, policy):
        policy = _policy(w, incident, rules.near(w.catalog, w.actor.who))
    if not side_escalations.reachable(w, incident, policy):
        fix = later or FIX
        tried = ", ".join(target for level in levels for target in level)
        raise NobodyToAsk(what="a decision", ref=ref, tried=f" (looked for {tried})" if tried else "", fix=fix)
    escalation = escalation_service.start(
        w, incident, rules.MANAGER, policy, incidents.tidy(question, 200), kind=EscalationKind.QUESTION
    )
    decision = Decision(
        incident=number, escalation=escalation.id or 0, text=question, asked_by=w.actor.who, asked_at=w.now
    )
    w.session.add(decision)
    w.session.flush()
    people = [page.person for page in w.pages(escalation)]
    w.record(rules.asked(decision, people), incident=incident, escalation=escalation)
    return Answer("question_asked", number, {"text": question, "people": people})


def _policy(w: Work, incident: Incident, levels: list[list[str]]) -> dict[str, Any]:
    wait = specialists.EVERY.total_seconds()
    return {"levels": [{"to": level, "via": [], "wait": wait} for level in levels], "repeat": ROUNDS,
            "why": rules.reasons(w.catalog, incident)}  # fmt: skip


def answer(w: Work, incident: Incident, *, decision: int | None, yes: bool, rationale: str = "") -> Answer:
    """Yes or no, once; a later answer is told what was decided.

    Without `decision` it is the newest open question that was put to this person.
    Raises NoQuestion, NotAsked and QuestionWithdrawn.
    """
    ref = w.catalog.reference(incident.number or 0)
    row = _meant(w, incident, decision)
    if row is None:
        raise NoQuestion(ref=ref)
    escalation = w.lock(Escalation, row.escalation)
    assert escalation is not None
    w.session.refresh(row)
    pages = w.pages(escalation)
    if row.answer is not None:
        return Answer("already_decided", row.incident, _said(row))
    if rules.withdrawn(row, escalation):
        raise QuestionWithdrawn(ref=ref, status=incident.status)
    people = list(dict.fromkeys(page.person for page in pages))
    if not rules.may_answer(w.catalog, w.actor.who, people):
        raise NotAsked(people=", ".join(display_name(one, w.catalog) for one in people))
    facts = escalations.acknowledge(escalation, pages, person=w.actor.who, now=w.now)
    facts += rules.decide(row, yes=yes, rationale=rationale, by=w.actor.who, now=w.now)
    w.record(facts, incident=incident, escalation=escalation, pages=pages)
    return Answer("decided", row.incident, _said(row))


def require_question(w: Work, incident: Incident, number: int) -> None:
    """Raises NoQuestion unless this question is one of the incident's."""
    row = w.session.get(Decision, number)
    if row is None or row.incident != incident.number:
        raise NoQuestion(ref=w.catalog.reference(incident.number or 0))


def _meant(w: Work, incident: Incident, decision: int | None) -> Decision | None:
    if decision is not None:
        return w.session.get(Decision, decision)
    rows = assistance.decisions(w.session, incident.number or 0)
    waiting = [one for one in rows if one.answer is None and not _over(w, one)]
    mine = [one for one in waiting if any(page.person == w.actor.who for page in _pages(w, one))]
    return next(iter([*mine, *waiting, *rows]), None)


def _over(w: Work, row: Decision) -> bool:
    return w.session.get_one(Escalation, row.escalation).state == EscalationState.STOPPED


def _pages(w: Work, row: Decision) -> list[Page]:
    return paging_queries.pages(w.session, row.escalation)


def _said(row: Decision) -> dict[str, Any]:
    return {"text": row.text, "answer": row.answer, "rationale": row.rationale, "by": row.by}


def incident_of(w: Work, decision: int) -> Incident:
    """The incident of a question, locked. Raises NoSuchIncident."""
    return incident_service.find(w, w.session.get_one(Decision, decision).incident)
