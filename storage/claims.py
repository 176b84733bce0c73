"""Claims: which rows may be sent the engine knows; whether they really may is asked here, of those rows alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal_column, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.models import Delivery
from storage.models import DeliveryState as Is
from storage.upsert import dialect

MINUTE = timedelta(minutes=1)
SKEW = timedelta(minutes=5)
"""By how much the clocks of two replicas may differ; Slack refuses requests that are further off."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MOST = 500
"""Rows that are asked about in one statement."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is known of a delivery that is not settled: enough to say when its turn comes."""

    id: int
    lane: str
    after: int | None
    priority: int
    kind: str
    state: Is
    not_before: datetime
    lease_until: datetime | None = None

    @classmethod
    def of(cls, row: Delivery) -> "Owed":
        return cls(row.id or 0, row.lane, row.after, row.priority, row.kind, row.state, row.not_before, row.lease_until)

    def due(self, now: datetime) -> datetime | None:
        """When it may be tried, as far as the clock is concerned; None while it is parked.

        No page is ever put off by more than half a minute: one that seems to be is due, for the clock was set back.
        Nor does a lease last for longer than another replica's clock may be ahead.
        """
        if self.state == Is.LEASED:
            until = self.lease_until or now
            return now if until > now + SKEW else until
        if self.state != Is.PENDING:
            return None
        return now if self.priority == 0 and self.not_before > now + MINUTE else self.not_before


_COLUMNS = [getattr(Delivery, name) for name in Owed.__slots__]
_ALL = select(*_COLUMNS).where(col(Delivery.state).in_(Is.UNSETTLED))
_NEWER = _ALL.where(col(Delivery.id) > bindparam("seen"))
_THESE = _ALL.where(col(Delivery.id).in_(bindparam("ids", expanding=True)))
_LAST = select(func.max(Delivery.id))


def unsettled(session: Session) -> list[Owed]:
    """Everything that is owed. Its cost grows with what is owed: for now and then."""
    return [Owed(*row) for row in session.execute(_ALL)]


def newer(session: Session, seen: int) -> list[Owed]:
    """What of the deliveries after this one is owed."""
    return [Owed(*row) for row in session.execute(_NEWER, {"seen": seen})]


def these(session: Session, ids: Collection[int]) -> list[Owed]:
    """Which of them are still owed, as they are now."""
    wanted = sorted(ids)
    found: list[Owed] = []
    for start in range(0, len(wanted), MOST):
        found += [Owed(*row) for row in session.execute(_THESE, {"ids": wanted[start : start + MOST]})]
    return found


def last(session: Session) -> int:
    """The highest number so far."""
    return session.execute(_LAST).scalar() or 0


def moments(now: datetime, *, spare: bool = False) -> dict[str, datetime]:
    """What `sendable` compares with; `spare`: no lease counts as run out."""
    return {"now": now, "soon": now + MINUTE, "ahead": now + SKEW, "lapsed": LONG_AGO if spare else now}


def sendable(now: Any, soon: Any, ahead: Any, lapsed: Any, seen: Any) -> ColumnElement[bool]:
    """May be tried now: due, first of its lane, and what it waits for is settled. A lease that ran out counts too."""
    before, first = aliased(Delivery), aliased(Delivery)
    pending, leased = (col(Delivery.state) == Is.PENDING), (col(Delivery.state) == Is.LEASED)
    free = or_(
        and_(pending, col(Delivery.priority) == 0, col(Delivery.not_before) > soon),
        and_(pending, col(Delivery.not_before) <= now),
        and_(leased, or_(col(Delivery.lease_until) < lapsed, col(Delivery.lease_until) > ahead)),
    )
    waits = select(first.id).where(first.id == Delivery.after, col(first.state).in_(Is.UNSETTLED)).exists()
    behind = (
        select(before.id)
        .where(before.lane == Delivery.lane, col(before.id) < col(Delivery.id), col(before.id) > seen)
        .where(col(before.state).in_(Is.UNSETTLED))
        .exists()
    )
    return and_(free, ~waits, ~behind)


def claim(
    session: Session,
    now: datetime,
    *,
    lease: str,
    seconds: float,
    ids: Sequence[int],
    seen: int = 0,
    spare: bool = False,
) -> list[Delivery]:
    """Takes those of these deliveries that may be tried now, most urgent first.

    `seen`: the caller knows everything owed up to this one, so only what came after it may still be ahead in a lane.
    `spare`: what another holds stays with it, though its lease ran out.
    """
    given = {"ids": list(ids), "seen": seen, "holder": lease, "until": now + timedelta(seconds=seconds)}
    taken = _claim(dialect(session))
    rows = session.scalars(taken, moments(now, spare=spare) | given, execution_options={"synchronize_session": False})
    return sorted(rows, key=lambda row: (row.priority, row.id))


_GIVEN: dict[str, Any] = {name: bindparam(name) for name in ("now", "soon", "ahead", "lapsed", "seen")}


@cache
def _claim(name: str) -> Any:
    """One statement. A row that was leased lost its sender, which died or hangs: the call may have gone through.

    `once` goes: what changes from here on needs a row of its own.
    """
    lost = case(((col(Delivery.state) == Is.LEASED), col(Delivery.lease_until)))
    # PostgreSQL finds a row by its place without an index. One that moved meanwhile is another replica's.
    place: Any = literal_column("delivery.ctid") if name == "postgresql" else Delivery.id
    wanted = select(place.label("place")).select_from(Delivery)
    wanted = wanted.where(col(Delivery.id).in_(bindparam("ids", expanding=True)), sendable(**_GIVEN))
    # It looks once into such an expression; into a subquery it may look again.
    chosen = wanted.with_for_update(skip_locked=True).cte("chosen")
    taken = update(Delivery).where(place.in_(select(chosen.c.place)))
    return taken.values(
        ambiguous_since=func.coalesce(col(Delivery.ambiguous_since), lost),
        state=Is.LEASED,
        lease=bindparam("holder"),
        once=None,
        lease_until=bindparam("until"),
        attempts=col(Delivery.attempts) + 1,
    ).returning(Delivery)
