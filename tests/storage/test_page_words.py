"""What a page says that somebody else's act ended: an offer, an escalation, a cancelled incident, an un-ack."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.rendering.contexts.paging.thread import outcome
from bot.services.incidents import lifecycle
from bot.services.paging import acknowledgement, escalate, escalations
from bot.work import Work
from storage.models import Escalation, Incident, Page
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    opened.declare()
    opened.deliver()
    yield opened
    opened.close()


def silence(w: Work, incident: Incident) -> None:
    newest = w.session.exec(select(Escalation).where(Escalation.state == "running")).one()
    escalations.advance(w, incident, newest, "no answer")


def shown(room: DeliveryHarness, who: str) -> str:
    """The page of this person as it was edited last."""
    room.deliver()
    return [one.words for one in room.of("page.edit") if getattr(one.letter, "channel", "") == f"D{who[1:]}"][-1]


def offered(room: DeliveryHarness) -> str:
    room.act("U01ANA", lambda w, it: escalations.acknowledge(w, it))
    room.act("U01ANA", lambda w, it: acknowledgement.offer(w, it, "U01DEE"))
    room.deliver()
    return room.words("page")


def test_an_offer_promises_no_alarm_and_cannot_be_escalated(room: DeliveryHarness) -> None:
    page = offered(room)
    assert "if you don't answer, it stays with <@U01ANA>" in page
    assert "an alarm in" not in page
    assert "page.ack" in page
    assert "page.decline" in page


def test_an_offer_that_nobody_answered_stayed_with_its_giver(room: DeliveryHarness) -> None:
    offered(room)
    room.act("tocsin", silence)
    assert "No answer; it stayed with <@U01ANA>" in shown(room, "U01DEE")


def offer_page(w: Work) -> int:
    offers = select(Escalation).where(Escalation.kind == "handover").order_by(col(Escalation.id))
    return w.pages(w.session.exec(offers).all()[0])[0].id or 0


def test_an_offer_that_was_declined_stays_with_its_giver(room: DeliveryHarness) -> None:
    offered(room)
    room.act("U01DEE", lambda w, it: escalations.decline(w, it, reason="asleep"))
    assert "You couldn't take it (asleep). It stayed with <@U01ANA>." in shown(room, "U01DEE")
    room.act("U01ANA", lambda w, it: acknowledgement.offer(w, it, "U01CY"))
    room.act("U01CY", lambda w, it: escalations.acknowledge(w, it))
    room.act("U01DEE", lambda w, it: escalations.repair(w, offer_page(w)))
    assert "It stayed with <@U01ANA>." in shown(room, "U01DEE"), "what was true is not rewritten"


def test_a_missed_page_is_withdrawn_for_what_ended_the_incident(room: DeliveryHarness) -> None:
    room.act("tocsin", silence)
    room.deliver()
    room.act("U01BO", lambda w, it: lifecycle.cancel(w, it, "a drill"))
    assert "INC-1 is cancelled (you had not answered). Nothing is left to do." in shown(room, "U01ANA")
    assert "INC-1 is cancelled. Nothing is left to do." in shown(room, "U01BO")


def test_who_escalated_by_hand_is_said_and_nobody_has_missed_anything(room: DeliveryHarness) -> None:
    room.act("U01LI", lambda w, it: escalate.escalate(w, it))
    page = shown(room, "U01ANA")
    assert "<@U01LI> escalated at <!date^" in page
    assert "<@U01BO> is paged now" in page
    assert "issed" not in page
    room.clock.forward(timedelta(minutes=1))  # not at once: that would be one step
    room.act("U01BO", lambda w, it: escalate.escalate(w, it))
    assert "You escalated at <!date^" in shown(room, "U01BO")
    assert "escalated before an answer" in room.words("ladder")
    assert "no answer" not in room.words("ladder")


def test_whoever_is_asked_again_is_not_escalated_to_themselves(room: DeliveryHarness) -> None:
    room.act("U01LI", lambda w, it: escalate.escalate(w, it, level=1))
    assert "you are asked again" in shown(room, "U01ANA")
    room.act("tocsin", lambda w, it: escalations.advance(w, it, again(w), "no answer", 0))
    page = shown(room, "U01ANA")
    assert "Missed: no answer by" in page
    assert "asked again" in page
    assert "escalated to" not in page


def again(w: Work) -> Escalation:
    return w.session.exec(select(Escalation)).one()


def test_whose_answer_was_taken_back_had_answered(room: DeliveryHarness) -> None:
    room.act("tocsin", silence)
    room.deliver()
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    room.act("U01DEE", lambda w, it: acknowledgement.unack(w, it))
    page = shown(room, "U01BO")
    with room.desk.read() as session:
        assert "acknowledged, taken back" in [outcome(one) for one in session.exec(select(Page))]
    assert "Taken back by <@U01DEE> at <!date^" in page
    assert "issed" not in page
    room.act("U01LI", lambda w, it: lifecycle.cancel(w, it, "a drill"))
    assert "had not answered" not in [one.words for one in room.of("page.edit") if "D01BO" in one.words][-1]
