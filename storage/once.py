"""Keys of requests that were carried out: the first run stores its answer, a duplicate gets it back."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete

from storage.db import Database
from storage.models import OnceKey
from storage.upsert import upsert

KEPT = timedelta(days=14)


def claim(session: Session, key: str, at: datetime) -> bool:
    """True when the key is new. RETURNING decides; rowcount is -1 on some drivers."""
    statement = upsert(session, OnceKey).values(key=key, at=at, answer=None)
    taken = session.execute(statement.on_conflict_do_nothing().returning(OnceKey.__table__.c.key))  # type: ignore[attr-defined]
    return taken.first() is not None


def answer(session: Session, key: str) -> Any:
    """What the first run of this key answered."""
    row = session.get(OnceKey, key)
    return row.answer if row else None


def remember(session: Session, key: str, value: Any) -> None:
    row = session.get_one(OnceKey, key)
    row.answer = value
    session.add(row)


def sweep(database: Database, now: datetime) -> None:
    """Forgets keys older than a fortnight; Slack's longest retry is minutes."""
    with database.write() as session:
        session.execute(delete(OnceKey).where(col(OnceKey.at) < now - KEPT))
