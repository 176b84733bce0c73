"""Reads: the records that belong together, loaded once, handed on as plain values."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_
from sqlmodel import Session, col, select

from storage.models import (
    ASIDE,
    Escalation,
    Incident,
    JournalEntry,
    Member,
    OnCallPeriod,
    Page,
    PageStep,
    RoleAssignment,
    ScheduleOverride,
    StatusUpdate,
    TimelineEntry,
)

OPEN = ("triage", "investigating", "identified", "monitoring")

# What every answer reads is made once: building and caching a statement costs more than running it.
_OF: Any = bindparam("of")
_ROLES = (
    select(RoleAssignment.role, RoleAssignment.person)
    .where(RoleAssignment.incident == _OF, col(RoleAssignment.until).is_(None))
    .order_by(col(RoleAssignment.id))
)
_NEWEST = (
    select(Escalation)
    .where(Escalation.incident == _OF, col(Escalation.kind).not_in(ASIDE))
    .order_by(col(Escalation.id).desc())
    .limit(1)
)
_PAGES = select(Page).where(Page.escalation == _OF).order_by(col(Page.id))
_UPDATES = select(StatusUpdate).where(StatusUpdate.incident == _OF).order_by(col(StatusUpdate.number))
_OF_CHANNEL = select(Incident.number).where(Incident.channel_id == _OF).order_by(col(Incident.number).desc()).limit(1)
_OVERRIDES = (
    select(ScheduleOverride)
    .where(
        ScheduleOverride.end > _OF,
        or_(col(ScheduleOverride.cancelled_at).is_(None), col(ScheduleOverride.cancelled_at) > _OF),
    )
    .order_by(col(ScheduleOverride.id))
)
_RUNNING = (
    select(Escalation)
    .where(Escalation.incident == _OF, col(Escalation.state).in_(("running", "paused", "exhausted")))
    .order_by(col(Escalation.id))
    .with_for_update()
)


@dataclass
class Dossier:
    """An incident with what its surfaces show. `escalation` is the newest; `pages` are its pages in order,
    `steps` the ways of those, for the surfaces that show them; `giver` is who offers it, if it is an offer."""

    incident: Incident
    roles: dict[str, str] = field(default_factory=dict)
    escalation: Escalation | None = None
    pages: list[Page] = field(default_factory=list)
    updates: list[StatusUpdate] = field(default_factory=list)
    steps: list[PageStep] = field(default_factory=list)
    resolved_by: str | None = None
    giver: str | None = None


PARTS = frozenset({"roles", "pages", "updates"})


def dossier(session: Session, number: int, parts: frozenset[str] = PARTS) -> Dossier | None:
    """The incident with those parts of its record that are asked for; "pages" brings the escalation."""
    incident = session.get(Incident, number)
    if incident is None:
        return None
    newest = escalation_of(session, number) if "pages" in parts else None
    return Dossier(
        incident=incident,
        roles=roles(session, number) if "roles" in parts else {},
        escalation=newest,
        pages=pages(session, newest.id) if newest else [],
        updates=updates(session, number) if "updates" in parts else [],
        resolved_by=resolved_by(session, number) if incident.resolved_at else None,
    )


def resolved_by(session: Session, number: int) -> str | None:
    """Who resolved it last."""
    query = select(TimelineEntry.actor).where(TimelineEntry.incident == number, TimelineEntry.kind == "resolved")
    return session.exec(query.order_by(col(TimelineEntry.id).desc()).limit(1)).first()


def live_pages(session: Session, slack: str) -> list[Page]:
    """The pages of incidents that wait for this person's answer."""
    query = select(Page).where(
        Page.slack == slack, col(Page.state).in_(("owed", "sent")), col(Page.incident).is_not(None)
    )
    return list(session.exec(query.order_by(col(Page.id))))


def roles(session: Session, number: int) -> dict[str, str]:
    """Role -> who holds it now."""
    return {role: person for role, person in session.exec(_ROLES, params={"of": number})}


def role_holder(session: Session, number: int, role: str) -> RoleAssignment | None:
    query = select(RoleAssignment).where(
        RoleAssignment.incident == number, RoleAssignment.role == role, col(RoleAssignment.until).is_(None)
    )
    return session.exec(query).first()


def escalation_of(session: Session, number: int) -> Escalation | None:
    """The newest escalation of an incident; an offer to hand one over is part of that one."""
    return session.exec(_NEWEST, params={"of": number}).first()


def held_escalations(session: Session, number: int) -> list[Escalation]:
    """Those that somebody has acknowledged, the policy's own first, then the newest."""
    query = select(Escalation).where(
        Escalation.incident == number, Escalation.state == "acknowledged", col(Escalation.kind).not_in(ASIDE)
    )
    rows = session.exec(query.order_by(col(Escalation.id).desc()).with_for_update())
    return sorted(rows, key=lambda row: row.kind != "policy")


def offers(session: Session, parent: int | None) -> list[Escalation]:
    """The hand-overs of an escalation that were ever offered."""
    query = select(Escalation).where(Escalation.parent == parent, Escalation.kind == "handover")
    return list(session.exec(query.order_by(col(Escalation.id))))


def giver(session: Session, offer: Escalation) -> str | None:
    """Who offered it, as it was written down then."""
    if offer.kind != "handover":
        return None
    subject, fact = f"incident:{offer.incident}", "HandoverOffered"
    query = select(JournalEntry.body).where(JournalEntry.subject == subject, JournalEntry.fact == fact)
    bodies = (json.loads(body) for body in session.exec(query))
    return next((body["giver"] for body in bodies if body["offer"] == offer.id), None)


def running_escalations(session: Session, number: int) -> list[Escalation]:
    return list(session.exec(_RUNNING, params={"of": number}))


def exhausted(session: Session, number: int) -> bool:
    """Has paging come to its end without anybody: no escalation goes on, and nobody has one?"""
    query = select(Escalation.state).where(Escalation.incident == number, col(Escalation.kind).not_in(ASIDE))
    states = set(session.exec(query))
    return "exhausted" in states and not states & {"running", "paused", "acknowledged"}


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
            col(Page.state).in_(("owed", "sent", "missed")),
            col(Escalation.state).in_(("running", "paused", "exhausted")),
        )
    )
    return list(session.exec(query.order_by(col(Page.id))))


def incident_pages(session: Session, number: int) -> list[Page]:
    """The pages of all escalations of an incident, in the order in which they were owed."""
    return list(session.exec(select(Page).where(Page.incident == number).order_by(col(Page.id))))


def updates(session: Session, number: int) -> list[StatusUpdate]:
    return list(session.exec(_UPDATES, params={"of": number}))


def timeline(session: Session, number: int) -> list[TimelineEntry]:
    query = select(TimelineEntry).where(TimelineEntry.incident == number)
    return list(session.exec(query.order_by(col(TimelineEntry.at), col(TimelineEntry.id))))


def last_fact(session: Session, subject: str, fact: str) -> JournalEntry | None:
    """The newest of its kind in this subject's journal."""
    query = select(JournalEntry).where(JournalEntry.subject == subject, JournalEntry.fact == fact)
    return session.exec(query.order_by(col(JournalEntry.n).desc()).limit(1)).first()


def timeline_source(session: Session, number: int, source_key: str) -> TimelineEntry | None:
    query = select(TimelineEntry).where(TimelineEntry.incident == number, TimelineEntry.source_key == source_key)
    return session.exec(query).first()


def open_incidents(session: Session, limit: int = 50) -> list[Incident]:
    query = select(Incident).where(col(Incident.status).in_(OPEN)).order_by(col(Incident.number).desc())
    return list(session.exec(query.limit(limit)))


def open_on(session: Session, service: str, limit: int = 50) -> list[Incident]:
    """The open incidents of a service that are no exercise, the newest first."""
    query = select(Incident).where(col(Incident.status).in_(OPEN), Incident.service == service, ~col(Incident.drill))
    return list(session.exec(query.order_by(col(Incident.number).desc()).limit(limit)))


def all_incidents(session: Session, limit: int = 200) -> list[Incident]:
    return list(session.exec(select(Incident).order_by(col(Incident.number).desc()).limit(limit)))


def number_of_channel(session: Session, channel: str) -> int | None:
    """The incident whose war room this is."""
    return session.exec(_OF_CHANNEL, params={"of": channel}).first()


def incident_of_channel(session: Session, channel: str) -> Incident | None:
    number = number_of_channel(session, channel)
    return session.get(Incident, number) if number else None


def overrides(session: Session, since: datetime) -> tuple[list[ScheduleOverride], set[str]]:
    """The overrides that hold at `since` or later, in the order in which they were made.

    With them the accounts that cannot be on call (Slack ids), so that nobody who has left is taken for it.
    """
    rows = list(session.exec(_OVERRIDES, params={"of": since}))
    return rows, gone(session) if rows else set()


def gone(session: Session) -> set[str]:
    """Slack ids of accounts that cannot be on call: deactivated, apps, people of another workspace."""
    query = select(Member.slack).where(or_(col(Member.deleted).is_(True), col(Member.kind).in_(("bot", "stranger"))))
    return set(session.exec(query))


def periods(session: Session, schedule: str, since: datetime, until: datetime) -> list[OnCallPeriod]:
    """Who was on call within [since, until) as it was recorded, oldest first."""
    query = select(OnCallPeriod).where(
        OnCallPeriod.schedule == schedule,
        OnCallPeriod.start < until,
        or_(col(OnCallPeriod.end).is_(None), col(OnCallPeriod.end) > since),
    )
    return list(session.exec(query.order_by(col(OnCallPeriod.start))))


def members(session: Session, slack_ids: Sequence[str]) -> dict[str, Member]:
    if not slack_ids:
        return {}
    return {row.slack: row for row in session.exec(select(Member).where(col(Member.slack).in_(slack_ids)))}
