"""A rule that breaks over an outcome: tried again, then given up and said to be; a page is never given up silently."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot import clock as clocks
from bot.deliveries.kinds import compose
from bot.engine.auditor import Auditor
from bot.engine.settlement import MOST_BREAKS, Claimed, settled
from bot.integrations.outbound import Delete, Nothing, NotYet, Outbound
from bot.integrations.outcome import Outcome, Reason, Retry, Sent
from bot.services import work_factory
from bot.services.paging import escalations
from bot.work import WorkFactory
from handlers.paging.why import told
from storage import outbox
from storage.models import Attempt, Delivery, JournalEntry, Page, PageStep
from tests.storage.delivery_harness import DeliveryHarness

UNREADABLE = Sent({"no": "channel"})  # the rule of every kind that stores where it was posted breaks over this


class TiredDesk(WorkFactory):
    """A desk whose database is away for the next transactions."""

    failures = 0

    def work(self, *args: Any, **more: Any) -> Any:
        if self.failures:
            self.failures -= 1
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        return super().work(*args, **more)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    catalog = opened.catalog
    opened.desk = TiredDesk(opened.desk.database, opened.clock, lambda: catalog, work_factory.CARRIERS)
    yield opened
    opened.close()


def attempt(room: DeliveryHarness, kind: str, outcome: Outcome) -> Delivery:
    """Claims the first delivery of this kind, as if its time had come, and settles it with this outcome."""
    now = clocks.real()
    with room.desk.database.write() as session:
        first = select(Delivery).where(Delivery.kind == kind, col(Delivery.state).in_(("pending", "leased")))
        row = session.exec(first.order_by(col(Delivery.id))).first()
        assert row is not None, f"nothing of the kind {kind} is owed"
        row.state, row.lease, row.lease_until = "leased", "mine", now + timedelta(seconds=15)
        row.attempts += 1
        session.flush()
        session.expunge(row)
    settled(room.desk, Claimed(row, "mine"), outcome, started=now, ended=now)
    return delivery(room, row.id or 0)


def delivery(room: DeliveryHarness, number: int) -> Delivery:
    with room.desk.read() as session:
        return session.get_one(Delivery, number)


def journal(room: DeliveryHarness, fact: str) -> list[str]:
    with room.desk.read() as session:
        return [entry.body for entry in session.exec(select(JournalEntry).where(JournalEntry.fact == fact))]


def break_it(room: DeliveryHarness, kind: str) -> Delivery:
    for n in range(1, MOST_BREAKS):
        row = attempt(room, kind, UNREADABLE)
        assert (row.state, row.payload["breaks"], row.lease) == ("pending", n, None)
        assert row.ambiguous_since is not None, "it was sent: the next try has to look for it first"
    return attempt(room, kind, UNREADABLE)


def test_a_post_whose_outcome_breaks_its_rule_is_given_up_and_frees_its_lane(
    room: DeliveryHarness, caplog: pytest.LogCaptureFixture
) -> None:
    room.declare(service="checkout")
    with caplog.at_level(logging.CRITICAL):
        row = break_it(room, "announce")
    assert row.state == "failed"
    assert "KeyError" in (row.error or "")
    assert [body for body in journal(room, "core.delivery_died") if '"announce"' in body]
    assert f"delivery {row.id} (announce" in caplog.text
    with room.desk.read() as session:
        behind = select(Delivery.id).where(Delivery.lane == row.lane, col(Delivery.state).in_(("pending", "leased")))
        assert outbox.held(session, row.id or 0, "mine") is None
        assert row.id not in session.exec(behind).all()


def test_why_tells_tries_on_the_clock_that_the_levels_run_on(room: DeliveryHarness) -> None:
    """The clock of this room stands still in the past; a sandbox's may have been pushed into the future."""
    number = room.declare(service="checkout")
    attempt(room, "page", Retry(Reason.NOT_APPLIED, "Slack is down"))
    attempt(room, "page", Sent({"channel": "D1", "ts": "1.0"}))
    with room.desk.read() as session:
        (run,) = told(session, number)
        real = session.exec(select(Attempt.ended_at)).first()
    tries = [one.at for rung in run.levels for page in rung.asked for way in page.ways for one in way.tries]
    assert tries == [room.clock.now(), room.clock.now()]
    assert real != room.clock.now()


def test_a_page_whose_outcome_breaks_its_rule_has_failed_and_the_next_level_is_asked(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    assert break_it(room, "page").state == "failed"
    assert len(journal(room, "paging.page_failed")) == 1
    with room.desk.read() as session:
        assert [page.state for page in session.exec(select(Page).order_by(col(Page.id)))][:2] == ["failed", "owed"]


def test_a_page_of_which_nothing_can_be_recorded_stays_with_the_auditor_until_it_is_answered(
    room: DeliveryHarness,
) -> None:
    room.declare(service="checkout")
    auditor = Auditor(room.desk)
    attempt(room, "page", Retry(Reason.NOT_APPLIED, "Slack was away"))
    auditor.audit()
    assert auditor.waiting() == [], "it was tried once"
    lose_the_page_of(room)
    row = break_it(room, "page")
    assert (row.state, row.settled_at is not None) == ("failed", True)
    assert journal(room, "paging.page_failed") == []
    auditor.audit()
    assert auditor.waiting() == [1]
    room.act("U01BO", escalations.acknowledge)
    auditor.audit()
    assert auditor.waiting() == []


def lose_the_page_of(room: DeliveryHarness) -> None:
    """Both rules of a page read its record: without it neither can run."""
    with room.desk.database.write() as session:
        row = session.exec(select(Delivery).where(Delivery.kind == "page")).one()
        row.payload = {**row.payload, "page": 999}


def test_a_database_that_is_away_is_not_the_fault_of_the_rule(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    assert isinstance(room.desk, TiredDesk)
    for _ in range(MOST_BREAKS + 1):
        room.desk.failures = 1
        with pytest.raises(OperationalError):
            attempt(room, "page", Sent({"channel": "D1", "ts": "1.2"}))
    row = attempt(room, "page", Sent({"channel": "D1", "ts": "1.2"}))
    assert (row.state, "breaks" in row.payload) == ("sent", False)
    with room.desk.read() as session:
        assert [one.outcome for one in session.exec(select(Attempt))] == ["sent"]


@pytest.mark.parametrize(
    ("reason", "after", "next_now"),
    [
        (Reason.NOT_APPLIED, 30.0, True),  # left alone, as it has failed too often
        (Reason.RATE, 30.0, True),
        (Reason.NOT_APPLIED, None, False),
        (Reason.RATE, 5.0, False),
        (Reason.WAITING, 30.0, False),
    ],
)
def test_a_page_that_cannot_leave_for_long_leaves_by_its_next_way(
    room: DeliveryHarness, reason: Reason, after: float | None, next_now: bool
) -> None:
    room.set_up_mail()
    room.declare(severity="sev3", service="checkout")
    with room.desk.database.write() as session:  # as for somebody whose mail comes an hour after Slack
        later = session.exec(select(PageStep).where(PageStep.via == "email")).one()
        later.state, later.due_at = "waiting", room.clock.now() + timedelta(hours=1)
        session.delete(session.exec(select(Delivery).where(Delivery.key == "page:1:email")).one())
    attempt(room, "page", Retry(reason, "not now", after))
    with room.desk.read() as session:
        owed = {row.key for row in session.exec(select(Delivery)) if row.priority == 0}
    assert ("page:1:email" in owed) == next_now


def post_again(room: DeliveryHarness, kind: str, outcome: Outcome) -> None:
    """A sender of that delivery, which stood still until another had taken it over, ends at last."""
    with room.desk.read() as session:
        row = session.exec(select(Delivery).where(Delivery.kind == kind)).first()
        assert row is not None
        session.expunge(row)
    settled(room.desk, Claimed(row, "lapsed"), outcome, started=clocks.real(), ended=clocks.real())


FIRST, SECOND = {"channel": "C1", "ts": "1.1"}, {"channel": "C1", "ts": "1.2"}
COPIES: list[tuple[Outcome, Sent, Outbound | None]] = [
    (Sent(FIRST, posted=True), Sent(SECOND, posted=True), Delete("C1", "1.2")),
    (Sent(FIRST, posted=True), Sent(FIRST, posted=True), Nothing("it is the only one")),  # the other found it in Slack
    (Sent(FIRST, posted=True), Sent(SECOND), None),  # it had found this one itself, or edited it
    (Sent(FIRST, posted=True), Sent({}), None),
    (Sent({"nothing": "not wanted"}), Sent(SECOND, posted=True), Nothing("it is the only one")),
    (Retry(Reason.AMBIGUOUS, "HTTP 500"), Sent(SECOND, posted=True),
     NotYet("its delivery is still under way, and may find this very message")),
]  # fmt: skip


@pytest.mark.parametrize(("outcome", "second", "expected"), COPIES)
def test_what_a_sender_without_its_lease_posted_a_second_time_is_taken_away(
    room: DeliveryHarness, outcome: Outcome, second: Sent, expected: Outbound | None
) -> None:
    room.declare("Checkout is down")
    attempt(room, "announce", outcome)
    for _ in range(2):
        post_again(room, "announce", second)
    with room.desk.read() as session:
        owed = list(session.exec(select(Delivery).where(Delivery.kind == "copy.remove")))
        letters = [compose(session, one, room.composer()) for one in owed]
    assert letters == [expected] * (expected is not None)
