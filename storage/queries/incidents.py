"""Reads: the records that belong together, loaded once, handed on as plain values."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import and_, bindparam, func, or_
from sqlmodel import Session, col, select

from storage.models import (
    FormerRoom,
    Incident,
    IncidentStatus,
    JournalEntry,
    RoleAssignment,
    StatusUpdate,
    TimelineEntry,
)

# What every answer reads is made once: building and caching a statement costs more than running it.
_OF: Any = bindparam("of")


_OPEN = col(Incident.status).in_(IncidentStatus.OPEN)
_NEW = col(Incident.number).desc()
EVERY: Mapping[str, str] = MappingProxyType({})
ENDED = 100
"""As many as a menu of Slack's holds."""


_ROLES = (
    select(RoleAssignment.role, RoleAssignment.person)
    .where(RoleAssignment.incident == _OF, col(RoleAssignment.until).is_(None))
    .order_by(col(RoleAssignment.id))
)


_UPDATES = select(StatusUpdate).where(StatusUpdate.incident == _OF).order_by(col(StatusUpdate.number))


_FORMER = select(FormerRoom.incident).where(FormerRoom.channel == _OF)
_OF_CHANNEL = (
    select(Incident.number)
    .where(or_(Incident.channel_id == _OF, col(Incident.number).in_(_FORMER)))
    .order_by(col(Incident.number).desc())
    .limit(1)
)


def roles(session: Session, number: int) -> dict[str, str]:
    """Role -> who holds it now."""
    return {role: person for role, person in session.exec(_ROLES, params={"of": number})}


def roles_of(session: Session, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    """Incident -> role -> who holds it now, of many at once."""
    query = select(RoleAssignment).where(col(RoleAssignment.incident).in_(numbers), col(RoleAssignment.until).is_(None))
    found: dict[int, dict[str, str]] = {}
    for row in session.exec(query.order_by(col(RoleAssignment.id))):
        found.setdefault(row.incident, {})[row.role] = row.person
    return found


def role_rows(session: Session, number: int) -> list[RoleAssignment]:
    """Everybody who has a role now, by when they got it."""
    query = select(RoleAssignment).where(RoleAssignment.incident == number, col(RoleAssignment.until).is_(None))
    return list(session.exec(query.order_by(col(RoleAssignment.id))))


def role_holder(session: Session, number: int, role: str) -> RoleAssignment | None:
    query = select(RoleAssignment).where(
        RoleAssignment.incident == number, RoleAssignment.role == role, col(RoleAssignment.until).is_(None)
    )
    return session.exec(query).first()


def updates(session: Session, number: int) -> list[StatusUpdate]:
    return list(session.exec(_UPDATES, params={"of": number}))


def timeline(session: Session, number: int) -> list[TimelineEntry]:
    """What happened, and what happened in those that were merged into it, in the order in which it did."""
    query = select(TimelineEntry).where(col(TimelineEntry.incident).in_([number, *merged_into(session, number)]))
    return list(session.exec(query.order_by(col(TimelineEntry.at), col(TimelineEntry.id))))


def merged_into(session: Session, number: int) -> list[int]:
    """The incidents that ended in this one, and those that had ended in them."""
    found: list[int] = []
    newest = [number]
    while newest:
        query = select(Incident.number).where(col(Incident.merged_into).in_(newest))
        newest = [one for one in session.exec(query) if one is not None and one not in found]
        found += newest
    return sorted(found)


def going_on(session: Session, incident: Incident) -> Incident:
    """The one in which the work goes on: itself, or what it was merged into in the end."""
    while incident.merged_into:
        incident = session.get_one(Incident, incident.merged_into)
    return incident


def done_since(session: Session, number: int, who: str, since: datetime) -> TimelineEntry | None:
    """What this person did last after that moment; of several lines of one act the first."""
    query = select(TimelineEntry).where(
        TimelineEntry.incident == number, TimelineEntry.actor == who, TimelineEntry.recorded_at > since
    )
    return session.exec(query.order_by(col(TimelineEntry.recorded_at).desc(), col(TimelineEntry.id))).first()


def done_elsewhere(session: Session, number: int, who: str, since: datetime) -> TimelineEntry | None:
    """What this person did last on another incident after that moment."""
    query = select(TimelineEntry).where(
        TimelineEntry.incident != number, TimelineEntry.actor == who, TimelineEntry.recorded_at > since
    )
    return session.exec(query.order_by(col(TimelineEntry.recorded_at).desc(), col(TimelineEntry.id))).first()


def last_fact(session: Session, subject: str, names: Sequence[str]) -> JournalEntry | None:
    """The newest entry of this subject's journal that has one of these names."""
    query = select(JournalEntry).where(JournalEntry.subject == subject, col(JournalEntry.fact).in_(names))
    return session.exec(query.order_by(col(JournalEntry.n).desc()).limit(1)).first()


def facts(session: Session, subject: str, names: Sequence[str]) -> list[JournalEntry]:
    """The entries of this subject's journal that have one of these names, oldest first."""
    query = select(JournalEntry).where(JournalEntry.subject == subject, col(JournalEntry.fact).in_(names))
    return list(session.exec(query.order_by(col(JournalEntry.n))))


def room_is_by_invitation(session: Session, number: int) -> bool:
    """Whether a person has made its room private; the room that follows it is private too."""
    said = last_fact(session, f"incident:{number}", ["incidents.room_privacy_changed"])
    return said is not None and bool(json.loads(said.body)["by_invitation"])


def timeline_source(session: Session, number: int, source_key: str) -> TimelineEntry | None:
    query = select(TimelineEntry).where(TimelineEntry.incident == number, TimelineEntry.source_key == source_key)
    return session.exec(query).first()


def has_entry_by_person(session: Session, number: int, kinds: Collection[str]) -> bool:
    """Whether somebody, not Tocsin, has a line of one of these kinds."""
    query = select(TimelineEntry.id).where(TimelineEntry.incident == number, TimelineEntry.actor != "tocsin")
    return session.exec(query.where(col(TimelineEntry.kind).in_(kinds)).limit(1)).first() is not None


def open_incidents(session: Session, limit: int = 50, own: Mapping[str, str] = EVERY) -> list[Incident]:
    """The newest. `own`: only those with these values in own fields, in capital or small letters."""
    query = select(Incident).where(_OPEN, *_having(own)).order_by(_NEW)
    return list(session.exec(query.limit(limit)))


def _having(own: Mapping[str, str]) -> list[Any]:
    return [func.lower(col(Incident.own)[key].as_string()) == func.lower(value) for key, value in own.items()]


def in_states(session: Session, states: Sequence[str], limit: int) -> list[Incident]:
    """Those of these states, worst first: of the open ones the worst, of each other state the newest, up to `limit`
    and to ENDED.

    What is over is asked for state by state: so no more of it is read than is shown.
    """
    still_open = [state for state in states if state in IncidentStatus.OPEN]
    worst = select(Incident).where(_OPEN, col(Incident.status).in_(still_open)).order_by(col(Incident.severity), _NEW)
    found = list(session.exec(worst.limit(limit))) if still_open else []
    for state in (one for one in states if one not in still_open):
        found += session.exec(select(Incident).where(Incident.status == state).order_by(_NEW).limit(min(limit, ENDED)))
    return sorted(found, key=lambda row: (row.severity, -(row.number or 0)))


def open_on(session: Session, service: str, limit: int = 50) -> list[Incident]:
    """The open incidents of a service that are no exercise, the newest first."""
    query = select(Incident).where(
        col(Incident.status).in_(IncidentStatus.OPEN), Incident.service == service, ~col(Incident.drill)
    )
    return list(session.exec(query.order_by(col(Incident.number).desc()).limit(limit)))


def all_incidents(session: Session, limit: int = 200, own: Mapping[str, str] = EVERY) -> list[Incident]:
    """The newest, whatever their state; `own` as above."""
    return list(session.exec(select(Incident).where(*_having(own)).order_by(_NEW).limit(limit)))


def latest_announcement_channel(session: Session) -> str | None:
    """The id of the channel in which the newest announcement stands."""
    query = select(Incident.announcement_channel).where(col(Incident.announcement_ts).is_not(None))
    return session.exec(query.order_by(col(Incident.number).desc()).limit(1)).first()


def room_names(session: Session, names: Sequence[str]) -> set[str]:
    """Those of the names that war rooms have."""
    found = session.exec(select(Incident.channel_name).where(col(Incident.channel_name).in_(names)))
    return {name for name in found if name}


def number_of_channel(session: Session, channel: str) -> int | None:
    """The incident whose war room this is, or was until another followed it."""
    return session.exec(_OF_CHANNEL, params={"of": channel}).first()


def number_of_thread(session: Session, channel: str, root: str) -> int | None:
    """The incident whose announcement begins this thread."""
    query = select(Incident.number).where(Incident.announcement_channel == channel, Incident.announcement_ts == root)
    return session.exec(query.limit(1)).first()


def number_of_message(session: Session, channel: str, ts: str) -> int | None:
    """The incident whose announcement or card this message is."""
    announced = and_(col(Incident.announcement_channel) == channel, col(Incident.announcement_ts) == ts)
    card = and_(col(Incident.channel_id) == channel, col(Incident.card_ts) == ts)
    return session.exec(select(Incident.number).where(or_(announced, card)).limit(1)).first()


def announces(session: Session, channel: str) -> bool:
    """Has an incident been announced in this channel?"""
    query = select(Incident.number).where(Incident.announcement_channel == channel)
    return session.exec(query.limit(1)).first() is not None


def captured_by(session: Session, number: int, source_key: str) -> str:
    """How the message of this line was marked when it was captured last; "" when that was not written down."""
    entries = facts(session, f"incident:{number}", ["incidents.note_added"])
    bodies = (json.loads(entry.body) for entry in reversed(entries))
    return next((str(body.get("mark", "")) for body in bodies if body.get("source_key") == source_key), "")


def incident_of_channel(session: Session, channel: str) -> Incident | None:
    number = number_of_channel(session, channel)
    return session.get(Incident, number) if number else None


def present_room(session: Session, channel: str | None) -> str | None:
    """The war room that follows this channel, which was one; else the channel itself."""
    former = session.get(FormerRoom, channel) if channel else None
    incident = session.get(Incident, former.incident) if former else None
    return incident.channel_id if incident else channel
