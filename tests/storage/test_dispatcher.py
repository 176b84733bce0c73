"""The dispatcher when things break around it: a page that is owed leaves, however often the database was away."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot import clock as clocks
from bot.catalog import load
from bot.clock import ManualClock
from bot.deliveries import outcomes
from bot.domain.core.effect import PAGE, POST
from bot.domain.core.people import TOCSIN
from bot.engine.dispatcher import Dispatcher
from bot.engine.metrics import Metrics
from bot.engine.outage import RUN
from bot.engine.sender_pools import Line
from bot.integrations.outbound import Outbound, Post, SetTopic
from bot.integrations.outcome import Outcome, Reason, Retry, Sent
from bot.work import CROWD, WorkFactory
from storage import outbox, schema
from storage.db import Database
from storage.models import Attempt, Delivery, DeliveryState

DEMO = Path(__file__).resolve().parents[2] / "bot" / "catalog" / "demo.yml"


class Postman:
    """An integration that answers what it is told to, and notes what it was given."""

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        self.outcomes = list(outcomes)
        self.called, self.done = threading.Event(), threading.Event()

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        self.called.set()
        outcome = self.outcomes.pop(0) if self.outcomes else Sent({"ts": "1.1", "channel": "C1"})
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, Sent):
            self.done.set()
        return outcome


def letter(session: Session, row: Delivery) -> Outbound:
    return Post("U01ANA", "You are paged", [], row.key)


class TiredDesk(WorkFactory):
    """A desk whose database is away for the first looks."""

    failures = 0

    def read(self) -> Any:
        if self.failures:
            self.failures -= 1
            raise OperationalError("SELECT", {}, Exception("database is locked"))
        return super().read()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TiredDesk]:
    database = Database(f"sqlite:///{tmp_path}/t.db")
    schema.ready(database.engine, migrate=True)
    catalog = load(DEMO)
    yield TiredDesk(database, ManualClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC)), lambda: catalog, {})
    database.close()


@pytest.fixture
def run(desk: TiredDesk) -> Iterator[Callable[[Postman], Dispatcher]]:
    started: list[Dispatcher] = []

    def run(postman: Postman) -> Dispatcher:
        started.append(Dispatcher(desk, letter, postman, observe=Metrics()))
        started[-1].start()
        return started[-1]

    yield run
    for one in started:
        one.stop()


def owe_page(desk: WorkFactory, key: str = "page:1:slack", priority: int = PAGE) -> None:
    with desk.work(TOCSIN) as w:
        owe(w.session, key, "test", key, priority)


def owe(session: Session, key: str, kind: str, lane: str, priority: int = POST) -> None:
    at = clocks.real()
    outbox.add(session, {"key": key, "kind": kind, "lane": lane, "after": None, "once": None, "priority": priority,
                         "payload": {}, "created_at": at, "not_before": at})  # fmt: skip


def test_a_database_that_was_away_does_not_use_up_the_senders(desk: TiredDesk, run: Any) -> None:
    desk.failures = 2 * sum(line.senders for line in Line)
    postman = Postman()
    dispatcher = run(postman)
    while desk.failures:
        dispatcher.wake()
    owe_page(desk)
    dispatcher.wake()
    assert postman.done.wait(60), "the page was never sent"


def test_an_integration_that_breaks_costs_an_attempt_and_not_the_page(desk: TiredDesk, run: Any) -> None:
    owe_page(desk)
    postman = Postman(KeyError("channel"))
    run(postman)
    assert postman.done.wait(60), "the page was not tried again"
    with desk.read() as session:
        assert session.get_one(Attempt, 1).outcome == Reason.AMBIGUOUS


def test_a_page_told_to_wait_for_an_hour_is_tried_again_within_the_minute(desk: TiredDesk, run: Any) -> None:
    owe_page(desk)
    postman = Postman(Retry(Reason.RATE, "ratelimited", 3600.0))
    dispatcher = run(postman)
    assert postman.called.wait(60)
    dispatcher.stop()
    with desk.read() as session:
        assert (session.get_one(Delivery, 1).not_before - clocks.real()).total_seconds() <= 60


class NotingPostman(Postman):
    """Notes the key of each letter."""

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        super().__init__(*outcomes)
        self.keys: queue.Queue[str] = queue.Queue()

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        assert isinstance(item, Post | SetTopic)
        self.keys.put(item.key if isinstance(item, Post) else item.topic)
        return super().send(item, ambiguous=ambiguous, plain=plain)


def test_when_slack_is_back_everything_that_waited_leaves(desk: TiredDesk) -> None:
    for n in range(4):
        owe_page(desk, f"post:{n}", priority=POST)
    with desk.work(TOCSIN) as w:
        for row in w.session.exec(select(Delivery)):  # a long outage has put them off, all but the one that looks
            row.attempts, row.not_before = 7, row.not_before + timedelta(hours=1) * (row.id != 1)
    postman = NotingPostman()
    dispatcher = Dispatcher(desk, letter, postman, observe=Metrics())
    for _ in range(RUN):
        dispatcher.outage.saw(Retry(Reason.AMBIGUOUS, "500"), clocks.monotonic())
    dispatcher.start()
    left = [postman.keys.get(timeout=60) for _ in range(4)]
    dispatcher.stop()
    assert left[0] == "post:0", "the one that looks goes first"


def test_a_digest_that_fails_costs_neither_the_delivery_that_looked_nor_the_rest(
    desk: TiredDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(w: object) -> None:
        raise OperationalError("SELECT", {}, Exception("deadlock detected"))

    monkeypatch.setattr(outcomes, "back", fails)
    for n in range(2):
        owe_page(desk, f"post:{n}", priority=POST)
    with desk.work(TOCSIN) as w:
        row = w.session.get_one(Delivery, 2)
        row.attempts, row.not_before = 7, row.not_before + timedelta(hours=1)
    postman = NotingPostman()
    dispatcher = Dispatcher(desk, letter, postman, observe=Metrics())
    for _ in range(RUN):
        dispatcher.outage.saw(Retry(Reason.AMBIGUOUS, "500"), clocks.monotonic())
    dispatcher.start()
    left = [postman.keys.get(timeout=20) for _ in range(2)]
    dispatcher.stop()
    assert left == ["post:0", "post:1"], "each once"
    with desk.read() as session:
        assert {row.state for row in session.exec(select(Delivery))} == {DeliveryState.SENT}


def test_in_a_crowd_of_askers_pages_leave_and_posts_wait(desk: TiredDesk) -> None:
    postman = NotingPostman()
    dispatcher = Dispatcher(desk, letter, postman, observe=Metrics(), patience=3600)
    with ExitStack() as crowd:
        for _ in range(CROWD):
            crowd.enter_context(desk.asked())
        owe_page(desk, "post", priority=POST)
        owe_page(desk, "page:1")
        dispatcher.start()
        assert postman.keys.get(timeout=60) == "page:1"
        owe_page(desk, "page:2")
        assert postman.keys.get(timeout=60) == "page:2", "a post was sent while a crowd waited"
    assert postman.keys.get(timeout=60) == "post"
    dispatcher.stop()


def test_a_topic_that_never_changes_is_set_once(desk: TiredDesk) -> None:
    """Slack says in the room that it was set, so however often nothing was to be said, nothing is said again."""
    with desk.work(TOCSIN) as w:
        for n in range(25):
            owe(w.session, f"topic:{n}", "room.topic", "topic:1")
        owe(w.session, "last", "test", "topic:1")
    postman = NotingPostman()
    dispatcher = Dispatcher(desk, topic_or_letter, postman, observe=Metrics())
    dispatcher.start()
    assert [postman.keys.get(timeout=60) for _ in range(2)] == ["SEV-1", "last"]
    dispatcher.stop()


def topic_or_letter(session: Session, row: Delivery) -> Outbound:
    return SetTopic("C1", "SEV-1") if row.kind == "room.topic" else letter(session, row)


def test_what_an_earlier_attempt_left_in_slack_is_drawn_once_more(desk: TiredDesk) -> None:
    """It was found, not posted, and may read otherwise than what would be posted now."""
    with desk.work(TOCSIN) as w:
        owe(w.session, "topic:1", "room.topic", "topic:1")
        owe(w.session, "topic:2", "room.topic", "topic:1")
        owe(w.session, "topic:3", "room.topic", "topic:1")
        owe(w.session, "last", "test", "topic:1")
    postman = NotingPostman(Retry(Reason.AMBIGUOUS, "the answer was lost", 0.0))
    dispatcher = Dispatcher(desk, topic_or_letter, postman, observe=Metrics())
    dispatcher.start()
    assert [postman.keys.get(timeout=60) for _ in range(4)] == ["SEV-1", "SEV-1", "SEV-1", "last"]
    dispatcher.stop()
