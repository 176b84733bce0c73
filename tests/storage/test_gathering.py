"""An incident ends while its messages wait: they become few, and every word somebody wrote is in them."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.domain.core.people import TOCSIN
from bot.domain.incidents.gathering import MOST
from bot.services.incidents import lifecycle, updates
from bot.services.incidents.lifecycle import Resolution
from storage.models import Delivery, DeliveryState
from tests.selection import examples
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(empty_room: DeliveryHarness) -> DeliveryHarness:
    return empty_room


def publish(room: DeliveryHarness, words: str, number: int = 1) -> None:
    room.act("U01BO", lambda w, it: updates.publish(w, it, updates.Update(words)), number)


def end(room: DeliveryHarness, number: int = 1) -> None:
    room.act("U01BO", lambda w, it: lifecycle.resolve(w, it, Resolution("Rolled back 4812")), number)


def texts(room: DeliveryHarness, kind: str = "post") -> list[str]:
    return [one.words for one in room.of(kind)]


@pytest.mark.parametrize(("severity", "kind"), [("sev3", "post"), ("sev1", "post"), ("sev1", "announcement.reply")])
def test_three_updates_and_the_end_are_one_message(room: DeliveryHarness, severity: str, kind: str) -> None:
    room.declare(severity=severity)
    if severity == "sev1":
        room.deliver()
        room.handled.clear()
    for words in ("first words", "second words", "third words"):
        publish(room, words)
    end(room)
    room.deliver()
    (told,) = texts(room, kind)
    places = [told.index(words) for words in ("first words", "second words", "third words", "esolved")]
    assert places == sorted(places)


def test_without_a_backlog_each_is_a_message_of_its_own(room: DeliveryHarness) -> None:
    room.declare(severity="sev3")
    for words in ("first words", "second words"):
        room.deliver()
        publish(room, words)
    room.deliver()
    end(room)
    room.deliver()
    assert len(texts(room)) == 3


def test_what_is_being_sent_or_may_have_been_sent_is_left_alone(room: DeliveryHarness) -> None:
    room.declare(severity="sev3")
    publish(room, "first words")
    publish(room, "second words")
    with room.desk.work(TOCSIN) as w:
        first, second = w.session.exec(select(Delivery).where(Delivery.kind == "post").order_by(col(Delivery.id)))
        first.state, second.ambiguous_since = DeliveryState.LEASED, w.now
    end(room)
    with room.desk.read() as session:
        rows = session.exec(select(Delivery).where(Delivery.kind == "post")).all()
    assert [row.state for row in rows] == ["leased", "pending", "pending"]
    assert not any("told" in row.payload for row in rows)


def test_no_page_is_ever_told_in_another_message(room: DeliveryHarness) -> None:
    room.declare()
    for _ in range(2):
        publish(room, "still at it")
    end(room)
    assert [row.payload for row in _rows(room) if "told" in row.payload and row.kind != "post"] == []
    assert any("told" in row.payload for row in _rows(room)), "others are"


def _rows(room: DeliveryHarness) -> list[Delivery]:
    with room.desk.read() as session:
        rows = list(session.exec(select(Delivery).order_by(col(Delivery.id))))
        session.expunge_all()
    return rows


WORDS = st.lists(st.sampled_from([3, 40, 900, 2400]), min_size=1, max_size=9)


@given(lengths=WORDS)
@examples(15, 200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_is_lost_however_many_and_however_long(room: DeliveryHarness, lengths: list[int]) -> None:
    number = room.declare(f"Number {len(lengths)}", severity="sev3")
    room.handled.clear()
    written = [f"w{n} " + "é" * length + f" end{n}" for n, length in enumerate(lengths)]
    for words in written:
        publish(room, words, number)
    end(room, number)
    room.deliver()
    told = "".join(texts(room))
    places = [told.index(words) for words in written]
    assert places == sorted(places)
    assert len(texts(room)) <= len(written) + 1
    assert len(texts(room)) >= (len(written) + 1) // MOST
