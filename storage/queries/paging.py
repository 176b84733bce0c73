"""Escalations and pages, read together."""

import json
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from storage.models import Escalation, EscalationKind, EscalationState, JournalEntry, Page, PageState, PageStep
from storage.queries.incidents import _OF

_NEWEST = (
    select(Escalation)
    .where(Escalation.incident == _OF, col(Escalation.kind).not_in(EscalationKind.ASIDE))
    .order_by(col(Escalation.id).desc())
    .limit(1)
)


_PAGES = select(Page).where(Page.escalation == _OF).order_by(col(Page.id))


_RUNNING = (
    select(Escalation)
    .where(
        Escalation.incident == _OF,
        col(Escalation.state).in_(EscalationState.LIVE),
    )
    .order_by(col(Escalation.id))
    .with_for_update()
)


def live_pages(session: Session, slack: str) -> list[Page]:
    """The pages of incidents that wait for this person's answer, by incident."""
    query = select(Page).where(
        Page.slack == slack, col(Page.state).in_(PageState.WAITING), col(Page.incident).is_not(None)
    )
    return list(session.exec(query.order_by(col(Page.incident), col(Page.id))))


def escalation_of(session: Session, number: int) -> Escalation | None:
    """The newest escalation of an incident; an offer to hand one over is part of that one."""
    return session.exec(_NEWEST, params={"of": number}).first()


def newest_of(session: Session, numbers: Sequence[int]) -> dict[int, Escalation]:
    """The same of many incidents at once."""
    query = select(Escalation).where(
        col(Escalation.incident).in_(numbers), col(Escalation.kind).not_in(EscalationKind.ASIDE)
    )
    return {row.incident or 0: row for row in session.exec(query.order_by(col(Escalation.id)))}


def held_escalations(session: Session, number: int) -> list[Escalation]:
    """Those that somebody has acknowledged, the policy's own first, then the newest."""
    query = select(Escalation).where(
        Escalation.incident == number,
        Escalation.state == EscalationState.ACKNOWLEDGED,
        col(Escalation.kind).not_in(EscalationKind.ASIDE),
    )
    rows = session.exec(query.order_by(col(Escalation.id).desc()).with_for_update())
    return sorted(rows, key=lambda row: row.kind != EscalationKind.POLICY)


def offers(session: Session, parent: int | None) -> list[Escalation]:
    """The hand-overs of an escalation that were ever offered."""
    query = select(Escalation).where(Escalation.parent == parent, Escalation.kind == EscalationKind.HANDOVER)
    return list(session.exec(query.order_by(col(Escalation.id))))


def giver(session: Session, offer: Escalation, names: Sequence[str]) -> tuple[str | None, str]:
    """Who offered it and what they said, as it was recorded then in a journal entry of one of these names."""
    if offer.kind != EscalationKind.HANDOVER:
        return None, ""
    subject = f"incident:{offer.incident}"
    query = select(JournalEntry.body).where(JournalEntry.subject == subject, col(JournalEntry.fact).in_(names))
    bodies = (json.loads(body) for body in session.exec(query))
    return next(
        ((body["giver"], str(body.get("note", ""))) for body in bodies if body["offer"] == offer.id), (None, "")
    )


def starter(session: Session, escalation: Escalation, names: Sequence[str]) -> str:
    """Who began it, as it was written down then in a journal entry of one of these names."""
    subject = f"incident:{escalation.incident}"
    query = select(JournalEntry).where(JournalEntry.subject == subject, col(JournalEntry.fact).in_(names))
    entries = session.exec(query.order_by(col(JournalEntry.n)))
    found = (one.actor for one in entries if json.loads(one.body)["escalation"] == escalation.id)
    return next(found, "").partition(" (")[0]


def running_escalations(session: Session, number: int) -> list[Escalation]:
    return list(session.exec(_RUNNING, params={"of": number}))


def exhausted(session: Session, number: int) -> bool:
    """Has paging come to its end without anybody: no escalation goes on, and nobody has one?"""
    query = select(Escalation.state).where(
        Escalation.incident == number, col(Escalation.kind).not_in(EscalationKind.ASIDE)
    )
    states = set(session.exec(query))
    still = {*EscalationState.GOING_ON, EscalationState.ACKNOWLEDGED}
    return EscalationState.EXHAUSTED in states and not states & still


def pages(session: Session, escalation: int | None) -> list[Page]:
    return list(session.exec(_PAGES, params={"of": escalation}))


def page_steps(session: Session, of_pages: Iterable[int | None]) -> list[PageStep]:
    """The ways of these pages, each page's in the order of its plan."""
    query = select(PageStep).where(col(PageStep.page).in_(list(of_pages))).order_by(col(PageStep.id))
    return list(session.exec(query))


def open_pages(session: Session, person: str) -> list[Page]:
    """The pages that somebody may still answer: those that were missed too, while nobody has taken the incident."""
    query = (
        select(Page)
        .join(Escalation, col(Page.escalation) == col(Escalation.id))
        .where(
            Page.person == person,
            col(Page.state).in_(PageState.WANTED),
            col(Escalation.state).in_(EscalationState.LIVE),
        )
    )
    return list(session.exec(query.order_by(col(Page.id))))


def being_asked(session: Session, number: int) -> set[str]:
    """Who is asked for this incident at this moment, by an escalation that runs; a question for a decision is none."""
    query = (
        select(Page.person)
        .join(Escalation, col(Page.escalation) == col(Escalation.id))
        .where(
            Page.incident == number,
            col(Page.state).in_(PageState.WAITING),
            Escalation.state == EscalationState.RUNNING,
            Escalation.kind != EscalationKind.QUESTION,
        )
    )
    return set(session.exec(query))


def asks_policy(session: Session, number: int, name: str) -> bool:
    """Is this policy being asked for the incident at this moment?"""
    query = select(Escalation.id).where(
        Escalation.incident == number,
        Escalation.policy_name == name,
        Escalation.state == EscalationState.RUNNING,
        col(Escalation.kind).not_in(EscalationKind.ASIDE),
    )
    return session.exec(query).first() is not None


def incident_pages(session: Session, number: int) -> list[Page]:
    """The pages of all escalations of an incident, in the order in which they were owed."""
    return list(session.exec(select(Page).where(Page.incident == number).order_by(col(Page.id))))
