"""Reads about the command of an incident: who is offered it, what was decided, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_
from sqlmodel import Session, col, select

from storage.models import (
    Action,
    CommandOffer,
    IncidentLink,
    Mitigation,
    OfferState,
    RoleAssignment,
    Ruling,
    TimelineEntry,
)
from storage.queries.incidents import role_rows

_OF: Any = bindparam("of")
_NEWEST = select(CommandOffer).where(CommandOffer.incident == _OF).order_by(col(CommandOffer.id).desc()).limit(1)


def newest_offer(session: Session, number: int) -> CommandOffer | None:
    """The newest offer of this incident's command, whatever became of it."""
    return session.exec(_NEWEST, params={"of": number}).first()


def pending_offer(session: Session, number: int) -> CommandOffer | None:
    """The offer that waits for an answer; there is one at most."""
    row = newest_offer(session, number)
    return row if row is not None and row.state == OfferState.OFFERED else None


def offers_of(session: Session, people: set[str]) -> list[CommandOffer]:
    """The offers that wait, which one of these people is to answer or has made, by their incidents."""
    theirs = or_(col(CommandOffer.person).in_(people), col(CommandOffer.giver).in_(people))
    query = select(CommandOffer).where(CommandOffer.state == OfferState.OFFERED, theirs)
    return list(session.exec(query.order_by(col(CommandOffer.incident))))


def rulings(session: Session, number: int) -> list[Ruling]:
    """The decisions of an incident, oldest first."""
    return list(session.exec(select(Ruling).where(Ruling.incident == number).order_by(col(Ruling.number))))


def actions(session: Session, number: int) -> list[Action]:
    """What was to be done in an incident, oldest first."""
    return list(session.exec(select(Action).where(Action.incident == number).order_by(col(Action.number))))


def mitigations(session: Session, number: int) -> list[Mitigation]:
    return list(session.exec(select(Mitigation).where(Mitigation.incident == number).order_by(col(Mitigation.number))))


def links(session: Session, number: int) -> list[IncidentLink]:
    """The links of an incident that nobody has removed, oldest first."""
    query = select(IncidentLink).where(IncidentLink.incident == number, col(IncidentLink.removed_at).is_(None))
    return list(session.exec(query.order_by(col(IncidentLink.at), col(IncidentLink.id))))


@dataclass(frozen=True)
class Kept:
    """What is kept of the work on an incident, oldest first."""

    decisions: Sequence[Ruling] = ()
    mitigations: Sequence[Mitigation] = ()
    roles: Sequence[RoleAssignment] = ()
    note: TimelineEntry | None = None
    """The last one that somebody wrote."""

    @property
    def people(self) -> list[str]:
        """Everybody who is named in it."""
        return [
            *(one.by for one in self.decisions),
            *(one.owner for one in self.mitigations),
            *(one.person for one in self.roles),
            *([self.note.actor] if self.note else []),
        ]


def kept(session: Session, number: int) -> Kept:
    notes = select(TimelineEntry).where(TimelineEntry.incident == number, TimelineEntry.kind == "note")
    newest = notes.order_by(col(TimelineEntry.at).desc(), col(TimelineEntry.id).desc()).limit(1)
    note = session.exec(newest).first()
    return Kept(rulings(session, number), mitigations(session, number), role_rows(session, number), note)
