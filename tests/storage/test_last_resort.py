"""The last resorts of paging: a page that cannot be drawn, an alarm that has no channel, a clock that was set back."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from bot import clock as clocks
from bot.deliveries import kinds
from bot.engine.auditor import Auditor
from bot.integrations.outbound import Nothing, Outbound, Post, Reach, Withdraw
from bot.integrations.outcome import Outcome, Reason, Sent
from bot.integrations.slack.sender import Slack
from bot.integrations.slack.web_api import SlackProblem
from bot.services import timers as clockwork
from bot.services.paging import escalations
from storage import claims, outbox
from storage.db import Database
from storage.models import Delivery, Escalation, Incident, JournalEntry, Page
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(empty_room: DeliveryHarness) -> DeliveryHarness:
    return empty_room


def compose(room: DeliveryHarness, kind: str) -> Outbound:
    with room.desk.read() as session:
        row = session.exec(select(Delivery).where(Delivery.kind == kind).order_by(col(Delivery.id))).first()
        assert row is not None
        return kinds.compose(session, row, room.composer())


def spoil(room: DeliveryHarness, kind: str) -> None:
    """The incident's severity left the configuration, and the delivery failed for it once."""
    with room.desk.database.write() as session:
        session.get_one(Incident, 1).severity = "SEV-9"
        for row in session.exec(select(Delivery).where(Delivery.kind == kind)):
            row.payload = {**row.payload, "plain": True}


def test_a_page_that_cannot_be_drawn_leaves_in_plain_words(room: DeliveryHarness) -> None:
    room.declare("Checkout <!channel> is down", service="checkout")
    spoil(room, "page")
    page = compose(room, "page")
    assert isinstance(page, Post)
    assert "INC-1 Checkout &lt;!channel&gt; is down" in page.text
    assert "/incident ack INC-1" in page.text


def exhaust(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    with room.desk.database.write() as session:
        session.get_one(Escalation, 1).policy = {"levels": [], "repeat": 0}
    room.deliver(fail=("page",))


def test_an_alarm_that_cannot_be_drawn_leaves_in_plain_words(room: DeliveryHarness) -> None:
    exhaust(room)
    spoil(room, "alarm")
    alarm = compose(room, "alarm")
    assert isinstance(alarm, Post)
    assert "No one has answered INC-1" in alarm.text


def test_the_alarm_goes_by_other_ways_too_for_slack_may_be_what_is_broken(room: DeliveryHarness) -> None:
    room.set_up_mail()
    room.declare("Checkout is down", service="checkout")
    with room.desk.database.write() as session:
        session.get_one(Escalation, 1).policy = {"levels": [], "repeat": 0}
    room.deliver(fail=("page", "page.way", "alarm"))
    mails = [one.letter for one in room.of("alarm.way") if isinstance(one.letter, Reach)]
    assert {one.person for one in mails} == {"dee", "eve"}
    assert all(one.urgent and one.title == "No one has answered INC-1" for one in mails)
    assert all("tocsin incident ack INC-1" in one.text for one in mails)
    room.act("U01DEE", lambda w, it: escalations.acknowledge(w, it))
    late = compose(room, "alarm.way")
    assert late == Nothing("it is over, or someone has answered meanwhile")


def test_pagers_that_were_told_of_the_alarm_are_told_of_its_end(room: DeliveryHarness) -> None:
    room.set_up_pagerduty()
    room.declare("Checkout is down", service="checkout")
    with room.desk.database.write() as session:
        session.get_one(Escalation, 1).policy = {"levels": [], "repeat": 0}
    room.deliver(fail=("page", "page.way"))
    alerts = {one.letter.alert for one in room.of("alarm.way")
              if isinstance(one.letter, Reach) and one.letter.via == "pagerduty"}  # fmt: skip
    assert {alert.split(":")[2] for alert in alerts} == {"U01DEE", "U01EVE"}
    room.act("U01DEE", lambda w, it: escalations.acknowledge(w, it))
    room.deliver()
    ended = {one.letter.alert: one.letter.because for one in room.of("page.withdraw")
             if isinstance(one.letter, Withdraw)}  # fmt: skip
    assert ended == dict.fromkeys(alerts, "acknowledged")


def test_an_alarm_without_its_channel_goes_to_everybody_who_was_asked(room: DeliveryHarness) -> None:
    exhaust(room)
    first = [one.letter.to for one in room.of("alarm") if isinstance(one.letter, Post)]
    assert first == ["#incidents", "U01DEE", "U01EVE"], "the team's lead and the admins are told in person anyway"
    with room.desk.database.write() as session:
        rows = session.exec(select(Delivery).where(Delivery.kind == "alarm"))
        next(row for row in rows if "to" not in row.payload).state = "pending"
    room.deliver(fail=("alarm",))
    told = [one.letter.to for one in room.of("alarm")[len(first) + 1 :] if isinstance(one.letter, Post)]
    assert "U01ANA" in told
    assert len({*first, *told}) == len([*first, *told]), "nobody is told twice"


def test_after_an_outage_nobody_is_woken_once_per_round(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    for _ in range(8):
        room.later(minutes=10)
        clockwork.fire(room.desk, "escalation", "escalation:1")
    with room.desk.read() as session:
        asked = session.exec(select(Page.person).where(Page.state == "owed")).all()
    assert len(asked) > len(set(asked)), "the policy should have come round to somebody a second time"
    room.deliver()
    told = [one.letter.to for one in room.of("page") if isinstance(one.letter, Post)]
    assert sorted(told) == sorted(set(asked))


def test_the_auditor_sees_an_entry_that_was_committed_after_a_later_one(room: DeliveryHarness) -> None:
    auditor = Auditor(room.desk)
    for _ in range(2):
        room.declare(service="checkout")
    with room.desk.database.write() as session:
        facts = select(JournalEntry).where(JournalEntry.fact == "paging.paged").order_by(col(JournalEntry.seq))
        paged = session.exec(facts).all()[0]
        late, values = paged.seq, paged.model_dump()
        session.delete(paged)
    auditor.audit()
    with room.desk.database.write() as session:
        session.add(JournalEntry(**values))
    auditor.audit()
    auditor.audit()
    assert auditor.waiting() == [1, 2], f"entry {late} was passed over"


class Blind:
    """A workspace where messages can be sent and nothing can be looked up."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason

    def call(self, method: str, **arguments: object) -> dict[str, object]:
        if method == "chat.postMessage":
            return {"ok": True, "channel": "D1", "ts": "1.2"}
        raise SlackProblem(method, self.reason, "no")


@pytest.mark.parametrize("reason", [Reason.LACKING, Reason.RATE, Reason.PERMANENT])
def test_a_page_leaves_even_where_nobody_may_look_for_the_first_one(reason: Reason) -> None:
    outcome: Outcome = Slack(Blind(reason)).send(Post("U01ANA", "You are paged", [], "page:1"), ambiguous=True)  # type: ignore[arg-type]
    assert isinstance(outcome, Sent)


def owe(database: Database, key: str, *, once: str | None = None, priority: int = 0, ahead: float = 0) -> None:
    at = clocks.real() + timedelta(seconds=ahead)
    values = {"key": key, "kind": "page", "lane": key, "after": None, "once": once, "priority": priority}
    with database.write() as session:
        outbox.add(session, {**values, "payload": {}, "created_at": at, "not_before": at})


def owed(session: Session, *, pages: bool) -> list[int]:
    return [row.id for row in claims.unsettled(session) if (row.priority == 0) is pages]


def claim(database: Database, *, pages: bool) -> list[str]:
    with database.write() as session:
        found = claims.claim(session, clocks.real(), lease="a", seconds=15, ids=owed(session, pages=pages))
        return [row.key for row in found]


@pytest.mark.parametrize(("ahead", "expected"), [(20, []), (3600, ["page"])])
def test_a_page_is_due_although_the_clock_was_set_back_an_hour(
    database: Database, ahead: float, expected: list[str]
) -> None:
    owe(database, "page", ahead=ahead)
    assert claim(database, pages=True) == expected


@pytest.mark.parametrize(
    ("steps_back", "taken"), [(0, False), (240, False), (3600, True), (86400 * 400, True), (-30, True)]
)
def test_a_lease_of_the_dead_runs_out_although_the_clock_was_set_back(
    database: Database, steps_back: float, taken: bool
) -> None:
    owe(database, "page", ahead=-60)
    with database.write() as session:
        began = clocks.real() + timedelta(seconds=steps_back)
        claims.claim(session, began, lease="of the dead", seconds=15, ids=owed(session, pages=True))
    with database.read() as session:
        due = claims.unsettled(session)[0].due(clocks.real())
        assert due is not None
        assert (due <= clocks.real()) is taken
    assert claim(database, pages=True) == (["page"] if taken else [])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_refresh_that_is_claimed_this_instant_is_owed_again(database: Database) -> None:
    owe(database, "card@1", once="card", priority=4)
    claimed: list[str] = []

    def another_replica(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE delivery SET after") and not claimed:
            claimed.append("now")
            claimed.extend(claim(database, pages=False))

    event.listen(database.engine, "before_cursor_execute", another_replica)
    owe(database, "card@2", once="card", priority=4)
    assert claimed == ["now", "card@1"]
    assert claim(database, pages=False) == ["card@2"]


def test_pages_that_do_not_leave_are_counted(database: Database) -> None:
    owe(database, "page", ahead=-120)
    owe(database, "post", ahead=-120, priority=3)
    with database.read() as session:
        assert outbox.late_pages(session, clocks.real() - timedelta(minutes=1)) == 1
