"""INSERT .. ON CONFLICT for whichever database the session talks to."""

from functools import cache
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
    values = row.model_dump()
    session.connection().execute(_put(dialect(session), type(row)), values)
    key = tuple(values[name] for name in _key(type(row)))
    known = session.identity_map.get(session.identity_key(type(row), key))
    if known is not None:
        session.expire(known)


@cache
def _put(name: str, model: type[SQLModel]) -> Any:
    insert, key = upsert(name, model), _key(model)
    others = {column: insert.excluded[column] for column in model.model_fields if column not in key}
    return insert.on_conflict_do_update(index_elements=key, set_=others)


def _key(model: type[SQLModel]) -> list[str]:
    return [column.name for column in model.__table__.primary_key]  # type: ignore[attr-defined]
