"""Command moves when the other accepts, never before; whoever has it until then is the commander for everybody."""

import pytest

from tests.stories.world import Json, World, actions, words


def commanded(world: World, how: str = "sev1 checkout is down") -> str:
    world.cy.says(f"/incident {how}").says("is declared")
    world.ana.says("/incident ic INC-1").says("incident commander")
    return world.room().name


def asked(world: World, who: str) -> Json:
    """The newest offer that this person got."""
    found = [one for one in getattr(world, who).dms().messages() if "Command of INC-1" in words(one)]
    assert found, f"{who} was offered nothing:\n{getattr(world, who).dms().shown()}"
    return found[-1]


def answers(world: World, who: str, action: str, message: Json | None = None) -> None:
    person = getattr(world, who)
    assert person.clicks(f"command.{action}", message or asked(world, who), person.dms().name).ok
    world.settle()


def test_command_moves_on_acceptance_and_everybody_hears_it(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident update INC-1 rolling back 4812")
    world.ana.says("/incident handoff INC-1 @dee").says("stays commander until they accept")
    world.settle()
    offer = asked(world, "dee")
    assert "rolling back 4812" in words(offer)
    assert {"command.accept", "command.later", "command.decline"} <= set(actions(offer))
    card = words(world.room().expects("*Now:*"))
    assert f"<@{world.ana.id}> → <@{world.dee.id}> (pending)" in card
    world.cy.says("/incident status INC-1").says(world.ana.id)
    answers(world, "dee", "accept", offer)
    moved = world.room().expects("is now incident commander", world.dee.id)
    assert world.ana.id in words(moved)
    assert "pending" not in words(world.room().expects("*Now:*"))
    assert not {"command.accept", "command.later", "command.decline"} & set(actions(asked_any(world, "dee")))
    released = world.ana.dms().expects("You're released")
    assert {"command.stay", "command.leave"} <= set(actions(released))
    brief = world.cy.clicks("command.brief", moved, room)
    assert "rolling back 4812" in str(world.cy.view())
    assert brief.ok
    world.cy.says("/incident timeline INC-1").says("incident commander (was")


def asked_any(world: World, who: str) -> Json:
    return getattr(world, who).dms().expects("INC-1", "incident commander")


def test_who_is_released_stays_as_tech_lead_or_leaves(world: World) -> None:
    commanded(world)
    world.ana.says("/incident handoff INC-1 @dee")
    world.settle()
    answers(world, "dee", "accept")
    released = world.ana.dms().expects("You're released")
    assert world.ana.clicks("command.stay", released, world.ana.dms().name).ok
    world.cy.says("/incident status INC-1").says(world.ana.id)
    assert world.ana.clicks("command.leave", released, world.ana.dms().name).ok
    world.settle()
    world.ana.dms().expects("You have no role in")
    world.room().lacks("has no tech lead")


def test_a_refusal_leaves_command_where_it_is_and_is_told(world: World) -> None:
    commanded(world)
    world.ana.says("/incident handoff INC-1 @dee")
    world.settle()
    world.dee.says("/incident handoff INC-1 decline on a plane").says("keeps it")
    world.settle()
    world.ana.dms().expects("declined command", "on a plane", "still commander")
    world.cy.says("/incident status INC-1").says(world.ana.id)
    answers_over(world, "dee", "accept", "was declined")


def answers_over(world: World, who: str, action: str, says: str) -> None:
    """A press on the message as it was drawn before the offer ended."""
    person = getattr(world, who)
    message = next(one for one in reversed(person.dms().messages()) if "ommand of" in words(one))
    number = 1
    reaction = person.presses_stale(f"command.{action}", message, person.dms().name, str(number))
    assert reaction.ok
    world.settle()
    person.dms().expects(says)


def test_an_offer_expires_and_the_commander_hears_who_could_be_asked(world: World) -> None:
    commanded(world)
    world.ana.says("/incident handoff INC-1 @dee")
    world.settle()
    world.forward(minutes=9)
    assert "hasn't answered" not in world.ana.dms().shown()
    world.forward(minutes=1.1)
    told = world.ana.dms().expects("hasn't answered", "still commander")
    assert "command.offer" in actions(told)
    world.dee.dms().expects("has expired")
    world.room().lacks("is now incident commander")
    world.dee.says("/incident handoff INC-1 accept").says("No one is offering")


def test_more_time_is_given_once_and_moves_the_end(world: World) -> None:
    commanded(world)
    world.ana.says("/incident handoff INC-1 @dee")
    world.settle()
    world.forward(minutes=8)
    answers(world, "dee", "later")
    world.ana.dms().expects("asks for a little time")
    world.forward(minutes=4)
    offer = asked(world, "dee")
    assert "command.accept" in actions(offer)
    assert "command.later" not in actions(offer)
    world.dee.says("/incident handoff INC-1 later").says("once already")
    answers(world, "dee", "accept", offer)
    world.room().expects("is now incident commander", world.dee.id)


def test_a_second_offer_waits_until_the_first_is_withdrawn(world: World) -> None:
    commanded(world)
    world.ana.says("/incident handoff INC-1 @dee")
    world.bo.says("/incident ic INC-1 @eve").says("has been offered to")
    world.ana.says("/incident handoff INC-1 @dee").says("asked already")
    world.bo.says("/incident handoff INC-1 none").says("Only")
    world.ana.says("/incident handoff INC-1 none").says("was withdrawn")
    world.settle()
    world.dee.dms().expects("was withdrawn")
    world.bo.says("/incident ic INC-1 @eve").says("stays commander until they accept")
    world.settle()
    world.ana.dms().expects("to take command of", "from you")
    answers(world, "eve", "accept")
    world.room().expects("is now incident commander", world.eve.id)


def test_the_end_of_the_incident_withdraws_the_offer(world: World) -> None:
    commanded(world)
    world.ana.says("/incident handoff INC-1 @dee")
    world.settle()
    world.cy.says("/incident resolve INC-1 rolled back")
    world.settle()
    world.dee.dms().expects("was withdrawn", "the incident is over")
    world.forward(minutes=11)
    assert "hasn't answered" not in world.ana.dms().shown()
    world.dee.says("/incident handoff INC-1 accept").says("No one is offering")


def test_a_commander_who_does_not_answer_is_replaced_with_a_reason(world: World) -> None:
    commanded(world)
    held = world.bo.says("/incident ic INC-1").says("is incident commander", "nothing was changed")
    assert world.ana.id in held.text
    form = world.bo.clicks("command.take", held.answer["ephemeral"][0], "general")
    assert world.bo.fills(form.view_id, reason="Ana isn't answering").ok
    world.settle()
    world.room().expects("took command", "Ana isn't answering")
    world.ana.dms().expects("took command", "Ana isn't answering")
    world.cy.says("/incident timeline INC-1").says("Command taken from")


def test_who_holds_a_page_and_does_not_command_is_asked_which_of_the_two(world: World) -> None:
    commanded(world)
    world.bo.says("/incident ack INC-1")
    asked_which = world.bo.says("/incident handover INC-1 @cy").says("Which do you want to hand over?")
    assert asked_which.ok
    world.settle()
    assert "Command of INC-1" not in world.cy.dms().shown()
    world.bo.says("/incident pass INC-1 @cy").says("to take over")


def test_whoever_leaves_the_workspace_is_waited_for_no_longer(world: World) -> None:
    commanded(world)
    world.ana.says("/incident handoff INC-1 @dee")
    world.settle()
    assert world.do("company", deactivate="dee")["ok"]
    world.settle()
    world.ana.dms().expects("no longer offered", "deactivated")


@pytest.mark.parametrize("door", ["/incident handoff INC-1 accept", "/incident take-command INC-1 now"])
def test_an_outsider_learns_nothing_of_a_private_incident(world: World, door: str) -> None:
    commanded(world, "sev1 secret merger leaked --private")
    world.ana.says("/incident handoff INC-1 @dee")
    world.settle()
    nothing = world.li.says(door.replace("INC-1", "INC-9")).says("There is no incident INC-9").text
    assert world.li.says(door).text.replace("INC-1", "INC-9") == nothing


def test_whoever_is_offered_command_of_a_private_incident_may_answer(world: World) -> None:
    commanded(world, "sev1 secret merger leaked --private")
    world.ana.says("/incident handoff INC-1 @li")
    world.settle()
    answers(world, "li", "accept")
    world.cy.says("/incident status INC-1").says(world.li.id)
