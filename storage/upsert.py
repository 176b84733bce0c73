"""INSERT .. ON CONFLICT for whichever database the session talks to."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def dialect(session: Session) -> str:
    """Its name: what statements that are made once are kept by."""
    return str(session.get_bind().dialect.name)


def upsert(name: str, model: type[SQLModel]) -> Any:
    """An insert statement of a dialect that has on_conflict_do_nothing and on_conflict_do_update."""
    table = model.__table__  # type: ignore[attr-defined]
    return sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)
