"""A replica of the next release works beside this one: what it owes, arms and writes is left to it, and nothing waits.

Its rows are planted: a kind of delivery, a message, a way, a timer, a state and a fact that this release does not know.
"""

import json
import queue
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from bot import clock as clocks
from bot.cli.doctor import installation
from bot.deliveries import kinds
from bot.domain.core.effect import PAGE, POST
from bot.domain.core.errors import OfANewerRelease
from bot.domain.core.people import TOCSIN
from bot.engine import retry
from bot.engine.auditor import Auditor
from bot.engine.dispatcher import Dispatcher
from bot.engine.metrics import Metrics
from bot.engine.timers import fire_due
from bot.engine.watchdog import Watch
from bot.integrations.outbound import Outbound
from bot.integrations.outcome import Outcome, Sent
from bot.services import timers as rules
from bot.services.paging import escalations
from storage import journal, outbox, timers
from storage.models import Delivery, DeliveryState, Escalation, JournalEntry, Page, PageStep, Timer
from tests.storage.delivery_harness import DeliveryHarness
from tests.stories.records import until


@pytest.fixture
def room(empty_room: DeliveryHarness) -> DeliveryHarness:
    return empty_room


class Postman:
    """Notes what it is given, and sends all of it."""

    def __init__(self) -> None:
        self.given: queue.Queue[Outbound] = queue.Queue()

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        self.given.put(item)
        return Sent({"channel": "C1", "ts": "1.1"})


Run = Callable[[], tuple[Dispatcher, Postman]]


@pytest.fixture
def run(room: DeliveryHarness) -> Iterator[Run]:
    started: list[Dispatcher] = []

    def run() -> tuple[Dispatcher, Postman]:
        postman = Postman()
        compose = lambda session, row: kinds.compose(session, row, room.composer())  # noqa: E731
        started.append(Dispatcher(room.desk, compose, postman, observe=Metrics()))
        started[-1].start()
        return started[-1], postman

    yield run
    for one in started:
        one.stop()


def owe(room: DeliveryHarness, key: str, kind: str, payload: dict[str, Any], **more: Any) -> None:
    at = clocks.real() - more.pop("age", timedelta(0))
    row = {"key": key, "kind": kind, "lane": key, "after": None, "once": None, "priority": POST, "payload": payload,
           "created_at": at, "not_before": at}  # fmt: skip
    with room.desk.work(TOCSIN) as w:
        outbox.add(w.session, row | more)


def stands(room: DeliveryHarness, key: str) -> Delivery:
    with room.desk.read() as session:
        row = session.exec(select(Delivery).where(Delivery.key == key)).one()
        session.expunge(row)
    return row


HELLO = {"to": "U01ANA", "template": "hello", "incident": None,
         "values": {"text": "hi", "asked": False, "number": None}}  # fmt: skip
STRANGE: dict[str, tuple[str, dict[str, Any]]] = {
    "a kind": ("hologram", {"incident": 1}),
    "a message": ("dm", {"to": "U01ANA", "template": "of_tomorrow", "incident": None, "values": {}}),
    "a message about an incident": ("post", {"incident": 1, "template": "of_tomorrow", "at": "2026-11-21T03:00:00"}),
    "a way": ("page.way", {"page": 1, "via": "pigeon"}),
}


@pytest.mark.parametrize("case", STRANGE)
@pytest.mark.parametrize("priority", [PAGE, POST])
def test_what_only_a_newer_release_can_send_is_left_to_it(
    case: str, priority: int, room: DeliveryHarness, run: Run
) -> None:
    room.declare(service="checkout")
    room.deliver()
    kind, payload = STRANGE[case]
    owe(room, "strange", kind, payload, priority=priority)
    dispatcher, postman = run()
    looks = 0
    for n in count():
        if looks == 4:  # as often as a rule of this release would be given up for
            break
        owe(room, f"known:{n}", "dm", HELLO)
        dispatcher.wake()
        postman.given.get(timeout=60)
        with room.desk.work(TOCSIN) as w:
            row = w.session.exec(select(Delivery).where(Delivery.key == "strange")).one()
            looks += bool(row.error)
            row.error, row.not_before = None, clocks.real()
    dispatcher.stop()
    row = stands(room, "strange")
    assert (row.state, row.attempts, row.lease, row.settled_at) == (DeliveryState.PENDING, 0, None, None)
    assert postman.given.empty(), "it reached nobody"
    with room.desk.read() as session:
        assert "core.delivery_died" not in session.exec(select(JournalEntry.fact)).all()


def test_it_keeps_its_place_for_a_minute_and_then_nothing_waits_behind_it(room: DeliveryHarness, run: Run) -> None:
    lane = "dm:U01ANA"
    owe(room, "fresh", "hologram", {}, lane="dm:U01BO")
    owe(room, "behind fresh", "dm", HELLO, lane="dm:U01BO")
    owe(room, "old", "hologram", {}, lane=lane, age=retry.FOR_ANOTHER_RELEASE + timedelta(seconds=1))
    owe(room, "behind old", "dm", HELLO, lane=lane)
    dispatcher, postman = run()
    postman.given.get(timeout=60)
    dispatcher.stop()
    assert stands(room, "behind old").state == DeliveryState.SENT
    assert stands(room, "behind fresh").state == DeliveryState.PENDING
    old = stands(room, "old")
    assert (old.state, old.lane) == (DeliveryState.PENDING, f"{outbox.ASIDE}{old.id}")
    watch = Watch(room.desk, connected=lambda: True, accepts=lambda via: True, problems=list)
    assert watch.ailing() == {"deliveries": "1 wait for a newer release of Tocsin, which owed them"}
    (finding,) = installation._left(room.desk.database)
    assert (finding.state, finding.fix) == ("warning", "start the newer release again: it sends them.")


def test_a_newer_one_that_died_in_sending_has_perhaps_sent_it(room: DeliveryHarness, run: Run) -> None:
    """Whoever takes it next looks before it is sent a second time, whatever passed it on."""
    long_ago = clocks.real() - timedelta(minutes=2)
    owe(room, "strange", "hologram", {})
    with room.desk.work(TOCSIN) as w:
        row = w.session.exec(select(Delivery).where(Delivery.key == "strange")).one()
        row.state, row.lease, row.lease_until, row.attempts = DeliveryState.LEASED, "theirs", long_ago, 1
    owe(room, "known", "dm", HELLO)
    dispatcher, postman = run()
    postman.given.get(timeout=60)
    dispatcher.stop()
    row = stands(room, "strange")
    assert (row.state, row.attempts, row.ambiguous_since) == (DeliveryState.PENDING, 1, long_ago)


def test_timers_of_a_newer_release_stay_and_hold_up_none_of_ours(room: DeliveryHarness) -> None:
    """More of them than are looked at together."""
    number = room.declare(service="checkout")
    room.deliver()
    before = room.clock.now()
    with room.desk.work(TOCSIN) as w:
        w.session.add_all(Timer(kind="tomorrow", subject=f"x:{n}", due_at=before) for n in range(timers.MOST + 5))
    with room.desk.read() as session:
        assert timers.next_due(session, rules.known()) != before, "the loop is not woken for what is not ours"
        assert timers.due(session, before, rules.known()) == []
    room.later(minutes=6)
    assert fire_due(room.desk) > 0
    with room.desk.read() as session:
        running = session.exec(select(Escalation).where(Escalation.incident == number)).one()
        assert running.level == 1
        left = session.exec(select(Timer).where(Timer.kind == "tomorrow")).all()
        assert len(left) == timers.MOST + 5


def test_timers_that_fail_hold_up_none_behind_them(room: DeliveryHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    room.declare(service="checkout")
    room.deliver()
    with room.desk.work(TOCSIN) as w:
        w.session.add_all(
            Timer(kind="escalation", subject=f"no number {n}", due_at=w.now) for n in range(timers.MOST + 5)
        )
    room.later(minutes=6)
    fire_due(room.desk)
    with room.desk.read() as session:
        assert session.exec(select(Escalation.level)).one() == 1


def become(room: DeliveryHarness, table: str, column: str, word: str) -> None:
    with room.desk.work(TOCSIN) as w:
        w.session.connection().execute(text(f"UPDATE {table} SET {column} = :word"), {"word": word})


@pytest.mark.parametrize(("table", "column"), [("escalation", "state"), ("incident", "status"), ("page", "state")])
def test_a_record_in_a_state_of_tomorrow_is_left_as_it_is_with_its_timers(
    table: str, column: str, room: DeliveryHarness
) -> None:
    number = room.declare(service="checkout")
    room.deliver()
    become(room, table, column, "of_tomorrow")
    room.later(minutes=6)
    fire_due(room.desk)
    with room.desk.read() as session:
        assert session.exec(select(Timer).where(Timer.kind == "escalation")).one().due_at <= room.clock.now()
        assert session.exec(select(Escalation.level)).one() == 0
        assert session.connection().execute(text(f"SELECT {column} FROM {table}")).scalars().all() == ["of_tomorrow"]
    with pytest.raises(OfANewerRelease, match="Another version of Tocsin is at work on this"):
        room.act("U01ANA", lambda w, it: escalations.acknowledge(w, it), number)


@pytest.mark.parametrize(("table", "column"), [("escalation", "state"), ("incident", "status"), ("page", "state")])
def test_a_page_that_left_while_its_record_is_of_tomorrow_is_looked_for_by_whoever_knows(
    table: str, column: str, room: DeliveryHarness, run: Run
) -> None:
    room.declare(service="checkout")
    become(room, table, column, "of_tomorrow")
    dispatcher, _ = run()
    key = "page:1:slack"
    until(lambda: stands(room, key).error, "the page to be left")
    dispatcher.stop()
    row = stands(room, key)
    assert row.state == DeliveryState.PENDING
    assert (row.ambiguous_since is not None) is (table != "page"), "one of these was never sent"


def test_a_way_of_tomorrow_stops_none_that_we_know(room: DeliveryHarness) -> None:
    room.set_up_mail()
    room.put_mail_off()
    room.declare(service="checkout")
    with room.desk.work(TOCSIN) as w:
        page = w.session.exec(select(Page)).first()
        assert page
        w.session.add(PageStep(page=page.id, via="pigeon", state="waiting", due_at=w.now))
    room.later(minutes=2)
    fire_due(room.desk)
    with room.desk.read() as session:
        owed = session.exec(select(PageStep).where(PageStep.page == page.id, col(PageStep.state) == "owed")).all()
        assert {one.via for one in owed} == {"slack", "email", "pagerduty", "pigeon"}
        ways = select(Delivery).where(Delivery.kind == "page.way")
        assert {one.payload["via"] for one in session.exec(ways)} == {"email", "pagerduty", "pigeon"}


def test_facts_of_tomorrow_are_read_over_and_their_chain_holds(room: DeliveryHarness) -> None:
    number = room.declare(service="checkout")
    with room.desk.work(TOCSIN) as w:
        chain = journal.Journal(w.session)
        chain.append(subject=f"incident:{number}", fact="incidents.of_tomorrow", actor="U01BO", at=w.now, body={"x": 1})
        chain.write()
    room.act("U01ANA", lambda w, it: escalations.acknowledge(w, it), number)
    room.deliver()
    with room.desk.read() as session:
        assert list(journal.faults(session)) == []
        assert json.loads(session.exec(select(JournalEntry.body)).all()[-1]) != {"x": 1}
    assert Auditor(room.desk).audit() == []
