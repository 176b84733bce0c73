"""A page by several ways as rows: committed with the page, made good after a crash, and never held up by Slack."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot import clock as clocks
from bot.deliveries import kinds
from bot.domain.core.people import TOCSIN
from bot.engine.auditor import Auditor
from bot.engine.dispatcher import Dispatcher
from bot.engine.metrics import Metrics
from bot.integrations.outbound import Outbound, Reach
from bot.integrations.outcome import Outcome, Sent
from bot.services import timers as clockwork
from storage import claims, outbox
from storage.models import Delivery, Timer
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    opened.set_up_mail()
    yield opened
    opened.close()


def owed(room: DeliveryHarness) -> dict[str, str]:
    with room.desk.read() as session:
        return {row.key: row.state for row in session.exec(select(Delivery)) if row.priority == 0}


class Hanging:
    """Slack hangs for as long as the test says; the other ways do not."""

    def __init__(self) -> None:
        self.may_go, self.mailed = threading.Event(), threading.Event()

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        if isinstance(item, Reach):
            self.mailed.set()
        else:
            self.may_go.wait(60)
        return Sent({"nothing": "done"})


def test_a_slack_that_hangs_holds_up_no_other_way(room: DeliveryHarness) -> None:
    for number in range(6):
        room.declare(f"Incident {number}", service="checkout")
    postman = Hanging()
    dispatcher = Dispatcher(
        room.desk, lambda session, row: kinds.compose(session, row, room.composer()), postman, observe=Metrics()
    )
    dispatcher.start()
    try:
        assert postman.mailed.wait(60), "the e-mail waited for Slack"
    finally:
        postman.may_go.set()
        dispatcher.stop()


def test_the_ways_are_rows_of_the_transaction_that_pages(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    assert owed(room) == {"page:1:slack": "pending", "page:1:email": "pending"}


def test_what_was_under_way_at_a_crash_is_sent_after_it(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    with room.desk.work(TOCSIN) as w:
        ids = [row.id for row in claims.unsettled(w.session) if row.priority == 0]
        claimed = claims.claim(w.session, clocks.real(), lease="dead", seconds=15, ids=ids)
        assert len(claimed) == 2
    with room.desk.work(TOCSIN) as w:  # the next start
        assert outbox.orphans_to_ambiguous(w.session, clocks.real()) == 2
    room.deliver()
    assert owed(room) == {"page:1:slack": "sent", "page:1:email": "sent"}


def test_how_often_a_page_may_have_arrived_survives_every_restart(room: DeliveryHarness) -> None:
    """Each sender that was killed in the middle of it counts; what is known not to have arrived does not."""
    room.declare(service="checkout")

    def count(outcome: str) -> int:
        """Claimed once more; then the process is killed, or settles with `outcome`."""
        with room.desk.work(TOCSIN) as w:
            ids = [row.id for row in claims.unsettled(w.session) if row.kind in kinds.BEYOND_SLACK]
            rows = claims.claim(w.session, clocks.real(), lease="x", seconds=15, ids=ids[:1])
            letter = kinds.compose(w.session, rows[0], room.composer())
            if outcome:
                at = clocks.real()
                outbox.add_attempt(w.session, rows[0], started=at, ended=at, at=at, outcome=outcome, reason="")
        with room.desk.work(TOCSIN) as w:
            outbox.orphans_to_ambiguous(w.session, clocks.real())
        assert isinstance(letter, Reach)
        return letter.unconfirmed

    assert [count(outcome) for outcome in ("", "ambiguous", "not_applied", "not_applied", "")] == [0, 1, 2, 2, 2]


def test_a_timer_that_slept_through_a_downtime_uses_each_way_once(room: DeliveryHarness) -> None:
    room.declare("Search is slow", "sev3", service="search")
    room.deliver(fail=("page",))
    room.later(hours=2)
    clockwork.fire(room.desk, "contact", "page:1")
    clockwork.fire(room.desk, "contact", "page:1")
    room.deliver()
    assert [one.key for one in room.of("page.way")] == ["page:1:email"]
    with room.desk.read() as session:
        assert session.get(Timer, ("contact", "page:1")) is None


def test_a_page_that_left_by_another_way_is_not_overdue(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    auditor = Auditor(room.desk)
    auditor.audit()
    assert auditor.waiting() == [1]
    with room.desk.work(TOCSIN) as w:
        row = next(row for row in w.session.exec(select(Delivery)) if row.key == "page:1:email")
        at = clocks.real()
        outbox.add_attempt(
            w.session, row, started=at, ended=at + timedelta(seconds=1), at=at, outcome="sent", reason=""
        )
    auditor.audit()
    assert auditor.waiting() == []
