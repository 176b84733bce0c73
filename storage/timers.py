"""Arms, disarms and finds timers."""

from collections.abc import Mapping, Sequence
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
MOST = 200
"""Timers that are looked at together."""


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


def due(session: Session, now: datetime, kinds: tuple[str, ...], *, skip: int = 0) -> list[tuple[str, str]]:
    """Keys of the timers of these kinds that are due, in due order, at most `MOST` of them after the first `skip`.

    At the same moment a level goes before the ways of a page (by name, backwards): who is asked anew then is called
    once, by the new page. What only a newer release arms is left to it.
    """
    found = session.exec(_due(kinds), params={"now": now, "skip": skip})
    return [(kind, subject) for kind, subject in found]


@cache
def _due(kinds: tuple[str, ...]) -> Any:
    query = select(Timer.kind, Timer.subject).where(col(Timer.due_at) <= bindparam("now"), col(Timer.kind).in_(kinds))
    return query.order_by(col(Timer.due_at), col(Timer.kind).desc()).limit(MOST).offset(bindparam("skip"))


def armed_for(session: Session, at: datetime, subjects: Sequence[str]) -> list[tuple[str, str]]:
    """Keys of the timers of these subjects that fall due exactly then."""
    query = select(Timer.kind, Timer.subject).where(Timer.due_at == at, col(Timer.subject).in_(subjects))
    return [(kind, subject) for kind, subject in session.exec(query)]


def take(session: Session, kind: str, subject: str, now: datetime) -> Timer | None:
    """Locks and removes a timer that is still due; None when it was disarmed, moved or taken by another replica."""
    query = select(Timer).where(Timer.kind == kind, Timer.subject == subject, Timer.due_at <= now)
    timer = session.exec(query.with_for_update(skip_locked=True)).first()
    if timer is not None:
        session.delete(timer)
        session.flush()
    return timer


def next_due(session: Session, kinds: tuple[str, ...]) -> datetime | None:
    moment: datetime | None = session.exec(_next(kinds)).first()
    return moment


@cache
def _next(kinds: tuple[str, ...]) -> Any:
    return select(Timer.due_at).where(col(Timer.kind).in_(kinds)).order_by(col(Timer.due_at)).limit(1)
