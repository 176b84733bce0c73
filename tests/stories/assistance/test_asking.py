"""Asking further: specialists and their silence, a manager's decision, a vendor's ticket."""

import pytest

from tests.stories.paging.test_paging import declare, paged
from tests.stories.records import facts
from tests.stories.world import Json, Person, World, actions, words


def room_of(world: World) -> str:
    return world.room().name


def asked(person: Person) -> Json:
    return person.dms().expects("Your decision, please")


def test_specialists_are_paged_beside_the_people_on_call(world: World) -> None:
    declare(world, "sev1 Checkout returns 5xx --service checkout")
    primary = paged(world)[0]
    world.dee.says("/incident page database", room_of(world)).says("Database specialists", "within 15 min")
    assert "You are paged" in world.cy.dms().shown()
    assert primary in paged(world), "the paging of the people on call goes on"
    world.cy.presses("page.ack", "You are paged")
    assert primary in paged(world), "specialists answer for themselves alone"
    primary.presses("page.ack", "You are paged")
    assert paged(world) == []


def test_specialists_that_are_silent_are_said_to_be_and_their_lead_is_paged(world: World) -> None:
    declare(world, "sev3 Search is slow --service search")
    paged(world)[0].presses("page.ack", "You are paged")
    world.ana.says("/incident page INC-1 security").says("Security team", "immediately")
    world.ana.says("/incident page INC-1 security").says("already")
    world.forward(minutes=6)
    told = world.ana.dms().expects("Security team haven't answered")
    assert {"specialist.again", "specialist.lead"} >= set(actions(told))
    world.ana.presses("specialist.again", "haven't answered")
    assert len(facts(world, "assistance.specialist_paged")) == 2
    world.eve.presses("page.ack", "You are paged")
    world.ana.presses("specialist.again", "haven't answered")
    world.ana.dms().expects("has answered; no one was paged")
    world.forward(minutes=60)
    assert len(facts(world, "assistance.specialist_silent")) == 1


def test_the_lead_of_silent_specialists_is_paged_from_the_room(world: World) -> None:
    declare(world)
    paged(world)[0].presses("page.ack", "You are paged")
    world.dee.says("/incident page INC-1 database")
    world.forward(minutes=16)
    room = world.room()
    silent = room.expects("Database specialists haven't answered", "within 15 min")
    world.ana.clicks("specialist.lead", silent, room.name)
    world.dee.expects_page("Checkout returns 5xx")
    assert len(facts(world, "assistance.specialist_silent")) == 1


def test_a_manager_decides_with_one_tap_and_everybody_is_told(world: World) -> None:
    declare(world)
    paged(world)[0].presses("page.ack", "You are paged")
    world.ana.says("/incident ask-manager may we fail over to Dublin?", room_of(world)).says("I asked", world.dee.id)
    world.dee.says("/incident ack INC-1")
    asked(world.dee)
    world.dee.dms().expects("why you: lead of the team", "without an answer you are asked again")
    world.dee.presses("question.yes", "may we fail over to Dublin?")
    world.dee.dms().expects("Yes, do it", "decided by")
    world.room().expects("Yes, do it", "may we fail over to Dublin?")
    world.ana.dms().expects("Yes, do it", "may we fail over to Dublin?")
    assert "decided yes: may we fail over to Dublin?" in world.ana.says("/incident timeline INC-1").text
    assert world.dee.says("/incident answer INC-1 no").says("decided that already", "Yes, do it")
    assert len(facts(world, "assistance.decided")) == 1


def test_a_decision_with_its_reason_by_the_form_and_by_command(world: World) -> None:
    declare(world)
    world.ana.says("/incident ask-manager INC-1 may we fail over?")
    opened = world.dee.presses("question.words", "may we fail over?")
    assert world.dee.fills(opened.view_id, answer="no", why="the replica is behind").ok
    world.ana.dms().expects("No", "the replica is behind")
    form = world.ana.says("/incident ask-manager INC-1")
    assert world.ana.fills(form.view_id, text="may we stop the import?").ok
    world.li.says("/incident answer INC-1 yes").says("put to", "Dee Park")
    world.dee.says("/incident answer INC-1 perhaps").says("yes or no")
    world.dee.says("/incident answer INC-1 yes, nobody needs it").says("Yes, do it", "nobody needs it")
    world.ana.dms().expects("Yes, do it", "may we stop the import?")


@pytest.mark.both_databases
def test_a_question_nobody_answers_is_escalated_like_a_page(world: World) -> None:
    declare(world)
    paged(world)[0].presses("page.ack", "You are paged")
    world.ana.says("/incident ask-manager INC-1 may we fail over?")
    for _ in range(4):
        world.forward(minutes=5)
    world.incidents.expects("No one answered ·", "a manager, for a decision", "/incident answer INC-1 yes")
    world.eve.dms().expects("No one answered ·")
    world.dee.says("/incident answer INC-1 yes").says("Yes, do it")
    world.incidents.lacks("No one answered ·")
    world.incidents.expects("has decided", "No need to call anyone")
    world.eve.dms().lacks("No one answered ·")


@pytest.mark.both_databases
def test_a_question_ends_with_its_incident(world: World) -> None:
    declare(world)
    world.ana.says("/incident ask-manager INC-1 may we fail over?")
    page = asked(world.dee)
    world.ana.says("/incident resolve INC-1 rolled back")
    world.dee.dms().expects("Withdrawn", "may we fail over?")
    world.dee.says("/incident answer INC-1 yes").says("withdrawn")
    assert page["ts"]


@pytest.mark.both_databases
def test_a_vendor_is_reminded_of_until_it_answers(world: World) -> None:
    declare(world)
    paged(world)[0].presses("page.ack", "You are paged")
    room = room_of(world)
    world.ana.says("/incident vendor aws", room).says("AWS", "Enterprise Support", "tell me the ticket")
    world.ana.says("/incident vendor aws CASE-7", room).says("ticket CASE-7")
    world.forward(minutes=16)
    reminder = world.room().expects("AWS hasn't answered", "CASE-7")
    world.ana.clicks("vendor.escalate", reminder, room)
    world.room().expects("Escalated at AWS")
    world.forward(minutes=16)
    again = world.room().expects("AWS hasn't answered")
    world.ana.clicks("vendor.answered", again, room)
    world.room().lacks("hasn't answered")
    world.room().expects("AWS has answered", "CASE-7")
    world.forward(minutes=60)
    assert len(facts(world, "assistance.vendor_silent")) == 2
    assert len(facts(world, "assistance.vendor_asked")) == 1
    timeline = world.ana.says("/incident timeline INC-1").text
    assert "The ticket at aws is CASE-7" in timeline
    assert "aws answered after" in timeline


def test_the_list_of_vendors_shows_how_to_reach_the_chosen_one(world: World) -> None:
    declare(world)
    opened = world.ana.says("/incident vendor INC-1")
    world.do("click", user="ana", view_id=opened.view_id, action_id="vendor.choose", value="mongodb-atlas")
    world.settle()
    assert "Call the support line" in words(world.ana.view())
    kept = world.ana.submits(opened.view_id, {"vendor": {"vendor.choose": "mongodb-atlas"}, "ticket": {"ticket": "M1"}})
    assert kept.ok
    world.room().expects("MongoDB Atlas", "ticket M1", "No promised time")
    world.ana.says("/incident vendor INC-1 azure").says('no vendor "azure"')
