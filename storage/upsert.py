"""INSERT .. ON CONFLICT for whichever database the session talks to."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def upsert(session: Session, model: type[SQLModel]) -> Any:
    """An insert statement that has on_conflict_do_nothing and on_conflict_do_update."""
    table = model.__table__  # type: ignore[attr-defined]
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
