"""The outbox: add what is owed, claim what may be sent now, settle what was tried."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.models import UNSETTLED, Attempt, Delivery
from storage.upsert import dialect, upsert

MINUTE = timedelta(minutes=1)
SKEW = timedelta(minutes=5)
"""By how much the clocks of two replicas may differ; Slack refuses requests that are further off."""
_TABLE = Delivery.__table__  # type: ignore[attr-defined]

BY_WAY = ("page.way", "alarm.way")
"""Kinds of what leaves by another way than Slack."""

# Kinds that draw the same surface of a lane; a refresh compares itself with the newest of them.
SURFACES = {
    "card.refresh": ("room.card", "card.refresh"),
    "room.topic": ("room.topic",),
    "announcement.refresh": ("announce", "announcement.refresh"),
    "ladder": ("ladder",),
    "page.edit": ("page", "page.edit"),
}


def add(session: Session, values: dict[str, Any]) -> int | None:
    """Inserts a delivery; None when its key exists already or a pending one with the same `once` will do.

    That one then waits for what the newer plan waits for, so that a change is never held up by an older reason.
    """
    connection = session.connection()
    for _ in range(3):  # it may be claimed between the two statements: then it shows the past, and a new one is owed
        row = connection.execute(_add(dialect(session)), {"state": "pending", "attempts": 0, **values}).first()
        if row is not None or not values.get("once"):
            return row[0] if row else None
        if connection.execute(_WAIT_ANEW, {"of": values["once"], "for_": values.get("after")}).first():
            return None
    return None


@cache
def _add(name: str) -> Any:
    return upsert(name, Delivery).on_conflict_do_nothing().returning(_TABLE.c.id)


_WAIT_ANEW = (
    update(_TABLE)
    .where(_TABLE.c.once == bindparam("of"), _TABLE.c.state == "pending")
    .values(after=bindparam("for_"))
    .returning(_TABLE.c.id)
)


def by_key(session: Session, key: str) -> Delivery | None:
    return session.exec(select(Delivery).where(Delivery.key == key)).first()


def sendable(now: datetime) -> ColumnElement[bool]:
    """May be tried now: due, first of its lane, and what it waits for is settled. A lease that ran out counts too.

    No page is ever put off by more than half a minute: one that seems to be is due, for the clock was set back. Nor
    does a lease last for longer than another replica's clock may be ahead.
    """
    before, first = aliased(Delivery), aliased(Delivery)
    free = or_(
        and_(col(Delivery.state) == "pending", col(Delivery.priority) == 0, col(Delivery.not_before) > now + MINUTE),
        and_(col(Delivery.state) == "pending", col(Delivery.not_before) <= now),
        and_(
            col(Delivery.state) == "leased",
            or_(col(Delivery.lease_until) < now, col(Delivery.lease_until) > now + SKEW),
        ),
    )
    waits = select(first.id).where(first.id == Delivery.after, col(first.state).in_(UNSETTLED)).exists()
    behind = (
        select(before.id)
        .where(before.lane == Delivery.lane, col(before.id) < col(Delivery.id), col(before.state).in_(UNSETTLED))
        .exists()
    )
    return and_(free, ~waits, ~behind)


def claim(
    session: Session,
    now: datetime,
    *,
    lease: str,
    seconds: float,
    limit: int,
    pages: bool,
    beyond_slack: bool | None = None,
) -> list[Delivery]:
    """Takes up to `limit` deliveries, most urgent first; `pages` asks for pages (priority 0) or for the rest.

    `beyond_slack` asks only for those that leave by another way than Slack, or only for the others.
    """
    query = (
        select(Delivery)
        .where(sendable(now), *_of_line(pages, beyond_slack))
        .order_by(col(Delivery.priority), col(Delivery.id))
    )
    rows = list(session.exec(query.limit(limit).with_for_update(skip_locked=True)))
    for row in rows:
        if row.state == "leased":  # its sender died or hangs: the call may have gone through
            row.ambiguous_since = row.ambiguous_since or row.lease_until
        row.state, row.lease = "leased", lease
        row.once = None  # what changes from here on needs a row of its own
        row.lease_until = now + timedelta(seconds=seconds)
        row.attempts += 1
        session.add(row)
    session.flush()
    return rows


def _of_line(pages: bool, beyond_slack: bool | None) -> list[ColumnElement[bool]]:
    line = [col(Delivery.priority) == 0 if pages else col(Delivery.priority) > 0]
    if beyond_slack is not None:
        line.append(col(Delivery.kind).in_(BY_WAY) if beyond_slack else col(Delivery.kind).not_in(BY_WAY))
    return line


def renew(session: Session, leases: Iterable[str], until: datetime) -> None:
    """What is still held under these leases is held until then, but for what is being settled at this moment."""
    ours = select(Delivery.id).where(col(Delivery.lease).in_(list(leases)), Delivery.state == "leased")
    free = ours.with_for_update(skip_locked=True)
    session.execute(update(_TABLE).where(_TABLE.c.id.in_(free)).values(lease_until=until))


def held(session: Session, delivery: int, lease: str) -> Delivery | None:
    """The delivery, locked, if this lease still holds it: the fence against a sender that woke up too late."""
    query = select(Delivery).where(Delivery.id == delivery, Delivery.lease == lease, Delivery.state == "leased")
    return session.exec(query.with_for_update()).first()


def add_attempt(
    session: Session, row: Delivery, *, started: datetime, ended: datetime, outcome: str, reason: str
) -> None:
    session.add(
        Attempt(
            delivery=row.id or 0,
            key=row.key,
            n=row.attempts,
            started_at=started,
            ended_at=ended,
            outcome=outcome,
            reason=reason[:500],
        )
    )


def drop(session: Session, keys: Iterable[str], reason: str, at: datetime) -> None:
    """Takes back what has not been sent; a call already under way is left to end."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.key.in_(list(keys)), _TABLE.c.state.in_(("pending", "parked")))
        .values(state="dropped", error=reason, settled_at=at)
    )


def orphans_to_ambiguous(session: Session, now: datetime) -> int:
    """After a crash of the only process: every leased row may have been applied, so look before sending again."""
    rows = session.exec(select(Delivery).where(Delivery.state == "leased")).all()
    for row in rows:
        row.ambiguous_since = row.ambiguous_since or row.created_at
        row.state, row.lease, row.lease_until, row.not_before = "pending", None, None, now
        session.add(row)
    return len(rows)


def unpark(session: Session, now: datetime) -> int:
    """Credentials work again: what was parked may be sent."""
    rows = session.exec(select(Delivery).where(Delivery.state == "parked")).all()
    for row in rows:
        row.state, row.not_before = "pending", now
        session.add(row)
    return len(rows)


def next_moment(session: Session, now: datetime) -> datetime | None:
    """When something that waits for its time may next be tried; None when nothing waits."""
    query = select(Delivery.not_before).where(Delivery.state == "pending", Delivery.not_before > now)
    return session.exec(query.order_by(col(Delivery.not_before)).limit(1)).first()


def unsettled_soon(session: Session, until: datetime) -> bool:
    """Is anything being sent, or to be sent before `until`?"""
    query = select(Delivery.id).where(
        or_(
            col(Delivery.state) == "leased",
            and_(col(Delivery.state) == "pending", col(Delivery.not_before) <= until),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def anything(session: Session, now: datetime, *, pages: bool, beyond_slack: bool | None = None) -> bool:
    """A cheap look whether a claim would find something, so that an idle loop opens no write transaction."""
    query = select(Delivery.id).where(sendable(now), *_of_line(pages, beyond_slack))
    return session.exec(query.limit(1)).first() is not None


def parked(session: Session) -> int:
    """How many wait for working credentials."""
    return len(session.exec(select(Delivery.id).where(Delivery.state == "parked")).all())


def late_pages(session: Session, before: datetime) -> int:
    """How many pages that were owed before this moment have still not left."""
    query = select(func.count()).where(
        col(Delivery.priority) == 0, col(Delivery.state).in_(UNSETTLED), col(Delivery.created_at) < before
    )
    return session.exec(query).one()


def last_digest(session: Session, row: Delivery) -> str | None:
    """The digest kept with the newest delivery of this lane and surface that was really sent."""
    kinds = SURFACES.get(row.kind)
    if kinds is None:
        return None
    query = select(Delivery.result).where(
        Delivery.lane == row.lane, col(Delivery.kind).in_(kinds), Delivery.state == "sent"
    )
    for result in session.exec(query.order_by(col(Delivery.settled_at).desc()).limit(20)):
        if result and result.get("digest"):
            return str(result["digest"])
    return None


def depths(session: Session) -> dict[str, int]:
    """How many deliveries stand in each unsettled state."""
    query = select(Delivery.state, func.count()).where(col(Delivery.state).in_(UNSETTLED)).group_by(Delivery.state)
    return {state: 0 for state in UNSETTLED} | dict(session.exec(query).all())
