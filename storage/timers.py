"""Arms, disarms and finds timers."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import Session, col, delete, select

from storage.models import Timer
from storage.upsert import dialect, upsert


def arm(session: Session, kind: str, subject: str, due_at: datetime) -> None:
    """Sets the one timer of this kind and subject, moving it when it is armed already."""
    session.connection().execute(_arm(dialect(session)), {"kind": kind, "subject": subject, "due_at": due_at})


@cache
def _arm(name: str) -> Any:
    insert = upsert(name, Timer)
    return insert.on_conflict_do_update(index_elements=["kind", "subject"], set_={"due_at": insert.excluded.due_at})


def disarm(session: Session, kind: str, subject: str) -> None:
    session.execute(delete(Timer).where(col(Timer.kind) == kind, col(Timer.subject) == subject))


def due(session: Session, now: datetime, limit: int = 200) -> list[tuple[str, str]]:
    """Keys of the timers that are due, in due order."""
    query = select(Timer.kind, Timer.subject).where(Timer.due_at <= now).order_by(col(Timer.due_at)).limit(limit)
    return [(kind, subject) for kind, subject in session.exec(query)]


def take(session: Session, kind: str, subject: str, now: datetime) -> Timer | None:
    """Locks and removes a timer that is still due; None when it was disarmed, moved or taken by another replica."""
    query = select(Timer).where(Timer.kind == kind, Timer.subject == subject, Timer.due_at <= now)
    timer = session.exec(query.with_for_update(skip_locked=True)).first()
    if timer is not None:
        session.delete(timer)
        session.flush()
    return timer


def next_due(session: Session) -> datetime | None:
    return session.exec(select(Timer.due_at).order_by(col(Timer.due_at)).limit(1)).first()
