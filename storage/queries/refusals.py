"""What does not leave: what Slack has refused for good, as far as nothing of the same kind has arrived since, and what
waits for a newer release."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import Attempt, AttemptOutcome, Delivery, DeliveryState, Setting
from storage.outbox import ASIDE, OVER

PREFIX = "refused:"
"""The settings in which findings are kept."""

CODE = "refusal"
"""In the payload of such a delivery: Slack's last word."""
ELSEWHERE = ">"
"""In the key of a delivery that goes to another place than the one that refused it."""
LOOKED_AT = 50


@dataclass(frozen=True)
class Finding:
    """`what` was to be delivered, `why` it was not and what is the `cure`; `place` where, `since` real time.

    `lane` is given where one kind goes to many people: then what reaches another proves nothing.
    """

    kind: str
    code: str
    what: str
    why: str
    cure: str
    place: str
    since: datetime
    lane: str | None

    def kept(self) -> dict[str, str | None]:
        return {**vars(self), "since": self.since.isoformat()}


def finding(session: Session, name: str) -> Finding | None:
    """The finding of this name that holds now."""
    row = session.get(Setting, PREFIX + name)
    return _held(session, row) if row else None


def findings(session: Session) -> list[Finding]:
    """All that hold now."""
    rows = session.exec(select(Setting).where(col(Setting.key).startswith(PREFIX)).order_by(Setting.key))
    return [found for row in rows if (found := _held(session, row))]


def instead(session: Session, row: Delivery, place: str, codes: Collection[str]) -> bool:
    """Was the message at `place`, on the lane of this delivery, posted because another one was refused so?"""
    moved = select(Delivery).where(
        Delivery.lane == row.lane, Delivery.state == DeliveryState.SENT, OVER, col(Delivery.key).like(f"%{ELSEWHERE}%")
    )
    for one in session.exec(moved.order_by(col(Delivery.id).desc()).limit(LOOKED_AT)):
        result = one.result or {}
        if f"{result.get('channel')}/{result.get('ts')}" == place:
            return one.payload.get(CODE) in codes
    return False


def forget_answered(session: Session) -> None:
    """Drops every finding that holds no more."""
    for row in session.exec(select(Setting).where(col(Setting.key).startswith(PREFIX))).all():
        if _held(session, row) is None:
            session.delete(row)


def _held(session: Session, row: Setting) -> Finding | None:
    kept = Finding(**{**row.value, "since": datetime.fromisoformat(row.value["since"])})
    arrived = select(Attempt.id).join(Delivery, col(Delivery.id) == col(Attempt.delivery)).where(
        Delivery.kind == kept.kind, Attempt.outcome == AttemptOutcome.SENT, col(Attempt.ended_at) > kept.since,
        col(Delivery.key).not_like(f"%{ELSEWHERE}%"),
    )  # fmt: skip
    if kept.lane:
        arrived = arrived.where(Delivery.lane == kept.lane)
    return None if session.exec(arrived.limit(1)).first() else kept


def aside(session: Session) -> int:
    """How many have waited for a newer release for so long that nothing waits behind them any more."""
    waiting = col(Delivery.lane).startswith(ASIDE), col(Delivery.state).in_(DeliveryState.UNSETTLED)
    return session.exec(select(func.count()).select_from(Delivery).where(*waiting)).one()
