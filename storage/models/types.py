"""Column types that both databases share: aware UTC times, JSON, and the words of an enum."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String, literal_column
from sqlalchemy.sql.operators import OperatorType, eq, in_op, ne, not_in_op
from sqlalchemy.types import TypeDecorator, TypeEngine


class Json(TypeDecorator[Any]):
    """JSON; on PostgreSQL JSONB, which its dialect is asked for: an import would load all of it beside SQLite too."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: type[TypeEngine[Any]] = dialect.ischema_names["jsonb"] if dialect.name == "postgresql" else JSON  # type: ignore[attr-defined]
        return dialect.type_descriptor(kind())


class UtcTime(TypeDecorator[datetime]):
    """Stores an aware datetime as UTC; SQLite gives back naive ones, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class _Literal(TypeDecorator.Comparator[str], String.Comparator[str]):
    """A known word that a column is compared with stands in the statement itself, wherever that is written.

    As a parameter it would hide what the statement looks for: SQLite then uses no index of what is open, and PostgreSQL
    none from the sixth run of a prepared statement on. Both would read all that ever was.
    """

    def operate(self, op: OperatorType, *other: Any, **more: Any) -> Any:
        if op in (eq, ne) and isinstance(other[0], str):
            other = (self._literal(other[0]),)
        elif op in (in_op, not_in_op) and isinstance(other[0], list | tuple | set | frozenset):
            other = ([self._literal(one) for one in other[0]],)
        return super().operate(op, *other, **more)

    def _literal(self, value: Any) -> Any:
        kind: Any = self.type
        return literal_column(f"'{value}'", kind) if value in kind.known else value


class _Word(TypeDecorator[str]):
    """A member of a StrEnum, stored as its text. A text that this release does not know is read as it is."""

    impl = String
    cache_ok = True
    comparator_factory = _Literal

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self.known: dict[str, str] = {word.value: word for word in words}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Called for each row that is read, so without the steps that `process_result_value` takes."""
        known = self.known
        return lambda value: known.get(value, value)


def word(words: type[StrEnum]) -> Any:
    """The type of a column that holds one of these words."""
    return _Word(words)


def strange_words(row: Any) -> list[str]:
    """What stands in a record's columns of words and is none that this release knows."""
    values = ((getattr(row, name), known) for name, known in _words_of(row.__class__))
    return [value for value, known in values if value is not None and value not in known]


@cache
def _words_of(model: type[Any]) -> tuple[tuple[str, dict[str, Any]], ...]:
    columns = model.__table__.columns
    return tuple((one.key, one.type.known) for one in columns if isinstance(one.type, _Word))
