"""Column types that both databases share: aware UTC times and JSON."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
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
