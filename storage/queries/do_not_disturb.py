"""Who is behind do-not-disturb, and when: kept as Slack tells it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.models import DoNotDisturb

Stretch = tuple[datetime, datetime]


def of(session: Session, accounts: Iterable[str]) -> dict[str, DoNotDisturb]:
    """By Slack id; whoever has none is left out."""
    query = select(DoNotDisturb).where(col(DoNotDisturb.slack).in_(list(accounts)))
    return {row.slack: row for row in session.exec(query)}


def keep(session: Session, told: Mapping[str, Stretch | None], now: datetime) -> None:
    """What Slack told of each account now; None for somebody who has no do-not-disturb."""
    over = [slack for slack, stretch in told.items() if stretch is None]
    session.exec(delete(DoNotDisturb).where(col(DoNotDisturb.slack).in_(over)))
    for slack, stretch in told.items():
        if stretch is not None:
            session.merge(DoNotDisturb(slack=slack, begins=stretch[0], ends=stretch[1], seen_at=now))
