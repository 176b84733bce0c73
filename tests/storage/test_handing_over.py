"""Handing command over at random, and by two people at once: command is where the last acceptance or taking put it."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.catalog import load
from bot.clock import ManualClock
from bot.domain.core.errors import DomainError
from bot.domain.core.people import Actor
from bot.services import timers as clockwork
from bot.services import work_factory
from bot.services.command import handoff, holding, roles
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.services.incidents.lifecycle import Declaration
from bot.work import Work, WorkFactory
from storage import schema
from storage.db import Database
from storage.models import CommandOffer, Incident, OfferState
from storage.queries import command as command_queries

DEMO = Path(__file__).resolve().parents[2] / "bot" / "catalog" / "demo.yml"
PEOPLE = ("U01ANA", "U01BO", "U01DEE")
DEEDS = ("offer", "ic", "accept", "decline", "later", "withdraw", "take", "empty", "wait")
Deed = Callable[[Work, Incident], Answer]


@pytest.fixture
def desk(database_url: str) -> Iterator[WorkFactory]:
    database = Database(database_url)
    schema.ready(database.engine, migrate=True)
    catalog = load(DEMO)
    yield work_factory.make(database, ManualClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC)), lambda: catalog)
    database.close()


def declared(desk: WorkFactory) -> int:
    with desk.work(Actor("U01CY")) as w:
        return lifecycle.declare(w, Declaration("Checkout returns 5xx", "sev3", service="checkout")).incident or 0


def done(desk: WorkFactory, number: int, who: str, deed: Deed) -> str:
    """What the answer was, or which refusal."""
    try:
        with desk.work(Actor(who)) as w:
            return str(deed(w, incidents.find(w, number)).template)
    except DomainError as refusal:
        return type(refusal).__name__


def stands(desk: WorkFactory, number: int) -> tuple[str | None, CommandOffer | None]:
    """Who has command, and the offer that waits."""
    with desk.work(Actor("U01CY")) as w:
        return holding.commander(w, incidents.find(w, number)), command_queries.pending_offer(w.session, number)


@dataclass
class Model:
    """What people expect: one chair, and at most one offer of whoever sits in it."""

    chair: str | None = None
    asked: str | None = None
    by: str = ""
    ends: timedelta = timedelta()
    longer: bool = False
    now: timedelta = timedelta()

    def move(self, person: str | None) -> None:
        self.chair, self.asked = person, None

    def offer(self, who: str, person: str) -> None:
        if self.chair and self.asked is None and person not in (self.chair, who):
            self.asked, self.by, self.ends, self.longer = person, who, self.now + timedelta(minutes=10), False

    def does(self, deed: str, who: str, person: str) -> None:
        mine = self.asked == who
        if deed == "offer":
            self.offer(who, person)
        elif deed == "ic":
            if self.chair is None:
                self.move(person)
            elif person != who:
                self.offer(who, person)
        elif (deed == "accept" and mine) or (deed == "take" and who != self.chair):
            self.move(who)
        elif (deed == "decline" and mine) or (deed == "withdraw" and who in (self.chair, self.by)):
            self.asked = None
        elif deed == "later" and mine and not self.longer:
            self.longer, self.ends = True, max(self.ends, self.now + timedelta(minutes=5))
        elif deed == "empty" and who == self.chair:
            self.move(None)
        elif deed == "wait":
            self.now += timedelta(minutes=4)
            if self.asked and self.ends <= self.now:
                self.asked = None


def deed_of(name: str, person: str) -> Deed:
    if name == "offer":
        return lambda w, it: handoff.offer(w, it, person)
    if name == "ic":
        return lambda w, it: roles.take_role(w, it, "ic", person)
    if name == "take":
        return lambda w, it: handoff.take_now(w, it, "no answer")
    if name == "empty":
        return lambda w, it: roles.empty(w, it, "ic")
    return lambda w, it: handoff.answered(w, it, name)


@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=12))
@example([("offer", "U01ANA", "U01DEE"), ("empty", "U01BO", "U01BO"), ("ic", "U01BO", "U01BO")])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_command_is_where_people_expect_it(desk: WorkFactory, steps: list[tuple[str, str, str]]) -> None:
    number, model = declared(desk), Model()
    assert isinstance(desk.clock, ManualClock)
    done(desk, number, "U01ANA", deed_of("ic", "U01ANA"))
    model.move("U01ANA")
    for name, who, person in steps:
        if name == "wait":
            desk.clock.forward(timedelta(minutes=4))
            if (waits := stands(desk, number)[1]) is not None:
                clockwork.fire(desk, "offer", f"offer:{waits.id}")
        else:
            done(desk, number, who, deed_of(name, person))
        model.does(name, who, person)
        chair, offer = stands(desk, number)
        assert (chair, offer.person if offer else None) == (model.chair, model.asked), (name, who, person)
        assert offer is None or offer.giver == chair


@pytest.mark.parametrize("other", ["accept", "decline", "withdraw", "take", "empty"])
def test_two_who_answer_an_offer_at_once_move_command_once(desk: WorkFactory, other: str) -> None:
    number = declared(desk)
    done(desk, number, "U01ANA", deed_of("ic", "U01ANA"))
    done(desk, number, "U01ANA", deed_of("offer", "U01DEE"))
    offer = stands(desk, number)[1]
    assert offer is not None
    start = threading.Barrier(2)
    second = {"withdraw": "U01ANA", "take": "U01BO", "empty": "U01ANA"}.get(other, "U01DEE")

    def press(what: tuple[str, str]) -> str:
        start.wait()
        return done(desk, number, what[0], deed_of(what[1], ""))

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, [("U01DEE", "accept"), (second, other)]))
    chair, waits = stands(desk, number)
    assert waits is None, said
    with desk.read() as session:
        row = session.get_one(CommandOffer, offer.id)
        assert row.settled_at is not None
        moved = row.state == OfferState.ACCEPTED
        assert said.count("command_accepted") == moved
    if other in ("accept", "decline", "withdraw"):
        assert chair == ("U01DEE" if moved else "U01ANA")
    else:
        assert chair in ({"take": ("U01BO",), "empty": (None, "U01DEE")}[other])
