"""Ends the ways by which a page is told to its person."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, update

from storage import outbox, timers
from storage.models import PageStep


def end(session: Session, page: int, keys: Sequence[str], reason: str, at: datetime, real: datetime) -> None:
    """No way of this page is used any more: steps, deliveries and the timer go. A call under way is left to end.

    `at` is business time, `real` that of the outbox.
    """
    session.execute(
        update(PageStep)
        .where(col(PageStep.page) == page, col(PageStep.state).in_(("waiting", "owed")))
        .values(state="dropped", note=reason, settled_at=at)
    )
    outbox.drop(session, keys, reason, real)
    timers.disarm(session, "contact", f"page:{page}")
