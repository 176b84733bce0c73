"""Every message that is about an incident, once that is over: its words stay, and nothing is left that would refuse."""

import pytest

from tests.stories.world import Json, World

REMAIN = ("menu.reopen", "incident.close", "postmortem.open")
ENDS = {"resolved": "resolve INC-1 rolled back", "cancelled": "cancel INC-1 a wrong alarm", "merged": ""}


def acting(world: World) -> dict[str, list[str]]:
    """Every control of every message that stands, but for links: {"channel · what the message says": [action]}."""
    found: dict[str, list[str]] = {}
    for channel in world.look("state")["channels"]:
        for message in world.look(f"messages/{channel['id']}"):
            if message.get("ephemeral_for"):
                continue
            pressed = [one["action_id"] for one in controls(message) if not one.get("url")]
            if pressed:
                found[f"{channel['id']} · {message['text']}"] = pressed
    return found


def controls(message: Json) -> list[Json]:
    shown = message.get("blocks") or []
    return [
        one
        for block in shown
        for one in (*block.get("elements", ()), block.get("accessory"))
        if isinstance(one, dict) and one.get("action_id")
    ]


def a_long_night(world: World) -> None:
    """An incident about which everything is asked that is ever asked."""
    world.ana.says("/incident declare sev1 Checkout returns 5xx --service checkout")
    for _ in range(4):
        world.forward(minutes=5)
    world.cy.says("/incident page INC-1 @dee")
    world.dee.says("/incident ack INC-1")
    world.bo.says("/incident ic INC-1")
    room = world.room().name
    world.bo.says("/incident action @cy restart the pool 10m", room)
    world.bo.says("/incident decision fail over", room)
    world.bo.says("/incident decision pending roll back if it lasts in 20m", room)
    world.cy.says("/incident mitigation roll back 4812", room)
    world.cy.says("/incident specialists INC-1 database", room)
    world.bo.says("/incident role INC-1 comms @li")
    for _ in range(6):
        world.forward(minutes=20)
    world.bo.says("/incident status INC-1 monitoring")
    world.forward(minutes=40)
    world.bo.says("/incident handoff INC-1 @eve")
    world.dee.says("/incident pass INC-1 @li")


def left(world: World) -> dict[str, list[str]]:
    """What is left to press that is not meant for an incident that is over."""
    shown = {said: [one for one in pressed if one not in REMAIN] for said, pressed in acting(world).items()}
    return {said: pressed for said, pressed in shown.items() if pressed}


@pytest.mark.parametrize("how", ENDS)
def test_no_message_of_an_incident_that_is_over_has_a_button_that_would_refuse(world: World, how: str) -> None:
    a_long_night(world)
    asked = {action for pressed in left(world).values() for action in pressed}
    assert {"incident.update", "action.done", "ruling.proceed", "command.accept"} <= asked
    if how == "merged":
        room = world.room().name
        world.ana.says("/incident declare sev4 The gateway --service search")
        form = world.ana.says("/incident merge INC-2", room)
        assert world.ana.fills(form.view_id, goes_on="other", reason="the same gateway").ok
    else:
        assert world.ana.says(f"/incident {ENDS[how]}").ok
    world.forward(minutes=60)
    other = [said for said in left(world) if "INC-2" in said or "The gateway" in said]
    assert {said: acts for said, acts in left(world).items() if said not in other} == {}


def test_nothing_of_what_was_undone_can_be_pressed(world: World) -> None:
    world.ana.says("/incident declare sev1 Checkout returns 5xx --service checkout")
    world.ana.says("/incident undo INC-1")
    assert left(world) == {}
