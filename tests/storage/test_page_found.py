"""A page that a process posted and died over: not wanted any more, it is looked for, and loses its buttons."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.deliveries import kinds, outcomes
from bot.domain.core.people import TOCSIN
from bot.integrations.outbound import Nothing, Post
from bot.services.incidents import lifecycle
from bot.services.paging import escalations
from bot.work import Work
from storage.models import Delivery, DeliveryState, Escalation, Incident, Page
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    opened.declare()
    yield opened
    opened.close()


def go_round(room: DeliveryHarness) -> None:
    """Every level is asked, and then the first one again."""
    for _ in range(12):
        with room.desk.work(TOCSIN) as w:
            running = w.session.exec(select(Escalation).where(Escalation.state == "running")).one()
            escalations.advance(w, w.session.get_one(Incident, 1), running, "no answer")
            first = w.session.get_one(Page, 1)
            if len([one for one in w.session.exec(select(Page)) if one.person == first.person]) > 1:
                return
    raise AssertionError("no one came round again")


def owed(w: Work) -> Delivery:
    """The first page."""
    return w.session.exec(select(Delivery).where(Delivery.kind == "page").order_by(col(Delivery.id)).limit(1)).one()


def letter(room: DeliveryHarness, *, died_over: bool) -> Any:
    """What would be sent for the first page."""
    with room.desk.work(TOCSIN) as w:
        row = owed(w)
        row.ambiguous_since = w.now if died_over else None
    with room.desk.read() as session:
        return kinds.compose(session, session.get_one(Delivery, row.id), room.composer())


def cancel(room: DeliveryHarness) -> None:
    room.act("U01ANA", lambda w, it: lifecycle.cancel(w, it, "a false alarm"))


@pytest.mark.parametrize("happens", [go_round, cancel])
def test_what_is_not_wanted_any_more_is_looked_for_and_never_posted(room: DeliveryHarness, happens: Any) -> None:
    assert not letter(room, died_over=True).found_only, "while it is wanted it is sent"
    happens(room)
    assert isinstance(letter(room, died_over=False), Nothing)
    found = letter(room, died_over=True)
    assert isinstance(found, Post)
    assert found.found_only


def test_once_it_is_found_it_says_what_is_true(room: DeliveryHarness) -> None:
    go_round(room)
    assert letter(room, died_over=True).found_only
    with room.desk.work(TOCSIN) as w:
        row = owed(w)
        row.state = DeliveryState.SENT
        outcomes.sent(w, row, {"channel": "D01ANA", "ts": "1795230000.999999"})
    room.deliver()
    edited = [one for one in room.of("page.edit") if getattr(one.letter, "ts", "") == "1795230000.999999"]
    assert edited
    assert "page.ack" not in edited[-1].words
    assert "you are asked again below" in edited[-1].words
