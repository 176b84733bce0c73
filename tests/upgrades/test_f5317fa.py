"""A database and a backup that f5317fa left behind: after the upgrade they say what they said then, and paging goes on.

f5317fa wrote facts under the names of their classes. Its journal stays as it is, since the hash chain is over it.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine
from sqlmodel import col, select

from bot.clock import ManualClock
from bot.deliveries.learning.postmortem import postmortem_markdown
from bot.domain.core.fact import of_entry, stored_names
from bot.domain.paging import explanation
from bot.domain.paging.facts import LevelReached, Paged
from bot.engine.timers import fire_due
from bot.rendering.contexts import render
from bot.rendering.contexts.core.presenter import Presenter
from bot.services import work_factory
from handlers.web.paging import why
from storage import backup, journal, moving, schema
from storage.db import Database
from storage.models import Escalation, JournalEntry, Page
from storage.queries import paging_evidence
from tests.storage.delivery_harness import COMPANY, DeliveryHarness, cached

LEFT = Path(__file__).parent / "f5317fa"
SAID: dict[str, Any] = json.loads((LEFT / "said.json").read_text("utf-8"))
THEN = datetime.fromisoformat(SAID["now"])
INCIDENTS = (1, 2, 3)


def from_dump(folder: Path) -> Path:
    """The database, from its text."""
    path = folder / "left.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((LEFT / "tocsin.sql").read_text("utf-8"))
    connection.close()
    return path


def from_backup(folder: Path) -> Path:
    """The backup, restored by this release."""
    copy = folder / "backup.db"
    copy.write_bytes(gzip.decompress((LEFT / "backup.db.gz").read_bytes()))
    found = backup.restore(copy, folder / "restored.db")
    assert (found.incidents, found.faults) == (3, ())
    return folder / "restored.db"


def upgraded(path: Path) -> Database:
    engine = create_engine(f"sqlite:///{path}")
    schema.ready(engine, migrate=True)
    engine.dispose()
    return Database(f"sqlite:///{path}")


@pytest.fixture(params=[from_dump, from_backup], ids=["database", "backup"])
def left(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[DeliveryHarness]:
    """What was left, opened by this release at the moment at which it was left; moved to PostgreSQL, on PostgreSQL."""
    database = upgraded(request.param(tmp_path))
    if database_url.startswith("postgresql"):
        source, database = database, Database(database_url)
        moving.move(source, database)
        source.close()
    yield _opened(database)
    database.close()


def _opened(database: Database) -> DeliveryHarness:
    catalog, clock = cached(COMPANY), ManualClock(THEN)
    harness = DeliveryHarness(work_factory.make(database, clock, lambda: catalog), clock)
    harness.set_up_mail()
    return harness


def test_the_audit_holds_and_the_journal_is_as_it_was(left: DeliveryHarness) -> None:
    with left.desk.read() as session:
        assert list(journal.faults(session)) == []
        assert Counter(session.exec(select(JournalEntry.fact)).all()) == Counter(SAID["journal"])


def here(said: Any) -> Any:
    """The same with its times in the zone in which they are shown since then; f5317fa wrote UTC."""
    zone = ZoneInfo(cached(COMPANY).display.time_zone)

    def written(found: re.Match[str]) -> str:
        then = datetime.strptime(found[1], "%Y-%m-%d %H:%M").replace(tzinfo=UTC).astimezone(zone)
        return f"{then:%Y-%m-%d %H:%M %Z}"

    def fallback(found: re.Match[str]) -> str:
        return f"{found[1]}{datetime.fromtimestamp(int(found[2]), zone):%H:%M %Z}>"

    text = json.dumps(said, ensure_ascii=False)
    text = re.sub(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC", written, text)
    return json.loads(re.sub(r"(<!date\^(\d+)\^\{time\}\|)\d\d:\d\d UTC>", fallback, text))


@pytest.mark.parametrize("number", INCIDENTS)
def test_timeline_why_and_postmortem_say_what_they_said(number: int, left: DeliveryHarness) -> None:
    with left.desk.read() as session:
        shown = render.answer(session, left.composer(), "timeline", number)
        assert {"text": shown.text, "blocks": shown.blocks} == here(SAID[f"timeline-{number}"])
        assert postmortem_markdown(session, number, left.composer()) == here(SAID[f"postmortem-{number}"])
        found = paging_evidence.of_incident(session, number, stored_names(explanation.FACTS))
        runs = explanation.explain(
            found.escalations, found.pages, found.facts, found.steps, found.deliveries, found.attempts
        )
        assert why.plain(Presenter(left.catalog, THEN), runs) == SAID[f"why-{number}"]


def test_running_escalations_go_on(left: DeliveryHarness) -> None:
    """Both were at their second level; when its time is over, the third is paged."""
    left.later(minutes=6)
    assert fire_due(left.desk) >= 2
    left.deliver()
    with left.desk.read() as session:
        running = select(Escalation).where(Escalation.state == "running").order_by(col(Escalation.id))
        assert [(one.id, one.incident, one.level) for one in session.exec(running)] == [(3, 2, 2), (4, 3, 2)]
        asked = session.exec(select(Page).where(Page.escalation == 4, Page.level == 2)).all()
        assert asked
        assert {one.state for one in asked} == {"sent"}
        newest = session.exec(select(JournalEntry).where(JournalEntry.subject == "incident:3")).all()
        told = {of_entry(one.fact) for one in newest if one.at > THEN + timedelta(minutes=1)}
        assert {LevelReached, Paged} <= told
        assert "paging.paged" in {one.fact for one in newest}, "what is new is written under its stable name"
        assert list(journal.faults(session)) == [], "the chain goes on over both"
