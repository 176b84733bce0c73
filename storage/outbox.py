"""The outbox: add what is owed, hold what is being sent, settle what was tried. `claims.py` gives it out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, update
from sqlmodel import Session, col, select

from storage.models import Attempt, AttemptOutcome, Delivery
from storage.models import DeliveryState as Is
from storage.upsert import dialect, upsert

ASIDE = "newer:"
"""The lanes of what waits for a newer release, and holds up nothing meanwhile."""
_TABLE = Delivery.__table__  # type: ignore[attr-defined]

_TOUCHED = "deliveries"

Kinds = tuple[str, ...]

OPEN, OVER = col(Delivery.state).in_(Is.UNSETTLED), col(Delivery.state).in_(Is.SETTLED)
"""One stands beside any narrower state: SQLite uses an index of a part only where the statement names that part."""


def touched(session: Session) -> set[int]:
    """Deliveries that this session added, changed or took back: whoever sends has to hear of them after the commit."""
    found: set[int] = session.info.setdefault(_TOUCHED, set())
    return found


def add(session: Session, values: dict[str, Any]) -> int | None:
    """Inserts a delivery; None when its key exists already or a pending one with the same `once` will do.

    That one then waits for what the newer plan waits for, so that a change is never held up by an older reason.
    """
    connection = session.connection()
    for _ in range(3):  # it may be claimed between the two statements: then it shows the past, and a new one is owed
        row = connection.execute(_add(dialect(session)), {"state": Is.PENDING, "attempts": 0, **values}).first()
        if row is not None:
            touched(session).add(row[0])
            return int(row[0])
        if not values.get("once"):
            return None
        if changed := connection.execute(_WAIT_ANEW, {"of": values["once"], "for_": values.get("after")}).first():
            touched(session).add(changed[0])
            return None
    return None


@cache
def _add(name: str) -> Any:
    return upsert(name, Delivery).on_conflict_do_nothing().returning(_TABLE.c.id)


_WAIT_ANEW = (
    update(_TABLE)
    .where(_TABLE.c.once == bindparam("of"), _TABLE.c.state == Is.PENDING)
    .values(after=bindparam("for_"))
    .returning(_TABLE.c.id)
)


def by_key(session: Session, key: str) -> Delivery | None:
    return session.exec(select(Delivery).where(Delivery.key == key)).first()


def renew(session: Session, held: Mapping[int, str], until: datetime) -> None:
    """What is still held, by delivery and lease, is held until then, but for what is being settled at this moment."""
    ours = select(Delivery.id).where(
        col(Delivery.id).in_(list(held)), col(Delivery.lease).in_(set(held.values())), Delivery.state == Is.LEASED, OPEN
    )
    free = ours.with_for_update(skip_locked=True)
    session.execute(update(_TABLE).where(_TABLE.c.id.in_(free)).values(lease_until=until))


def held(session: Session, delivery: int, lease: str) -> Delivery | None:
    """The delivery, locked, if this lease still holds it: the fence against a sender that woke up too late."""
    query = select(Delivery).where(Delivery.id == delivery, Delivery.lease == lease, Delivery.state == Is.LEASED)
    return session.exec(query.with_for_update()).first()


def is_held(session: Session, delivery: int, lease: str, now: datetime) -> bool:
    """Is it still for the holder of this lease to send?"""
    query = select(Delivery.id).where(
        Delivery.id == delivery, Delivery.lease == lease, Delivery.state == Is.LEASED, col(Delivery.lease_until) > now
    )
    return session.exec(query).first() is not None


def add_attempt(
    session: Session,
    row: Delivery,
    *,
    started: datetime,
    ended: datetime,
    at: datetime,
    outcome: AttemptOutcome,
    reason: str,
) -> None:
    """`started` and `ended` are real time, `at` is the end on the business clock."""
    session.add(
        Attempt(
            delivery=row.id or 0,
            key=row.key,
            n=row.attempts,
            started_at=started,
            ended_at=ended,
            at=at,
            outcome=outcome,
            reason=reason[:500],
        )
    )


def drop(session: Session, keys: Iterable[str], reason: str, at: datetime, *, unsure: bool = True) -> set[str]:
    """Takes back what has not been sent, and says which; a call already under way is left to end, one that may have
    been sent too unless `unsure`."""
    unsent = update(_TABLE).where(_TABLE.c.key.in_(list(keys)), _TABLE.c.state.in_((Is.PENDING, Is.PARKED)))
    chosen = unsent if unsure else unsent.where(_TABLE.c.ambiguous_since.is_(None))
    gone = chosen.values(state=Is.DROPPED, error=reason, settled_at=at).returning(_TABLE.c.id, _TABLE.c.key)
    rows = session.connection().execute(gone).all()
    touched(session).update(row.id for row in rows)
    return {row.key for row in rows}


def no_longer_asking(session: Session, what: str) -> list[str]:
    """The keys of messages that asked this; from now on none does."""
    settled = update(_TABLE).where(_TABLE.c.asks == what).values(asks=None).returning(_TABLE.c.key)
    return sorted(key for (key,) in session.connection().execute(settled))


def asks_again(session: Session, key: str, what: str) -> None:
    """The message `key` asks this once more: what had settled it was taken back."""
    session.connection().execute(update(_TABLE).where(_TABLE.c.key == key).values(asks=what))


def orphans_to_ambiguous(session: Session, now: datetime) -> int:
    """After a crash of the only process: every leased row may have been applied, so look before sending again."""
    rows = session.exec(select(Delivery).where(Delivery.state == Is.LEASED, OPEN)).all()
    for row in rows:
        row.ambiguous_since = row.ambiguous_since or row.created_at
        row.state, row.lease, row.lease_until, row.not_before = Is.PENDING, None, None, now
        session.add(row)
    return len(rows)


def unpark(session: Session, now: datetime) -> int:
    """Credentials work again: what was parked may be sent."""
    parked = update(_TABLE).where(_TABLE.c.state == Is.PARKED, OPEN)
    freed = set(
        session.connection().execute(parked.values(state=Is.PENDING, not_before=now).returning(_TABLE.c.id)).scalars()
    )
    touched(session).update(freed)
    return len(freed)


def hurry(session: Session, now: datetime, *, without: Kinds) -> None:
    """Slack is back: what waits because an attempt failed may be tried now, but for kinds that it does not concern."""
    waiting = update(_TABLE).where(
        _TABLE.c.state == Is.PENDING, _TABLE.c.attempts > 0, _TABLE.c.not_before > now, _TABLE.c.kind.not_in(without)
    )
    touched(session).update(
        session.connection().execute(waiting.values(not_before=now).returning(_TABLE.c.id)).scalars()
    )


def unsettled_soon(session: Session, until: datetime) -> bool:
    """Is anything being sent, or to be sent before `until`?"""
    query = select(Delivery.id).where(
        OPEN,
        or_(
            col(Delivery.state) == Is.LEASED,
            and_(col(Delivery.state) == Is.PENDING, col(Delivery.not_before) <= until),
        ),
    )
    return session.exec(query.limit(1)).first() is not None


def parked(session: Session) -> int:
    """How many wait for working credentials."""
    return session.exec(select(func.count()).where(Delivery.state == Is.PARKED, OPEN)).one()


def late_pages(session: Session, before: datetime) -> int:
    """How many pages that were owed before this moment have still not left."""
    query = select(func.count()).where(col(Delivery.priority) == 0, OPEN, col(Delivery.created_at) < before)
    return session.exec(query).one()


def last_digest(session: Session, row: Delivery, kinds: Kinds) -> str | None:
    """The digest kept with the newest delivery of this lane, and of the kinds that draw its surface, that was really
    sent; None too where it is not known which of two attempts is there."""
    query = select(Delivery.result).where(
        Delivery.lane == row.lane, col(Delivery.kind).in_(kinds), Delivery.state == Is.SENT, OVER
    )
    for result in session.exec(query.order_by(col(Delivery.id).desc()).limit(20)):
        if result and "digest" in result:
            return str(result["digest"]) or None
    return None


def depths(session: Session) -> dict[str, int]:
    """How many deliveries stand in each unsettled state."""
    query = select(Delivery.state, func.count()).where(OPEN).group_by(Delivery.state)
    return {state: 0 for state in Is.UNSETTLED} | dict(session.exec(query).all())
