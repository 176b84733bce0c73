"""Arms, disarms and finds timers."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col, select

from storage.models import Timer
from storage.upsert import dialect, upsert

# Made once: what runs in every transaction must not be built and looked up in every transaction.
_TABLE = Timer.__table__  # type: ignore[attr-defined]
_DISARM = delete(_TABLE).where(_TABLE.c.kind == bindparam("k"), _TABLE.c.subject == bindparam("of"))
_DUE = (
    select(Timer.kind, Timer.subject)
    .where(col(Timer.due_at) <= bindparam("now"))
    .order_by(col(Timer.due_at), col(Timer.kind).desc())
    .limit(bindparam("most"))
)
_NEXT = select(Timer.due_at).order_by(col(Timer.due_at)).limit(1)


def write(session: Session, wanted: Mapping[tuple[str, str], datetime | None]) -> None:
    """Sets or moves the one timer of each (kind, subject); None takes it away."""
    gone = [{"k": kind, "of": subject} for (kind, subject), due_at in wanted.items() if due_at is None]
    armed = [
        {"kind": kind, "subject": subject, "due_at": due_at} for (kind, subject), due_at in wanted.items() if due_at
    ]
    if gone:
        session.connection().execute(_DISARM, gone)
    if armed:
        session.connection().execute(_arm(dialect(session)), armed)


@cache
def _arm(name: str) -> Any:
    insert = upsert(name, Timer)
    return insert.on_conflict_do_update(index_elements=["kind", "subject"], set_={"due_at": insert.excluded.due_at})


def due(session: Session, now: datetime, limit: int = 200) -> list[tuple[str, str]]:
    """Keys of the timers that are due, in due order.

    At the same moment a level goes before the ways of a page (by name, backwards): who is asked anew then is called
    once, by the new page.
    """
    return [(kind, subject) for kind, subject in session.exec(_DUE, params={"now": now, "most": limit})]


def take(session: Session, kind: str, subject: str, now: datetime) -> Timer | None:
    """Locks and removes a timer that is still due; None when it was disarmed, moved or taken by another replica."""
    query = select(Timer).where(Timer.kind == kind, Timer.subject == subject, Timer.due_at <= now)
    timer = session.exec(query.with_for_update(skip_locked=True)).first()
    if timer is not None:
        session.delete(timer)
        session.flush()
    return timer


def next_due(session: Session) -> datetime | None:
    return session.exec(_NEXT).first()
