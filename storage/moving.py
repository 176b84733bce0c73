"""Moves everything into an empty database of the other kind, in one transaction: all of it, or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import JSON, Connection, MetaData, Table, delete, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, SQLModel, col

from storage import journal, schema
from storage.db import Database
from storage.models import Setting

BATCH = 500


class MoveProblem(Exception):
    """Nothing was moved; the text is the sentence for the operator."""


@dataclass(frozen=True)
class Moved:
    """Rows by table."""

    rows: dict[str, int]


def move(source: Database, target: Database, begins: Callable[[str], None] = lambda text: None) -> Moved:
    """Copies every row into `target`, a PostgreSQL database without any. `source` has to be held, and stays as it is.

    `begins` is told what is done next. Raises MoveProblem and SchemaProblem.
    """
    begins("Preparing the new database")
    with source.read() as session:
        schema.is_ours(session.connection())  # of a newer one we would leave behind what we do not know
        schema.require_current(session.connection())
        schema.upgrade(target.engine)
        with target.engine.begin() as into:
            _alone(into)
            rows: dict[str, int] = {}
            tables = _tables()
            for place, table in enumerate(tables, 1):
                begins(f"Copying {table.name} (table {place} of {len(tables)})")
                rows[table.name] = _fill(session.connection(), into, table)
            begins("Checking the journal there")
            _sequences(into)
            if faults := list(journal.faults(Session(into))):
                raise MoveProblem(f"the journal was tampered with or is damaged: {'; '.join(faults)}")
            return Moved(rows)


def _tables() -> list[Table]:
    """Those that are pointed at come first."""
    return list(SQLModel.metadata.sorted_tables)


def _alone(into: Connection) -> None:
    """Nobody else writes until the end, and nothing is there. Raises MoveProblem."""
    names = ", ".join(f'"{table.name}"' for table in _tables())
    into.execute(text("SET LOCAL statement_timeout = 0"))
    into.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    into.execute(delete(Setting).where(col(Setting.key) == schema.BESIDE))  # its migration wrote it: ours comes along
    for table in _tables():
        if count := into.execute(select(func.count()).select_from(table)).scalar_one():
            raise MoveProblem(f"the target is not empty: {table.name} has {count} rows. Nothing was copied.")


def _fill(source: Connection, into: Connection, table: Table) -> int:
    """The number of rows copied; an older row comes first, since a younger one may point at it."""
    order = list(table.primary_key.columns)
    rows = source.execute(select(table).order_by(*order).execution_options(yield_per=BATCH))
    twin = _twin(table)
    for batch in rows.mappings().partitions(BATCH):
        into.execute(twin.insert(), [dict(row) for row in batch])
    counts = [one.execute(select(func.count()).select_from(table)).scalar_one() for one in (source, into)]
    if counts[0] != counts[1]:
        raise MoveProblem(f"{table.name} has {counts[0]} rows here and {counts[1]} there. Nothing was copied.")
    return int(counts[1])


def _twin(table: Table) -> Table:
    """The same table, in which an absent JSON value stays absent instead of becoming JSON's null."""
    twin = table.to_metadata(MetaData())
    for column in twin.columns:
        if isinstance(column.type, JSON):
            column.type = JSONB(none_as_null=True)
    return twin


def _sequences(into: Connection) -> None:
    """New rows get numbers after the copied ones."""
    for table, column in _numbered():
        named = into.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": f'"{table.name}"', "c": column})
        if (sequence := named.scalar()) is None:
            continue  # its numbers are given by us
        highest = into.execute(select(func.max(table.columns[column]))).scalar()
        if highest is not None:
            into.execute(text("SELECT setval(:s, :n)"), {"s": sequence, "n": highest})


def _numbered() -> Iterator[tuple[Table, str]]:
    for table in _tables():
        keys = list(table.primary_key.columns)
        if len(keys) == 1 and keys[0].type.python_type is int:
            yield table, keys[0].name
