"""On hold nobody is asked, reminded or replaced, and what fell due meanwhile is asked when the hold ends."""

from datetime import datetime

import pytest
from sqlmodel import select

from storage.models import Incident, Timer
from tests.stories.world import Person, World


@pytest.fixture
def incident(world: World) -> World:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident ack INC-1")
    return world


def row(world: World) -> Incident:
    with world.app.desk.read() as session:
        return session.get_one(Incident, 1)


def asked(person: Person) -> dict[str, int]:
    """How often this person was asked each of the questions."""
    shown = person.dms().shown()
    questions = ("Who coordinates and decides?", "D1 of INC-1 is due now", "Who keeps the timeline?")
    return {question: shown.count(question) for question in questions}


def timers(world: World) -> dict[str, datetime]:
    with world.app.desk.read() as session:
        return {one.kind: one.due_at for one in session.exec(select(Timer).where(Timer.subject == "incident:1"))}


@pytest.mark.both_databases
def test_nobody_is_asked_or_replaced_while_it_waits_and_all_of_it_is_asked_at_the_end(incident: World) -> None:
    incident.ana.says("/incident action INC-1 restart the pool 10m")
    incident.ana.says("/incident decision INC-1 pending fail over to Dublin in 20m")
    incident.ana.says("/incident hold INC-1 5h waiting for the vendor").says("is on hold until")
    before = asked(incident.ana)
    for _ in range(4):
        incident.forward(minutes=60)
    assert asked(incident.ana) == before
    incident.room().lacks("A1 was due")
    incident.ana.dms().lacks("Still on it?")
    assert row(incident).held_until
    incident.ana.says("/incident unhold INC-1")
    incident.room().expects("A1 was due")
    assert asked(incident.ana) == {question: before[question] + 1 for question in before}
    incident.forward(minutes=59)
    incident.ana.dms().lacks("Still on it?")
    incident.forward(minutes=2)
    incident.ana.dms().expects("Still on it?")
    assert "no sign of life" not in incident.ana.says("/incident timeline INC-1").text


@pytest.mark.both_databases
def test_a_cure_that_has_held_meanwhile_is_asked_about_when_the_hold_is_over_by_itself(incident: World) -> None:
    incident.ana.says("/incident ic INC-1")
    incident.ana.says("/incident status INC-1 monitoring rolled back")
    incident.ana.says("/incident hold INC-1 2h waiting for the vendor")
    incident.forward(minutes=100)
    incident.ana.dms().lacks("Is it over?")
    incident.ana.says("/incident hold INC-1 3h the vendor needs longer")
    incident.forward(minutes=170)
    incident.ana.dms().lacks("Is it over?")
    incident.forward(minutes=11)
    assert row(incident).held_until is None
    incident.ana.dms().expects("has been quiet for", "Is it over?")


def test_what_fell_due_moves_with_the_end_of_the_hold(incident: World) -> None:
    incident.ana.says("/incident hold INC-1 5h waiting for the vendor")
    incident.forward(minutes=30)
    first = timers(incident)
    assert first["no_ic"] > first["held"]
    incident.ana.says("/incident hold INC-1 1h the vendor is faster")
    moved = timers(incident)
    assert moved["held"] < moved["no_ic"] < first["held"]


def test_a_commander_who_leaves_while_it_waits_is_missed_when_it_goes_on(incident: World) -> None:
    incident.ana.says("/incident ic INC-1")
    incident.ana.says("/incident hold INC-1 2h waiting for the vendor")
    incident.ana.says("/incident role INC-1 ic none")
    incident.forward(minutes=60)
    assert asked(incident.ana)["Who coordinates and decides?"] == 0
    incident.forward(minutes=61)
    assert asked(incident.ana)["Who coordinates and decides?"] == 1


def test_so_many_complaints_while_it_waits_are_a_question_at_the_end(world: World) -> None:
    world.ana.says("/incident declare sev3 search is slow")
    world.ana.says("/incident ack INC-1")
    world.ana.says("/incident hold INC-1 2h waiting for the vendor")
    for person in (world.ana, world.bo, world.cy, world.dee, world.li):
        person.says("/incident complaint INC-1 it fails")
    world.ana.dms().lacks("people say that it affects them")
    world.ana.says("/incident unhold INC-1")
    world.ana.dms().expects("people say that it affects them", "Is it worse than first thought?")
