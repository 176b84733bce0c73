"""Overrides and periods on call, read."""

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage.models import (
    Member,
    OnCallPeriod,
    ScheduleOverride,
)
from storage.queries.incidents import _OF

_OVERRIDES = (
    select(ScheduleOverride)
    .where(
        ScheduleOverride.end > _OF,
        or_(col(ScheduleOverride.cancelled_at).is_(None), col(ScheduleOverride.cancelled_at) > _OF),
    )
    .order_by(col(ScheduleOverride.id))
)


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
