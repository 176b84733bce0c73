"""The unit of work: once means once, a refusal leaves no trace, and what is owed is committed with what is true."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.clock import ManualClock
from bot.domain.core.errors import DomainError, EmptyTitle
from bot.domain.core.people import Actor
from bot.services import timers as clockwork
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.services.incidents.lifecycle import Declaration
from bot.services.paging import escalations
from bot.work import Work, WorkFactory
from storage import journal
from storage.models import Delivery, Escalation, Incident, JournalEntry, OnceKey, Page, Timer

ANA = Actor("U01ANA")


def declare(desk: WorkFactory, key: str | None, title: str = "Checkout returns 5xx") -> Answer:
    what = Declaration(title, "sev1", service="checkout")
    return desk.run(ANA, key, lambda w: lifecycle.declare(w, what), Answer.restore)


def count(desk: WorkFactory, model: type) -> int:
    with desk.read() as session:
        return len(session.exec(select(model)).all())


def forward(desk: WorkFactory, minutes: int) -> None:
    assert isinstance(desk.clock, ManualClock)
    desk.clock.forward(timedelta(minutes=minutes))


def test_a_request_sent_again_is_answered_from_the_first_run(desk: WorkFactory) -> None:
    first = declare(desk, "cmd:1")
    again = declare(desk, "cmd:1")
    assert first == again
    assert count(desk, Incident) == 1
    assert declare(desk, "cmd:2").incident == 2


def test_the_same_request_from_many_threads_is_carried_out_once(desk: WorkFactory) -> None:
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(declare(desk, "cmd:1"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.incident for answer in answers] == [1] * 8
    assert count(desk, Incident) == 1


def test_a_refusal_leaves_no_trace_and_leaves_the_key_free(desk: WorkFactory) -> None:
    with pytest.raises(EmptyTitle):
        declare(desk, "cmd:1", title="   ")
    assert [count(desk, model) for model in (Incident, JournalEntry, Delivery, OnceKey, Timer)] == [0] * 5
    assert declare(desk, "cmd:1").incident == 1


def test_everything_that_follows_is_in_the_same_transaction(desk: WorkFactory) -> None:
    def declare_and_fail(w: Work) -> Answer:
        lifecycle.declare(w, Declaration("Checkout returns 5xx", "sev1", service="checkout"))
        raise RuntimeError("the machine stops here")

    with pytest.raises(RuntimeError):
        desk.run(ANA, "cmd:1", declare_and_fail, Answer.restore)
    assert [count(desk, model) for model in (Incident, Page, Delivery, Timer, OnceKey)] == [0] * 5


def test_acknowledging_leaves_no_timer_and_no_unsent_page(desk: WorkFactory) -> None:
    declare(desk, None)
    with desk.work(Actor("U01BO")) as w:
        escalations.acknowledge(w, incidents.find(w, 1))
    with desk.read() as session:
        assert session.exec(select(Timer).where(Timer.kind == "escalation")).all() == []
        pages = session.exec(select(Delivery).where(Delivery.kind == "page")).all()
        assert {page.state for page in pages} == {"dropped"}


def test_a_timer_fires_once_however_many_ask(desk: WorkFactory) -> None:
    declare(desk, None)
    forward(desk, 5)
    fired: list[bool] = []
    threads = [
        threading.Thread(target=lambda: fired.append(clockwork.fire(desk, "escalation", "escalation:1")))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fired) == [False] * 5 + [True]
    with desk.read() as session:
        levels = session.exec(select(Page.level).order_by(col(Page.id))).all()
    assert sorted(set(levels)) == [0, 1]


@pytest.mark.parametrize(("minutes", "level"), [(5, 1), (9, 1), (11, 2), (16, 3), (64, 3), (60 * 24, 3)])
def test_a_late_timer_asks_every_level_whose_time_has_come(desk: WorkFactory, minutes: int, level: int) -> None:
    declare(desk, None)
    forward(desk, minutes)
    assert clockwork.fire(desk, "escalation", "escalation:1")
    with desk.read() as session:
        facts = session.exec(select(JournalEntry.fact).order_by(col(JournalEntry.seq))).all()
        assert facts.count("paging.timer_was_late") == (minutes > 6)
        assert facts.count("paging.level_reached") == 1 + level
        escalation = session.get_one(Escalation, 1)
        assert (escalation.state, escalation.cycle, escalation.level) == ("running", 0, level)
        assert escalation.next_at == desk.clock.now() + timedelta(minutes=5), "the last level has its whole wait"


def test_the_journal_tells_the_whole_story_and_verifies(desk: WorkFactory) -> None:
    declare(desk, None)
    with desk.work(Actor("U01BO")) as w:
        incident = incidents.find(w, 1)
        escalations.acknowledge(w, incident)
        lifecycle.set_status(w, incident, "identified")
        lifecycle.resolve(w, incident, lifecycle.Resolution("rolled back"))
    with desk.read() as session:
        assert list(journal.faults(session)) == []
        facts = session.exec(select(JournalEntry.fact)).all()
    for name in (
        "incidents.declared",
        "incidents.room_wanted",
        "paging.paged",
        "paging.page_acknowledged",
        "incidents.status_changed",
        "incidents.resolved",
    ):
        assert name in facts


def test_what_is_over_stays_over(desk: WorkFactory) -> None:
    declare(desk, None)
    with desk.work(ANA) as w:
        lifecycle.cancel(w, incidents.find(w, 1), "a false alarm")
    for use_case in (lifecycle.resolve, lifecycle.set_status):
        argument = lifecycle.Resolution("x") if use_case is lifecycle.resolve else "identified"
        with pytest.raises(DomainError), desk.work(ANA) as w:
            use_case(w, incidents.find(w, 1), argument)  # type: ignore[operator]
