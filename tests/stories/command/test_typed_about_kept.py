"""Words about what is kept never make another one, and command never moves by them alone."""

import pytest
from sqlmodel import select

from storage.models import Complaint, Incident
from tests.stories.command.test_keeping import commanded, post
from tests.stories.world import World, words


def test_a_decision_is_only_changed_by_words_that_say_so(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident decision fail over", room).says("D1")
    world.bo.says("/incident decision INC-1 D1 the replica lags, wait").says("I can't tell", "D1 object why")
    world.bo.says("/incident decision INC-1 object the replica lags").says("Which one?", "D1: fail over")
    world.bo.says("/incident decision INC-1 object D1 the replica lags").says("objected to")
    assert "fail over" in words(post(world, "Decision D1", "the replica lags"))
    world.ana.says("/incident decide should we roll back?", room).says("doesn't sound decided", "pending should we")
    world.ana.says("/incident decision drop D1", room).says("D1", "dropped")
    world.ana.says("/incident decision pending fail over to Dublin", room).says("D2")
    world.ana.says("/incident decision D2 fail over to Madrid", room).says("fail over to Madrid")
    assert "D3" not in world.cy.says("/incident timeline INC-1").text


def test_an_action_is_for_whom_it_names_and_is_not_made_twice(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident action bo restart the pool", room)
    assert world.bo.id in words(post(world, "*A1*", "restart the pool"))
    world.ana.says("/incident action @bo @cy look", room).says("for one person", "nothing was given")
    world.ana.says("/incident action 10m", room).says("Say what to do")
    world.ana.says("/incident action A1 not done", room).says("I can't tell", "A1 +10")
    world.ana.says("/incident done A1 not yet", room).says("I can't tell")
    world.ana.says("/incident done A1?", room).says("I can't tell")
    world.ana.says("/incident action A1 20m", room).says("A1")
    world.ana.says("/incident action cy look at the logs", room).says("A2")
    world.ana.says("/incident done A1, A2", room)
    post(world, "☑ *A1*")
    post(world, "☑ *A2*")


def test_a_mitigation_is_not_begun_by_its_result(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident mitigation roll back", room).says("M1")
    world.ana.says("/incident mitigation M1 has no effect yet", room).says("I can't tell", "M1 partly")
    world.ana.says("/incident mitigation made it worse", room).says("Which one?")
    world.ana.says("/incident mitigation M1 did not work, the pool is full", room).says("M1", "didn't work")
    assert "*M2*" not in world.room().shown()


def test_command_moves_by_whoever_has_it_or_by_a_reason(world: World) -> None:
    commanded(world)
    world.cy.says("/incident handoff INC-1 @cy").says("Ana Ruiz commands INC-1", "take-command")
    world.cy.says("/incident ic INC-1 none").says("Only Ana Ruiz can leave command")
    world.cy.says("/incident take-command INC-1 not yet").says("second thoughts")
    card = world.room().expects("*Now:*")
    opened = [world.bo.says("/incident take-command INC-1"), world.cy.says("/incident take-command INC-1")]
    if all(one.view_id for one in opened):
        assert world.bo.fills(opened[0].view_id, reason="ana is silent").ok
        late = world.cy.fills(opened[1].view_id, reason="ana is silent")
        assert "took command of INC-1 while this form was open" in str(late.errors)
    world.cy.says("/incident status INC-1").says(world.bo.id)
    assert card


@pytest.mark.parametrize("ended", ["decline no time", "none"])
def test_who_was_offered_a_private_command_and_has_no_part_in_it_knows_no_more(world: World, ended: str) -> None:
    world.cy.says("/incident declare sev1 a leak --private")
    world.cy.says("/incident ic INC-1")
    world.li.says("/incident status INC-1").says("no incident INC-1")
    world.cy.says("/incident handoff INC-1 @li")
    world.li.says("/incident status INC-1").says("a leak")
    (world.li if "decline" in ended else world.cy).says(f"/incident handoff INC-1 {ended}")
    world.li.says("/incident status INC-1").says("no incident INC-1")


def test_an_action_in_triage_reaches_its_owner(world: World) -> None:
    world.cy.says("/incident triage sev3 checkout looks odd")
    world.cy.says("/incident action INC-1 @bo look at the logs").says("A1")
    given = world.bo.dms().expects("*A1*", "look at the logs")
    assert world.bo.clicks("action.done", given, world.bo.dms().name).ok
    world.bo.dms().expects("☑ *A1*")


def test_a_complaint_counts_whoever_is_affected_and_no_one_else(world: World) -> None:
    commanded(world)
    world.cy.says("/incident complaint INC-1 no longer affected").says("nothing was counted")
    world.cy.says("/incident complaint INC-1 how many?").says("nothing was done")
    for name in ("Acme", '"Big Shop"'):
        world.cy.says(f"/incident complaint INC-1 --customer {name} cannot pay")
    with world.app.desk.read() as session:
        assert session.get_one(Incident, 1).complaint_count == 2
        assert {one.person for one in session.exec(select(Complaint))} == {"Acme", "Big Shop"}
