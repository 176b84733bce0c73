"""Buttons of the past: a press on what a screen still shows changes nothing, and says what is true now."""

import pytest

from tests.stories.paging.test_paging import declare, paged
from tests.stories.world import Json, World, words

pytestmark = pytest.mark.both_databases


def test_nobody_is_deposed_by_a_card_that_showed_no_commander(world: World) -> None:
    declare(world)
    room = world.room()
    card = room.expects("Incident commander:", "no one yet")
    assert world.ana.clicks("incident.take_ic", card, room.name).ok
    assert world.cy.presses_stale("incident.take_ic", card, room.name).ok
    room.expects("is *incident commander* of", "already", world.ana.id)
    room.expects("/incident ic INC-1")
    assert world.ana.id in world.ana.says("/incident status INC-1").text
    assert world.cy.says("/incident ic INC-1").says("nothing was changed", world.ana.id), "a command asks"


def test_a_page_that_is_over_opens_no_form_and_says_who_has_it(world: World) -> None:
    declare(world)
    asked = paged(world)[0]
    page, there = asked.expects_page(), asked.dms().name
    opened = asked.clicks("page.decline", page, there)
    assert world.li.says("/incident ack INC-1").ok
    assert asked.fills(opened.view_id, reason="asleep").errors == {}
    asked.dms().expects("nothing was changed", world.li.id)
    for button in ("page.decline", "page.handover"):
        pressed = asked.presses_stale(button, page, there)
        assert not pressed.answer.get("view_id"), pressed.answer
    world.li.says("/incident unack INC-1")
    world.li.says("/incident cancel INC-1 a wrong alarm")
    assert asked.presses_stale("page.ack", page, there).ok
    asked.dms().expects("nothing was changed", "It is Cancelled")


def test_an_old_reminder_publishes_and_moves_nothing(world: World) -> None:
    declare(world)
    paged(world)[0].presses("page.ack", "You are paged")
    world.forward(minutes=30)
    room = world.room()
    reminder = room.expects("was due")
    assert world.ana.says("/incident update INC-1 the pool is full").ok
    room.lacks("was due")
    room.expects("next update due")
    for button in ("update.same", "update.snooze"):
        world.ana.presses_stale(button, reminder, room.name)
    room.expects("nothing was changed", "Last update: the pool is full")
    room.lacks("Update 2")
    world.forward(minutes=30)
    world.ana.clicks("update.same", room.expects("was due"), room.name)
    room.expects("Update 2", "No change: the pool is full")
    world.forward(minutes=30)
    world.ana.clicks("update.same", room.expects("was due"), room.name)
    room.lacks("No change: No change")
    world.ana.says("/incident resolve INC-1 a larger pool")
    room.lacks("was due")


def test_buttons_of_an_incident_that_is_over_open_no_form(world: World) -> None:
    declare(world)
    room = world.room()
    card = room.expects("Incident commander:", "no one yet")
    world.ana.says("/incident resolve INC-1 rolled back")
    for button in ("incident.update", "incident.page", "incident.roles", "incident.resolve"):
        pressed = world.ana.presses_stale(button, card, room.name)
        assert pressed.ok
        assert not pressed.answer.get("view_id"), button
    room.expects("an update needs an open incident")
    room.expects("paging needs an open incident")


def old_message(world: World, channel: str, text: str) -> Json:
    """A message that an older version posted, with a button that nothing listens to any more."""
    button = {"type": "button", "action_id": "page.accept", "value": "9", "text": {"type": "plain_text", "text": "Yes"}}
    blocks = [{"type": "actions", "elements": [button]}]
    world.app.api.call("conversations.join", channel=channel)
    world.app.api.call("chat.postMessage", channel=channel, text=text, blocks=blocks)
    return world.channel(channel).expects(text)


def test_a_button_of_an_older_version_says_so_and_how_it_stands(world: World) -> None:
    declare(world)
    world.ana.says("/incident ack INC-1")
    room = world.room().name
    for channel, text in ((room, "Incident card"), ("C01GENERAL", "Who takes INC-1?")):
        assert world.ana.clicks("page.accept", old_message(world, channel, text), channel).ok
        told = world.ana.dms() if channel != room else world.channel(room)
        said = world.channel(channel).shown() + told.shown()
        assert "older message" in said
        assert "INC-1 · SEV-1 · Investigating" in said
    world.ana.clicks("page.accept", old_message(world, "C01GENERAL", "no number at all"), "C01GENERAL")
    assert "shows where things stand" in world.channel("C01GENERAL").shown() + world.ana.dms().shown()


def test_a_button_of_an_older_version_tells_nothing_of_a_private_incident(world: World) -> None:
    world.ana.says("/incident declare sev1 The secret breach --private")
    world.li.clicks("page.accept", old_message(world, "C01GENERAL", "Who takes INC-1?"), "C01GENERAL")
    listed = [*world.channel("C01GENERAL").messages(), *world.li.dms().messages()]
    said = "".join(words(one) for one in listed if one["ephemeral_for"] != world.ana.id)
    assert "older message" in said
    assert "breach" not in said
