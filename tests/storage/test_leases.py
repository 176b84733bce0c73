"""Leases: what is claimed leaves once, by whoever holds it, and an orderly stop leaves nothing claimed behind."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from bot import clock as clocks
from bot.catalog import load
from bot.clock import ManualClock
from bot.domain.core.people import TOCSIN
from bot.engine.dispatcher import Dispatcher
from bot.engine.metrics import Metrics
from bot.engine.sender_pools import Line
from bot.integrations.outbound import Outbound
from bot.integrations.outcome import Outcome, Sent
from bot.work import WorkFactory
from storage.db import Database
from storage.models import Delivery, DeliveryState
from tests.storage.test_dispatcher import DEMO, Postman, letter, owe_page


@pytest.fixture
def desk(database: Database) -> WorkFactory:
    catalog = load(DEMO)
    return WorkFactory(database, ManualClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC)), lambda: catalog, {})


class SlowPostman(Postman):
    """Takes its time over every letter: as long as the test says."""

    def __init__(self, letters: int = 1) -> None:
        super().__init__()
        self.letters, self.may_go = letters, threading.Event()

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        self.letters -= 1
        assert self.letters >= 0, "it was sent a second time"
        self.called.set()
        self.may_go.wait(60)
        return Sent({"nothing": "done"})


def test_a_letter_that_takes_longer_than_its_lease_is_sent_once(desk: WorkFactory) -> None:
    owe_page(desk)
    postman = SlowPostman()
    dispatcher = Dispatcher(desk, letter, postman, observe=Metrics(), lease=0.3)
    dispatcher.start()
    assert postman.called.wait(60)
    first = until(desk)
    while until(desk) - first < timedelta(seconds=0.6):
        dispatcher.wake()
    postman.may_go.set()
    dispatcher.stop()
    with desk.read() as session:
        assert session.get_one(Delivery, 1).state == "sent"
        assert session.get_one(Delivery, 1).attempts == 1


def test_whoever_stood_still_since_the_claim_sends_nothing_that_another_has_taken_over(desk: WorkFactory) -> None:
    owe_page(desk)
    composed = threading.Event()

    def slowly(session: Session, row: Delivery) -> Outbound:
        with desk.work(TOCSIN) as w:
            held = w.session.get_one(Delivery, row.id)
            held.lease, held.lease_until = "another's", clocks.real() + timedelta(minutes=1)
        composed.set()
        return letter(session, row)

    postman = Postman()
    dispatcher = Dispatcher(desk, slowly, postman, observe=Metrics(), lease=0.0)
    dispatcher.start()
    assert composed.wait(60)
    dispatcher.stop()
    assert not postman.called.is_set()
    with desk.read() as session:
        assert session.get_one(Delivery, 1).lease == "another's"


def test_what_was_claimed_leaves_before_an_orderly_stop(desk: WorkFactory) -> None:
    """Else whoever comes next waits for the lease of a page that nobody is sending."""
    postman = SlowPostman(2)
    dispatcher = Dispatcher(desk, letter, postman, observe=Metrics())
    dispatcher._pools[Line.PAGES] = ThreadPoolExecutor(1)  # a sender is free, and its thread not yet
    for n in (1, 2):
        owe_page(desk, f"page:{n}:slack")
    dispatcher.start()
    assert postman.called.wait(60)
    while claimed(desk) < 2:
        dispatcher.wake()
    stopping = threading.Thread(target=dispatcher.stop)
    stopping.start()
    dispatcher._loop.join(60)
    postman.may_go.set()
    stopping.join(60)
    with desk.read() as session:
        assert [one.state for one in session.exec(select(Delivery))] == [DeliveryState.SENT, DeliveryState.SENT]


def until(desk: WorkFactory) -> datetime:
    with desk.read() as session:
        held = session.get_one(Delivery, 1).lease_until
    assert held is not None, "the lease ran out"
    return held


def claimed(desk: WorkFactory) -> int:
    with desk.read() as session:
        return len([one for one in session.exec(select(Delivery)) if one.lease])
