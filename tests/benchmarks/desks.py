"""Desks without a bot: a fresh, migrated database of either kind, and the services over it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text

from bot.catalog import load
from bot.clock import SystemClock
from bot.services import work_factory
from bot.work import WorkFactory
from storage import schema
from storage.db import Database
from tests.benchmarks.bench import ROOT
from tests.torture.databases import server

BOTH = ("sqlite", "postgresql")


@contextmanager
def desk_at(kind: str) -> Iterator[WorkFactory]:
    """Over the company of the demo."""
    with _sqlite() if kind == "sqlite" else server() as url:
        database = Database(url)
        schema.ready(database.engine, migrate=True)
        catalog = load(ROOT / "bot" / "catalog" / "demo.yml")
        yield work_factory.make(database, SystemClock(), lambda: catalog)
        database.close()


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/t.db"


def analyzed(desk: WorkFactory) -> None:
    """PostgreSQL plans by statistics, which a table that was filled a moment ago has not yet."""
    if not desk.database.is_sqlite:
        engine = create_engine(desk.database.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("ANALYZE"))
        engine.dispose()
