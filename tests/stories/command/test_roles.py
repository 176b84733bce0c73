"""Whoever loses a role to somebody else is told by a direct message, once; nobody is told of their own doing."""

from tests.stories.world import World, words

LOST = "in your place"


def declared(world: World) -> str:
    world.li.says("/incident sev1 checkout is down").says("is declared")
    return world.room().name


def told(world: World, who: str) -> list[str]:
    return [words(one) for one in getattr(world, who).dms().messages() if LOST in words(one)]


def test_whoever_is_replaced_is_told_once_who_has_the_role_now(world: World) -> None:
    declared(world)
    world.ana.says("/incident role INC-1 scribe")
    world.cy.says("/incident role INC-1 scribe @bo").says("scribe")
    (message,) = told(world, "ana")
    assert world.bo.id in message
    assert "scribe" in message
    assert "/incident role INC-1 scribe" in message
    world.cy.says("/incident role INC-1 scribe @bo").says("already")
    assert len(told(world, "ana")) == 1
    assert told(world, "bo") == told(world, "cy") == []


def test_whoever_hands_a_role_on_themselves_is_told_nothing(world: World) -> None:
    declared(world)
    world.ana.says("/incident role INC-1 scribe")
    world.ana.says("/incident role INC-1 scribe @bo").says("scribe")
    assert told(world, "ana") == []


def test_somebody_who_takes_a_role_over_is_named_to_its_holder(world: World) -> None:
    declared(world)
    world.ana.says("/incident role INC-1 comms")
    world.bo.says("/incident role INC-1 comms").says(
        "comms lead", "already", world.ana.id, "/incident role INC-1 comms me"
    )
    assert told(world, "ana") == [], "whoever only looks takes it from no one"
    world.bo.says("/incident role INC-1 comms me").says("comms lead")
    (message,) = told(world, "ana")
    assert world.bo.id in message
    assert "/incident role INC-1 comms me" in message
    assert told(world, "bo") == []


def test_a_role_that_comes_and_goes_is_told_each_time_and_the_form_tells_as_the_command_does(world: World) -> None:
    room = declared(world)
    world.ana.says("/incident role INC-1 tech")
    for who in ("bo", "ana", "bo"):
        card = world.room().expects("*Now:*")
        form = world.cy.clicks("incident.roles", card, room)
        assert world.cy.fills(form.view_id, tech=getattr(world, who).id).ok
    assert (len(told(world, "ana")), len(told(world, "bo"))) == (2, 1)
