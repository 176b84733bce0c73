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


def put(session: Session, row: SQLModel) -> None:
    """Stores the row, whether or not there is one of its key; another replica may be doing the same."""
    session.flush()
    table, values = row.__table__, row.model_dump()  # type: ignore[attr-defined]
    key = [column.name for column in table.primary_key]
    insert = upsert(dialect(session), type(row)).values(values)
    others = {name: insert.excluded[name] for name in values if name not in key}
    session.connection().execute(insert.on_conflict_do_update(index_elements=key, set_=others))
    known = session.identity_map.get(session.identity_key(type(row), tuple(values[name] for name in key)))
    if known is not None:
        session.expire(known)
