"""What several tests of records begin with."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalog import load
from bot.clock import ManualClock
from bot.services import work_factory
from bot.work import WorkFactory
from storage import schema
from storage.db import Database
from tests.storage.delivery_harness import DeliveryHarness

DEMO = Path(__file__).resolve().parents[2] / "bot" / "catalog" / "demo.yml"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of the present schema, with nothing in it."""
    opened = Database(database_url)
    schema.ready(opened.engine, migrate=True)
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database) -> WorkFactory:
    """Work on it by the demo's file, at three in the morning."""
    catalog = load(DEMO)
    return work_factory.make(database, ManualClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC)), lambda: catalog)


@pytest.fixture
def empty_room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    """A post room in which nothing has happened."""
    opened = DeliveryHarness.opened(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def room(empty_room: DeliveryHarness) -> DeliveryHarness:
    """A post room in which an incident on the service checkout is declared."""
    empty_room.declare(service="checkout")
    return empty_room
