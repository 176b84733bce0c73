"""Two who want the same records: each waits for the other at most once, nobody is thrown out."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot import clock as clocks
from bot.catalog.loading import load_text
from bot.clock import ManualClock
from bot.domain.core.effect import Deliver
from bot.domain.core.errors import DomainError
from bot.domain.core.people import TOCSIN, Actor
from bot.domain.schedules import overrides
from bot.domain.schedules.facts import OnCallChanged
from bot.engine.settlement import Claimed, settled
from bot.integrations.outcome import Failed, Reason
from bot.services import timers as clockwork
from bot.services import work_factory
from bot.services.command import handoff
from bot.services.core import incident as incidents
from bot.services.core import settings
from bot.services.incidents import lifecycle, severity
from bot.services.incidents.lifecycle import Declaration, Resolution
from bot.services.paging import escalate, escalations, policies
from bot.services.schedules import cover_requests, history
from bot.services.schedules import overrides as override_service
from bot.services.schedules.cover_requests import Window
from bot.services.schedules.overrides import Wanted
from bot.services.workspace import members, user_groups
from bot.work import Work, WorkFactory
from storage import claims, journal, outbox
from storage.db import Database
from storage.models import Delivery, Escalation, Incident, JournalEntry, Page, PageState, Timer
from storage.queries import schedules as schedule_queries

DEMO = Path(__file__).resolve().parents[2] / "bot" / "catalog" / "demo.yml"
ANA, BO = Actor("U01ANA"), Actor("U01BO")


def declare(desk: WorkFactory) -> int:
    with desk.work(ANA) as w:
        return lifecycle.declare(w, Declaration("Checkout returns 5xx", "sev1", service="checkout")).incident or 0


def _resolve(w: Work, incident: Incident) -> None:
    lifecycle.resolve(w, incident, Resolution("rolled back"))


def until_somebody_waits(desk: WorkFactory, unless: Future[bool]) -> None:
    """Until another connection waits for a lock of ours; on SQLite it waits outside of the database."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    while not desk.database.is_sqlite and not unless.done():
        with desk.database.engine.connect() as connection:
            if connection.execute(waiting).scalar_one():
                return


@pytest.mark.parametrize("timer", ["escalation:1", "incident:1"])
def test_an_acknowledgement_in_the_second_of_the_escalation(desk: WorkFactory, timer: str) -> None:
    declare(desk)
    assert isinstance(desk.clock, ManualClock)
    desk.clock.forward(timedelta(hours=2))
    kind = "escalation" if timer.startswith("escalation") else "update"
    with ThreadPoolExecutor() as pool:
        with desk.work(BO) as w:
            incident = incidents.find(w, 1)
            firing = pool.submit(clockwork.fire, desk, kind, timer)
            until_somebody_waits(desk, firing)
            lifecycle.resolve(w, incident, Resolution("rolled back"))
        assert firing.result(60) is False
    with desk.read() as session:
        assert session.exec(select(Timer).where(Timer.subject == timer, Timer.kind == kind)).all() == []
        assert session.get_one(Escalation, 1).state == "stopped"


def look_at_the_rota(w: Work) -> None:
    history.hold(w)
    history.settle(w)


BEGINNINGS: dict[str, Callable[[Work], None]] = {
    "rota": look_at_the_rota,
    "members": lambda w: members.remember(w, [{"id": "U01NEW", "name": "new"}]),
    "settings": lambda w: settings.set_setting(w, "bot.user", "U01BOT"),
    "user groups": lambda w: user_groups.remember(w, [{"id": "S1", "handle": "oncall"}]),
}


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_two_replicas_begin_in_the_same_second_on_an_empty_database(desk: WorkFactory, beginning: str) -> None:
    def begin() -> bool:
        with desk.work(TOCSIN) as w:
            BEGINNINGS[beginning](w)
        return True

    with ThreadPoolExecutor() as pool:
        with desk.work(TOCSIN) as w:
            BEGINNINGS[beginning](w)
            w.session.flush()
            second = pool.submit(begin)
            until_somebody_waits(desk, second)
        assert second.result(60)


def test_what_is_being_settled_does_not_keep_the_other_leases_from_being_renewed(desk: WorkFactory) -> None:
    """Its settling may wait for an incident that somebody holds; the loop that claims pages may not wait with it."""
    declare(desk)
    now, later = clocks.real(), clocks.real() + timedelta(seconds=40)
    with desk.work(TOCSIN) as w:
        ids = [row.id for row in claims.unsettled(w.session) if row.priority]
        claimed = claims.claim(w.session, now, lease="ours", seconds=15, ids=ids)
        held = claimed[0].id or 0

    def renew() -> bool:
        with desk.work(TOCSIN) as w:
            outbox.renew(w.session, {row.id or 0: "ours" for row in claimed}, later)
        return True

    with ThreadPoolExecutor() as pool:
        if desk.database.is_sqlite:
            renew()
        else:
            with desk.work(TOCSIN) as w:
                assert outbox.held(w.session, held, "ours")
                assert pool.submit(renew).result(60)
    with desk.read() as session:
        kept = {row.id for row in session.exec(select(Delivery).where(Delivery.lease_until == later))}
    assert len(claimed) > 1
    assert kept >= {row.id for row in claimed} - {held}


def test_forty_people_press_everything_at_once(desk: WorkFactory) -> None:
    for _ in range(3):
        declare(desk)
    desk.clock.forward(timedelta(minutes=5))  # type: ignore[attr-defined]
    start = threading.Barrier(40)

    def press(n: int) -> str:
        start.wait()
        try:
            _deed(desk, n)
        except DomainError:
            return "refused"
        return "done"

    with ThreadPoolExecutor(40) as pool:
        assert set(pool.map(press, range(40))) <= {"done", "refused"}
    with desk.read() as session:
        assert list(journal.faults(session)) == []
        assert {one.state for one in session.exec(select(Escalation)).all()} <= {"running", "acknowledged", "stopped"}


def _deed(desk: WorkFactory, n: int) -> None:
    number, deed = 1 + n % 3, n % 8
    if deed == 0:
        declare(desk)
        return
    if deed == 1:
        clockwork.fire(desk, "escalation", f"escalation:{number}")
        return
    with desk.work(Actor(f"U{n:03}")) as w:
        incident = incidents.find(w, number)
        _press(w, incident, deed)


def _press(w: Work, incident: Incident, deed: int) -> None:
    match deed:
        case 3:
            escalate.escalate(w, incident)
        case 4:
            lifecycle.resolve(w, incident, Resolution("rolled back"))
        case 5:
            lifecycle.reopen(w, incident)
        case 6:
            severity.set_severity(w, incident, "sev2")
        case _:
            escalations.acknowledge(w, incident)


def test_a_request_is_taken_back_in_the_second_of_an_override(desk: WorkFactory) -> None:
    history.sweep(desk)
    at = desk.clock.now()
    with desk.read() as session:
        plan = overrides.rota_of(desk.catalog, *schedule_queries.overrides(session, at))
    name = plan.on_call("primary-oncall", at).people[0]
    first = Actor(desk.catalog.people[name].slack or name)
    start, end = at + timedelta(hours=1), at + timedelta(hours=2)

    def take_back() -> bool:
        with desk.work(first) as w:
            return cover_requests.withdraw(w, 1).template == "cover_settled"

    with desk.work(first) as w:
        cover_requests.ask(w, Window("primary-oncall", start, end))
    with ThreadPoolExecutor() as pool:
        with desk.work(Actor("U01DEE")) as w:
            history.hold(w)
            change = OnCallChanged(schedule="primary-oncall", people=[], before=[], since=at)
            w.record([change], schedule="primary-oncall")  # as when a hand-over is due in this second
            waiting = pool.submit(take_back)
            until_somebody_waits(desk, unless=waiting)
            override_service.add(w, Wanted("primary-oncall", "replace", at, end, name, "eve"))
        assert waiting.result(timeout=60), "the override has ended the request, and nobody was thrown out"


def another_policy(desk: WorkFactory) -> WorkFactory:
    """The same with a configuration by which checkout is paged for by another policy."""
    policies.sweep(desk)
    changed = load_text(DEMO.read_text().replace("policy: critical", "policy: high"), "tocsin.yml")
    return work_factory.make(desk.database, desk.clock, lambda: changed)


def leaves(desk: WorkFactory) -> None:
    with desk.work(TOCSIN) as w:
        (who,) = {page.slack for page in w.session.exec(select(Page)) if page.state in PageState.WAITING}
        handoff.left(w, str(who))


SEVERAL: dict[str, Callable[[WorkFactory], None]] = {
    "somebody who is asked leaves": leaves,
    "a service has another policy": lambda desk: policies.sweep(another_policy(desk)),
}


@pytest.mark.parametrize("what", SEVERAL)
def test_whoever_needs_several_incidents_takes_the_first_first(desk: WorkFactory, what: str) -> None:
    declare(desk)
    declare(desk)
    for use_case in (_resolve, lifecycle.reopen):  # its escalation is the newest now
        with desk.work(BO) as w:
            use_case(w, incidents.find(w, 1))
    with desk.read() as session:
        before = len(session.exec(select(JournalEntry)).all())
        running = session.exec(select(Escalation.incident).where(Escalation.state == "running").order_by(Escalation.id))
        assert list(running) == [2, 1], "the other order than the one that they are to be locked in"
    with ThreadPoolExecutor() as pool:
        with desk.work(BO) as w:
            incidents.find(w, 1)
            other = pool.submit(lambda: SEVERAL[what](desk) is None)
            until_somebody_waits(desk, other)
            incidents.find(w, 2)
        assert other.result(60), "nobody was thrown out"
    with desk.read() as session:
        entries = session.exec(select(JournalEntry.subject).order_by(JournalEntry.seq)).all()[before:]
    assert list(dict.fromkeys(entries)) == ["incident:1", "incident:2"]


def test_what_a_message_asks_is_answered_in_the_second_in_which_the_message_is_settled(desk: WorkFactory) -> None:
    declare(desk)
    ask = Deliver(kind="post", lane="ask", key="ask", asks="ask", payload={"incident": 1, "template": "close_ask"})
    with desk.work(TOCSIN) as w:
        w.carry_out(ask)
        at = clocks.real()
        ids = [row.id for row in claims.unsettled(w.session)]
        claimed = claims.claim(w.session, at, lease="ours", seconds=60, ids=ids)
    (row,) = (one for one in claimed if one.asks == "ask")
    refused = Failed(Reason.PERMANENT, "is_archived", "is_archived", "C2")
    with ThreadPoolExecutor() as pool:
        with desk.work(BO) as w:
            incidents.find(w, 1)
            settling = pool.submit(
                lambda: settled(desk, Claimed(row, "ours"), refused, started=at, ended=at) is not None
            )
            until_somebody_waits(desk, settling)
            assert outbox.no_longer_asking(w.session, "ask") == ["ask"]
        assert settling.result(60), "nobody was thrown out"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has no line that could go dead
def test_a_server_that_vanishes_without_a_word_is_noticed_within_seconds(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        asked = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
    database.close()
    assert asked["tcp_user_timeout"] == "10000"
    assert (asked["keepalives_idle"], asked["keepalives_interval"], asked["keepalives_count"]) == ("5", "2", "3")
