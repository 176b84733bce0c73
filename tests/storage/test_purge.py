"""What is forgotten, and what never is: pages with their tries, whatever is open, and the journal."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, func, select, update

from bot.catalog import load
from bot.clock import ManualClock
from bot.domain.core.fact import stored_names
from bot.domain.paging.facts import Paged
from bot.services import work_factory
from bot.services.workspace import retention
from storage import purge
from storage.db import Database
from storage.models import Attempt, Delivery, Incident, JournalEntry, OnceKey, Setting
from storage.queries import paging_evidence, refusals
from tests import past
from tests.storage.delivery_harness import COMPANY

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=50)
INCIDENTS = 100
OPEN = 30


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A hundred incidents of long ago, one of which is still open."""
    opened = Database(database_url)
    past.lay(opened, INCIDENTS, NOW)
    with opened.write() as session:
        session.execute(update(Incident).where(col(Incident.number) == OPEN).values(status="monitoring"))
        session.execute(update(Delivery).values(payload={"escalation": 1}))
        for number in range(1, INCIDENTS + 1):
            mine = update(Delivery).where(col(Delivery.lane) == f"card:{number}")
            session.execute(mine.values(payload={"incident": number}))
    yield opened
    opened.close()


def rows(database: Database, model: type[SQLModel]) -> int:
    with database.read() as session:
        return session.exec(select(func.count()).select_from(model)).one()


def lanes(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.exec(select(Delivery.lane).where(Delivery.priority > 0)))


def test_what_is_long_over_goes_and_pages_open_incidents_and_the_journal_stay(database: Database) -> None:
    entries = rows(database, JournalEntry)
    names = stored_names([Paged])
    with database.read() as session:
        before = [row.model_dump() for row in paging_evidence.of_incident(session, 7, names).attempts]
    found = purge.deliveries(database, LONG_AGO)
    assert (found.deliveries, found.attempts) == (4 * (INCIDENTS - 1), 4 * (INCIDENTS - 1))
    assert lanes(database) == {f"card:{OPEN}"}
    assert rows(database, Delivery) == rows(database, Attempt) == 2 * INCIDENTS + 4
    assert rows(database, JournalEntry) == entries
    with database.read() as session:
        after = [row.model_dump() for row in paging_evidence.of_incident(session, 7, names).attempts]
    assert after == before != [], "whoever asks why they were paged is answered as before"


def test_an_incident_that_ends_later_is_come_back_to(database: Database) -> None:
    purge.deliveries(database, LONG_AGO)
    assert purge.deliveries(database, LONG_AGO).deliveries == 0
    with database.write() as session:
        session.execute(update(Incident).where(col(Incident.number) == OPEN).values(status="closed"))
    assert purge.deliveries(database, LONG_AGO).deliveries == 4
    with database.read() as session:
        last = session.exec(select(func.max(Delivery.id))).one()
        assert session.get_one(Setting, purge.MARK).value == last, "all that is left are pages, which stay"


def test_what_is_young_is_owed_or_asks_something_stays(database: Database) -> None:
    with database.write() as session:
        session.execute(update(Delivery).where(col(Delivery.lane) == "card:1").values(settled_at=NOW))
        session.execute(update(Delivery).where(col(Delivery.lane) == "card:2").values(state="parked"))
        session.execute(update(Delivery).where(col(Delivery.lane) == "card:3").values(asks="whether it is over"))
        session.execute(update(Incident).where(col(Incident.number) == 4).values(closed_at=NOW))
    purge.deliveries(database, LONG_AGO)
    assert lanes(database) == {f"card:{number}" for number in (1, 2, 3, 4, OPEN)}


def test_one_that_is_killed_in_the_middle_has_done_whole_batches_and_the_next_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        forget, calls = purge._forget, iter(range(10))

        def breaking(*given: object) -> None:
            forget(*given)  # type: ignore[arg-type]
            if next(calls):
                raise KeyboardInterrupt

        killed.setattr(purge, "_forget", breaking)
        with pytest.raises(KeyboardInterrupt):
            purge.deliveries(database, LONG_AGO)
    assert rows(database, Delivery) == rows(database, Attempt) > 2 * INCIDENTS + 4, "the first batch is gone, whole"
    purge.deliveries(database, LONG_AGO)
    assert lanes(database) == {f"card:{OPEN}"}


def test_a_refusal_that_was_answered_by_an_arrival_does_not_come_back(database: Database) -> None:
    kept = refusals.Finding(kind="card.refresh", code="x", what="cards", why="y", cure="z", place="here",
                            since=NOW - timedelta(days=101), lane=None)  # fmt: skip
    with database.write() as session:
        session.add(Setting(key=f"{refusals.PREFIX}cards", value=kept.kept()))
    purge.deliveries(database, NOW)
    with database.read() as session:
        assert refusals.findings(session) == []


def test_the_configuration_says_how_long_and_the_command_overrules_it(database: Database, tmp_path: Path) -> None:
    def forgotten(more: str, **overruled: timedelta) -> int:
        file = tmp_path / "tocsin.yml"
        file.write_text(COMPANY.read_text("utf-8") + more, "utf-8")
        catalog = load(file)
        desk = work_factory.make(database, ManualClock(NOW), lambda: catalog)
        return retention.forget(desk, NOW, **overruled).deliveries

    assert forgotten("") == 0, "half a year has not passed"
    assert forgotten("\nretention: {deliveries: null}\n") == 0
    assert forgotten("", deliveries=timedelta(days=50)) == 4 * (INCIDENTS - 1)


def test_keys_go_by_their_age(database: Database) -> None:
    with database.write() as session:
        session.add(OnceKey(key="young", at=NOW))
    assert purge.keys(database, LONG_AGO) == INCIDENTS
    assert rows(database, OnceKey) == 1
