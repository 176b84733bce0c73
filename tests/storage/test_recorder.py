"""What is known and cannot be recorded at once: it is kept until it can be, and nothing is sent a second time."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot import clock as clocks
from bot.catalog import load
from bot.clock import ManualClock
from bot.domain.core.people import TOCSIN
from bot.engine import queue, recorder
from bot.engine.dispatcher import Dispatcher
from bot.engine.metrics import Metrics
from bot.engine.sender_pools import Line
from bot.integrations.outbound import Outbound, Post
from bot.integrations.outcome import Outcome, Reason, Retry, Sent
from bot.services import work_factory
from bot.services.incidents import lifecycle
from bot.work import WorkFactory
from storage import outbox, schema
from storage.db import Database
from storage.models import Delivery, DeliveryState, Incident

DEMO = Path(__file__).resolve().parents[2] / "bot" / "catalog" / "demo.yml"
LEASE = 1.5


class Desk(WorkFactory):
    """A desk whose database goes away when it is told to; `refused` counts who asked meanwhile."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.away = threading.Event()
        self.refused = 0

    def work(self, *args: Any, **more: Any) -> Any:
        self._ask()
        return super().work(*args, **more)

    def read(self) -> Any:
        self._ask()
        return super().read()

    def _ask(self) -> None:
        if self.away.is_set():
            self.refused += 1
            raise OperationalError("SELECT", {}, psycopg.OperationalError("the server closed the connection"))


class Postman:
    """Notes whom it wrote to; `first` is done when it has something in hand, before it answers."""

    def __init__(self, first: Callable[[], None] = lambda: None, answer: Outcome | None = None) -> None:
        self.first, self.answer = first, answer or Sent({"nothing": "done"})
        self.sent: list[str] = []
        self.called = threading.Condition()

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        assert isinstance(item, Post)
        if not self.sent:
            self.first()
        with self.called:
            self.sent.append(item.key)
            self.called.notify_all()
        return self.answer

    def wait_for(self, key: str) -> None:
        with self.called:
            assert self.called.wait_for(lambda: key in self.sent, 60), f"{key} was not sent, only {self.sent}"


def letter(session: Session, row: Delivery) -> Outbound:
    return Post("U01ANA", "You are paged", [], row.key)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """Two incidents, and nothing that is owed for them. PostgreSQL gives up a wait for a lock at once."""
    database = Database(database_url)
    if not database.is_sqlite:
        event.listen(database.engine, "connect", _impatient)
    schema.ready(database.engine, migrate=True)
    catalog = load(DEMO)
    clock = ManualClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    with work_factory.make(database, clock, lambda: catalog).work(TOCSIN) as w:
        for _ in range(2):
            lifecycle.declare(w, lifecycle.Declaration("Checkout returns 5xx", "sev1"))
        w.session.flush()
        w.session.connection().exec_driver_sql("DELETE FROM delivery")
    yield Desk(database, clock, lambda: catalog, {})
    database.close()


def _impatient(connection: Any, _: object) -> None:
    connection.execute("SET lock_timeout = '50ms'")
    connection.commit()


@pytest.fixture
def run(desk: Desk) -> Iterator[Callable[..., Dispatcher]]:
    started: list[Dispatcher] = []

    def run(postman: Postman, at: Desk = desk, lease: float = LEASE) -> Dispatcher:
        started.append(Dispatcher(at, letter, postman, observe=Metrics(), lease=lease))
        started[-1].start()
        return started[-1]

    yield run
    for one in started:
        one.stop()


def owe(desk: Desk, key: str, incident: int = 1, asks: bool = True) -> None:
    with desk.work(TOCSIN) as w:
        at = clocks.real()
        outbox.add(w.session, {"key": key, "kind": "test", "lane": key, "after": None, "once": None, "priority": 0,
                               "payload": {"incident": incident}, "asks": key if asks else None,
                               "created_at": at, "not_before": at})  # fmt: skip


def row(desk: Desk, key: str = "page") -> Delivery:
    with WorkFactory.read(desk) as session:
        found = outbox.by_key(session, key)
    assert found is not None
    return found


def until(holds: Callable[[], bool], dispatcher: Dispatcher) -> None:
    end = clocks.monotonic() + 60
    while not holds():
        assert clocks.monotonic() < end
        dispatcher.wake()


def settled(desk: Desk, key: str = "page") -> Callable[[], bool]:
    return lambda: row(desk, key).state in DeliveryState.SETTLED


def is_renewed(desk: Desk, key: str = "page") -> Callable[[], bool]:
    """Whether a whole lease has gone by since now, and it is held all the same."""
    first = row(desk, key).lease_until

    def renewed() -> bool:
        lasts = row(desk, key).lease_until
        assert first is not None
        assert lasts is not None, "it was given back"
        return lasts - first > timedelta(seconds=LEASE)

    return renewed


def test_what_was_sent_when_the_database_went_away_is_recorded_when_it_is_back(desk: Desk, run: Any) -> None:
    owe(desk, "page")
    postman = Postman(first=desk.away.set)
    dispatcher = run(postman)
    postman.wait_for("page")
    lapses = clocks.real() + timedelta(seconds=LEASE)
    until(lambda: clocks.real() > lapses and desk.refused > 3, dispatcher)
    desk.away.clear()
    until(settled(desk), dispatcher)
    assert postman.sent == ["page"]
    assert (row(desk).state, row(desk).attempts, row(desk).ambiguous_since) == (DeliveryState.SENT, 1, None)


ONLY_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite locks no rows


@ONLY_POSTGRESQL
def test_what_cannot_be_recorded_for_a_lock_is_held_by_who_sent_it_until_it_can(desk: Desk, run: Any) -> None:
    owe(desk, "page")
    with desk.work(TOCSIN) as w:  # as whoever stands still
        w.lock(Incident, 1)
        postman, other = Postman(), Postman()
        dispatcher = run(postman)
        postman.wait_for("page")
        beside = run(other)
        until(is_renewed(desk), beside)
    until(settled(desk), dispatcher)
    assert (postman.sent, other.sent) == (["page"], [])
    assert row(desk).attempts == 1


@ONLY_POSTGRESQL
def test_when_the_database_is_back_no_other_is_quicker_than_who_sent_it(desk: Desk, run: Any) -> None:
    beside = Desk(desk.database, desk.clock, lambda: desk.catalog, {})
    other = Postman()
    second = run(other, beside, lease=3600.0)
    owe(desk, "page")
    postman = Postman(first=desk.away.set)
    dispatcher = run(postman)
    postman.wait_for("page")
    beside.away.set()
    lapses = clocks.real() + timedelta(seconds=2 * LEASE)
    until(lambda: clocks.real() > lapses and beside.refused > 0, second)
    beside.away.clear()
    owe(beside, "next")
    until(settled(desk, "next"), second)
    desk.away.clear()
    until(settled(desk), dispatcher)
    assert (postman.sent, other.sent) == (["page"], ["next"])


@ONLY_POSTGRESQL
def test_it_keeps_no_sender_and_nothing_else_waiting(desk: Desk, run: Any) -> None:
    several = [f"page {n}" for n in range(2 * Line.PAGES.senders)]
    for key in several:
        owe(desk, key)
    with desk.work(TOCSIN) as w:
        w.lock(Incident, 1)
        postman = Postman()
        dispatcher = run(postman)
        for key in several:
            postman.wait_for(key)
        owe(desk, "another", incident=2)
        dispatcher.wake()
        until(settled(desk, "another"), dispatcher)
        assert not any(settled(desk, key)() for key in several)
    for key in several:
        until(settled(desk, key), dispatcher)
    assert sorted(postman.sent) == sorted([*several, "another"])


@ONLY_POSTGRESQL
def test_who_cannot_record_it_for_too_long_keeps_it_from_nobody(
    desk: Desk, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(desk, "page")
    monkeypatch.setattr(queue, "RENEWALS", 0)
    with desk.work(TOCSIN) as w:
        w.lock(Incident, 1)
        postman, other = Postman(), Postman()
        run(postman)
        postman.wait_for("page")
        beside = run(other)
        until(lambda: other.sent == ["page"], beside)
    until(settled(desk), beside)
    assert row(desk).ambiguous_since is not None, "it was looked after"


@ONLY_POSTGRESQL
def test_a_page_that_did_not_leave_is_tried_again_although_that_cannot_be_recorded(desk: Desk, run: Any) -> None:
    owe(desk, "page")
    with desk.work(TOCSIN) as w:
        w.lock(Incident, 1)
        postman = Postman(answer=Retry(Reason.NOT_APPLIED, "refused", 0.0))
        dispatcher = run(postman)
        until(lambda: len(postman.sent) > 1, dispatcher)


def test_an_orderly_stop_tries_once_more(desk: Desk, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "AGAIN", 3600.0)
    owe(desk, "page")
    postman = Postman(first=desk.away.set)
    dispatcher = Dispatcher(desk, letter, postman, observe=Metrics(), lease=3600.0)
    dispatcher.start()
    postman.wait_for("page")
    until(lambda: desk.refused > 3, dispatcher)
    assert not settled(desk)()
    desk.away.clear()
    dispatcher.stop()
    assert (postman.sent, row(desk).state) == (["page"], DeliveryState.SENT)
