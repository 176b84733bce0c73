"""Forgets what only served sending: settled deliveries of incidents that are long over, their attempts, and old keys.

What people ask about stays for ever: incidents, timelines, pages with their deliveries and attempts, and the journal.
Each batch is a transaction of its own, so nothing waits for it, and one that is killed has done a part of the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from storage.db import Database
from storage.models import (
    Attempt,
    Delivery,
    DeliveryState,
    Escalation,
    Incident,
    IncidentStatus,
    OnceKey,
    Page,
    Setting,
)
from storage.queries import refusals
from storage.upsert import put

BATCH = 200
MARK = "purge.mark"
"""The delivery up to which there is nothing left that will ever be forgotten."""


@dataclass
class Forgotten:
    """How many rows went."""

    deliveries: int = 0
    attempts: int = 0
    keys: int = 0


def keys(database: Database, before: datetime) -> int:
    """Forgets the keys of requests that were carried out before; how many."""
    count = 0
    while True:
        with database.write() as session:
            old = list(session.exec(select(OnceKey.key).where(col(OnceKey.at) < before).limit(BATCH)))
            session.execute(delete(OnceKey).where(col(OnceKey.key).in_(old)))
        count += len(old)
        if len(old) < BATCH:
            return count


def deliveries(database: Database, before: datetime) -> Forgotten:
    """Forgets deliveries that were settled before, where their incident was over by then too."""
    found = Forgotten()
    with database.write() as session:
        refusals.forget_answered(session)  # what arrived is the proof, and may be forgotten now
        kept = session.get(Setting, MARK)
        mark = seen = int(kept.value) if kept else 0
    passing = True  # nothing was met yet that may be forgotten another time
    while True:
        with database.write() as session:
            rows = session.exec(
                select(Delivery).where(col(Delivery.id) > seen).order_by(col(Delivery.id)).limit(BATCH)
            ).all()
            old = [row for row in rows if row.created_at < before]
            gone = [row for row in old if _may_go(session, row, before)]
            _forget(session, [row.id or 0 for row in gone], found)
            ids = {row.id for row in gone}
            for row in old:
                passing = passing and (row.id in ids or row.priority == 0)
                mark = (row.id or 0) if passing else mark
            put(session, Setting(key=MARK, value=mark))
            session.expunge_all()
        if len(old) < BATCH:
            return found
        seen = old[-1].id or 0


def _forget(session: Session, ids: Sequence[int], found: Forgotten) -> None:
    attempts = select(func.count()).where(col(Attempt.delivery).in_(ids))
    found.attempts += session.exec(attempts).one()
    found.deliveries += len(ids)
    session.execute(delete(Attempt).where(col(Attempt.delivery).in_(ids)))
    session.execute(delete(Delivery).where(col(Delivery.id).in_(ids)))


def _may_go(session: Session, row: Delivery, before: datetime) -> bool:
    """No page, settled long ago, asks nothing of anybody, and its incident needs it no more."""
    if row.priority == 0 or row.asks is not None or row.state not in DeliveryState.SETTLED:
        return False
    if row.settled_at is None or row.settled_at >= before:
        return False
    number = _incident_of(session, row)
    incident = session.get(Incident, number) if number else None
    if incident is None:
        return True
    ended = incident.closed_at or incident.resolved_at
    return incident.status not in IncidentStatus.OPEN and (ended is None or ended < before)


def _incident_of(session: Session, row: Delivery) -> int | None:
    """By its payload, which names the incident, the page or the escalation that it is about."""
    if number := row.payload.get("incident"):
        return int(number)
    for name, model in (("page", Page), ("escalation", Escalation)):
        about = session.get(model, row.payload[name]) if row.payload.get(name) else None
        if isinstance(about, Page | Escalation):
            return about.incident
    return None
