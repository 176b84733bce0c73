"""Keeps and ends the ways by which a page is told to its person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select, update

from storage.models import Escalation, Page, PageStep, StepState

_STEPS = insert(PageStep.__table__)  # type: ignore[attr-defined]


def keep(session: Session, planned: Sequence[PageStep]) -> None:
    """Stores the steps of a new page in one go; the records themselves stay out of the session."""
    session.connection().execute(_STEPS, [step.model_dump(exclude={"id"}) for step in planned])


def end(session: Session, page: int, reason: str, at: datetime) -> None:
    """No way of this page is used any more."""
    session.execute(
        update(PageStep)
        .where(col(PageStep.page) == page, col(PageStep.state).in_(StepState.PENDING))
        .values(state=StepState.DROPPED, note=reason, settled_at=at)
    )


def left_by(session: Session, page: int, ways: Sequence[str]) -> list[str]:
    """Which of these ways the page has left by, or is about to."""
    query = select(PageStep.via).where(
        PageStep.page == page, col(PageStep.via).in_(ways), col(PageStep.state).in_((StepState.OWED, StepState.SENT))
    )
    return list(session.exec(query.order_by(col(PageStep.id))))


def pages_left_by(session: Session, incident: int, ways: Sequence[str]) -> list[int]:
    """Pages of an incident that have left by one of these ways."""
    query = (
        select(PageStep.page)
        .join(Page, col(Page.id) == PageStep.page)
        .join(Escalation, col(Escalation.id) == Page.escalation)
        .where(Escalation.incident == incident, col(PageStep.via).in_(ways), PageStep.state == StepState.SENT)
    )
    return sorted(set(session.exec(query)))
