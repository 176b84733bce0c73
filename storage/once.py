"""Keys of requests that were carried out: the first run stores its answer, a duplicate gets it back."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session

from storage.models import OnceKey
from storage.upsert import dialect, upsert

_TABLE = OnceKey.__table__  # type: ignore[attr-defined]
_REMEMBER = update(_TABLE).where(_TABLE.c.key == bindparam("of")).values(answer=bindparam("told"))


def claim(session: Session, key: str, at: datetime) -> bool:
    """True when the key is new. RETURNING decides; rowcount is -1 on some drivers."""
    taken = session.connection().execute(_claim(dialect(session)), {"key": key, "at": at, "answer": None})
    return taken.first() is not None


@cache
def _claim(name: str) -> Any:
    return upsert(name, OnceKey).on_conflict_do_nothing().returning(_TABLE.c.key)


def answer(session: Session, key: str) -> Any:
    """What the first run of this key answered."""
    row = session.get(OnceKey, key)
    return row.answer if row else None


def remember(session: Session, key: str, value: Any) -> None:
    session.connection().execute(_REMEMBER, {"of": key, "told": value})
