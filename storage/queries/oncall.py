"""Reads of what being on call was like: who was asked about what, and who took it on."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from storage.models import Escalation, EscalationKind, HandoffNote, HandoffRating, Incident, OnCallPeriod, Page


class Asked(NamedTuple):
    """A page, with the incident that it was about."""

    person: str
    at: datetime
    incident: Incident


class Taken(NamedTuple):
    """Somebody acknowledged an incident."""

    person: str
    at: datetime
    incident: Incident


def asked(session: Session, start: datetime, end: datetime) -> list[Asked]:
    """The pages of [start, end) about real incidents, oldest first."""
    query = (
        select(Page.person, Page.owed_at, Incident)
        .join(Incident, col(Page.incident) == Incident.number)
        .join(Escalation, col(Page.escalation) == Escalation.id)
        .where(Page.owed_at >= start, Page.owed_at < end, col(Incident.drill).is_(False))
        .where(col(Escalation.kind).not_in(EscalationKind.NOT_PAGED))
        .order_by(col(Page.owed_at), col(Page.id))
    )
    return [Asked(*row) for row in session.exec(query)]


def taken(session: Session, start: datetime, end: datetime) -> list[Taken]:
    """Who acknowledged real incidents before `end` that were not over by `start`, oldest first."""
    query = (
        select(Escalation.acknowledged_by, Escalation.acknowledged_at, Incident)
        .join(Incident, col(Escalation.incident) == Incident.number)
        .where(col(Escalation.acknowledged_by).is_not(None), col(Escalation.acknowledged_at) < end)
        .where(col(Incident.drill).is_(False))
        .order_by(col(Escalation.acknowledged_at), col(Escalation.id))
    )
    rows = [(str(who), at, one) for who, at, one in session.exec(query) if at is not None]
    return [Taken(who, at, one) for who, at, one in rows if (ended(one) or end) > start]


def ended(incident: Incident) -> datetime | None:
    """When its work was over: resolved, or else filed away or cancelled."""
    return incident.resolved_at or incident.closed_at


def recorded(session: Session, start: datetime, end: datetime) -> list[OnCallPeriod]:
    """What was written down about who was on call within [start, end), oldest first."""
    query = select(OnCallPeriod).where(OnCallPeriod.start < end)
    rows = session.exec(query.order_by(col(OnCallPeriod.start), col(OnCallPeriod.id)))
    return [row for row in rows if row.end is None or row.end > start]


def rated(session: Session, start: datetime, end: datetime) -> list[tuple[HandoffNote, list[HandoffRating]]]:
    """The hand-overs of [start, end), oldest first, each with what was answered about the turn that ended."""
    query = select(HandoffNote).where(HandoffNote.start >= start, HandoffNote.start < end)
    notes = session.exec(query.order_by(col(HandoffNote.start), col(HandoffNote.id))).all()
    rows = session.exec(select(HandoffRating).where(col(HandoffRating.note).in_([note.id for note in notes]))).all()
    return [(note, [row for row in rows if row.note == note.id]) for note in notes]
