"""INSERT .. ON CONFLICT for whichever database the session talks to."""

from importlib import import_module
from typing import Any

from sqlmodel import Session, SQLModel


def dialect(session: Session) -> str:
    """Its name: what statements that are made once are kept by."""
    return str(session.get_bind().dialect.name)


def upsert(name: str, model: type[SQLModel]) -> Any:
    """An insert statement of a dialect that has on_conflict_do_nothing and on_conflict_do_update.

    The engine has loaded its own dialect; naming both in an import would load the other one too.
    """
    return import_module(f"sqlalchemy.dialects.{name}").insert(model.__table__)  # type: ignore[attr-defined]


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
