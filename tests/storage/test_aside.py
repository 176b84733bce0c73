"""Escalations beside the incident's own: an acknowledgement means the one it was drawn for, and no question."""

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.domain.assistance import questions as rules
from bot.domain.assistance.errors import AnswerInstead
from bot.rendering.contexts.contact import plain_text
from bot.services.assistance import questions, specialists
from bot.services.paging import escalate, escalations
from storage.models import Escalation, Page
from storage.queries import incident_view as incident_views
from storage.queries.assignees import assignees
from tests.storage.delivery_harness import DeliveryHarness


def states(room: DeliveryHarness) -> dict[str, str]:
    with room.desk.read() as session:
        return {one.kind: one.state for one in session.exec(select(Escalation))}


def page_of(room: DeliveryHarness, kind: str) -> Page:
    with room.desk.read() as session:
        query = select(Page).join(Escalation).where(Escalation.kind == kind)
        found = session.exec(query).first()
        assert found is not None
        return found


def test_acknowledging_the_page_of_a_question_is_refused_and_takes_nothing(room: DeliveryHarness) -> None:
    room.act("U01ANA", lambda w, it: questions.ask(w, it, "may we fail over?"))
    page = page_of(room, "question")
    with pytest.raises(AnswerInstead, match="/incident answer INC-1 yes"):
        room.act(page.person, lambda w, it: escalations.acknowledge(w, it, page=page.id))
    assert states(room) == {"policy": "running", "question": "running"}
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    assert states(room) == {"policy": "acknowledged", "question": "running"}


def test_the_page_of_specialists_stops_theirs_alone_and_says_later_who_has_it(room: DeliveryHarness) -> None:
    room.act("U01ANA", lambda w, it: specialists.page(w, it, "database"))
    page = page_of(room, "specialist")
    room.act(page.person, lambda w, it: escalations.acknowledge(w, it, page=page.id))
    assert states(room) == {"policy": "running", "specialist": "acknowledged"}
    again = room.act(page.person, lambda w, it: escalations.acknowledge(w, it, page=page.id))
    assert again.template == "already_yours"
    assert states(room)["policy"] == "running"


def test_specialists_do_not_count_as_the_first_answer(room: DeliveryHarness) -> None:
    room.act("U01ANA", lambda w, it: specialists.page(w, it, "database"))
    page = page_of(room, "specialist")
    room.act(page.person, lambda w, it: escalations.acknowledge(w, it, page=page.id))
    assert room.act("U01ANA", lambda w, it: it.acknowledged_at) is None


def test_escalating_moves_the_incidents_own_ladder(room: DeliveryHarness) -> None:
    room.act("U01ANA", lambda w, it: specialists.page(w, it, "database"))
    room.act("U01ANA", lambda w, it: questions.ask(w, it, "may we fail over?"))
    room.act("U01ANA", lambda w, it: escalate.escalate(w, it))
    with room.desk.read() as session:
        levels = {one.kind: one.level for one in session.exec(select(Escalation))}
    assert levels == {"policy": 1, "specialist": 0, "question": 0}


@pytest.mark.parametrize("private", [True, False])
def test_a_question_about_a_private_incident_leaves_slack_without_its_words(
    room: DeliveryHarness, private: bool
) -> None:
    number = room.declare("The merger leaked", private=private, service="checkout")
    room.act("U01ANA", lambda w, it: questions.ask(w, it, "may we tell the press?"), number)
    with room.desk.read() as session:
        page = session.exec(select(Page).join(Escalation).where(Escalation.kind == "question")).one()
        dossier = incident_views.dossier(session, number)
        show = room.composer().showing(session)
        context = plain_text.reach(show, dossier, page, None, "https://ack.example")
    text = room.renderer.text("mail/page.txt", context)
    assert ("may we tell the press?" in text) is not private
    assert "decision is needed" in text
    assert f"/incident answer INC-{number} yes" in text
    assert "ack.example" not in text
    assert rules.public(page.why).endswith("Your decision is needed")


def test_whom_a_list_of_incidents_is_with_costs_as_much_as_one(room: DeliveryHarness) -> None:
    numbers = [1, *(room.declare(f"Disk {n} is full", service="checkout") for n in range(5))]
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it), numbers[-1])
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with room.desk.read() as session:
        event.listen(session.get_bind(), "before_cursor_execute", note)
        whom = assignees(session, numbers)
        event.remove(session.get_bind(), "before_cursor_execute", note)
    assert whom == {**dict.fromkeys(numbers[:-1], "U01ANA"), numbers[-1]: "U01BO"}
    assert len([one for one in asked if one.startswith("SELECT")]) == 2, "escalations, and the pages of all of them"
