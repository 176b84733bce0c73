"""A war room that takes nothing any more: who is told, what follows it, and where words go meanwhile."""

import pytest

from tests.stories.records import facts, unsettled, until
from tests.stories.world import Channel, Json, World, words

DECLARE = "/incident declare sev1 Checkout returns 5xx --service checkout"


def declared(world: World, *options: str) -> Channel:
    world.ana.says(" ".join([DECLARE, *options]))
    return world.room()


def told(channel: Channel, text: str) -> list[Json]:
    return [one for one in channel.messages() if text in words(one)]


def heard(world: World) -> None:
    """Slack tells the bot when it gets round to it."""
    until(lambda: facts(world, "incidents.room_lost"), "the word that the room is gone")
    world.settle()


@pytest.mark.both_databases
def test_a_room_that_was_archived_with_its_incident_is_followed_by_another(world: World) -> None:
    old = declared(world)
    world.ana.says("/incident ack INC-1")
    world.ana.says("/incident resolve INC-1 rolled back")
    world.ana.says("/incident close INC-1")
    assert old.state()["archived"]
    world.li.says("/incident reopen INC-1 it is back")
    [new] = [Channel(world, one["id"]) for one in world.rooms() if one["id"] != old.name]
    new.expects("Open again", "it is back")
    new.expects("*Now:*")
    assert {world.ana.id, world.li.id} <= set(new.state()["members"])
    assert new.name in str(world.incidents.expects("INC-1", "Checkout returns 5xx", "Status"))
    assert len(told(world.incidents, "is now")) == 1, "said once, below the announcement"
    assert unsettled(world) == []
    assert new.state()["name"] in world.bo.says("/incident room INC-1").text or new.name in str(
        world.bo.says("/incident room INC-1").answer
    )


@pytest.mark.both_databases
def test_a_room_that_a_person_archives_is_told_once_with_one_tap_to_a_new_one(world: World) -> None:
    old = declared(world)
    world.cy.says("/incident ic INC-1")
    world.do("company", archive=old.name)
    heard(world)
    answer = world.bo.says("/incident update INC-1 identified rolling back 4812", channel="platform")
    answer.says("can no longer be used", "in the thread of the announcement")
    world.incidents.expects("Update 1", "rolling back 4812")
    world.bo.says("/incident update INC-1 monitoring rolled back", channel="platform")
    asked = told(world.cy.dms(), "can no longer be used")
    assert len(asked) == 1
    world.ana.dms().lacks("can no longer be used")
    world.cy.clicks("room.open", asked[0], world.cy.dms().name)
    [new] = [Channel(world, one["id"]) for one in world.rooms() if one["id"] != old.name]
    assert {world.ana.id, world.cy.id} <= set(new.state()["members"])
    new.expects("rolled back")
    assert unsettled(world) == []
    assert [one["reason"] for one in facts(world, "incidents.room_lost")] == ["it was archived"]


@pytest.mark.both_databases
def test_a_private_room_without_the_bot_is_said_to_whoever_writes_an_update(world: World) -> None:
    old = declared(world, "--private")
    world.ana.says("/incident ack INC-1")
    world.do("company", kick_bot=old.name)
    heard(world)
    answer = world.ana.says("/incident update INC-1 the keys are revoked", channel="general")
    answer.says("recorded", "can no longer be used", "Open a new room")
    assert len(told(world.ana.dms(), "can no longer be used")) == 1
    world.ana.dms().expects("the keys are revoked")
    world.incidents.lacks("keys")
    world.ana.presses("room.open", "can no longer be used")
    [new] = [Channel(world, one["id"]) for one in world.rooms() if one["id"] != old.name]
    assert new.state()["private"]
    world.ana.says("/incident update INC-1 rotated", channel="general").says("is posted")
    new.expects("rotated")
    world.incidents.lacks("INC-1")


def test_an_update_whose_room_is_found_to_be_gone_only_then_is_said_to_its_writer(world: World) -> None:
    """No event has told the bot; the post finds out."""
    declared(world)
    world.do("faults", method="chat.postMessage", kind="ok_false:is_archived", times=1)
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform").says("is posted")
    world.bo.dms().expects("can no longer be used", "the channel is archived")
    world.ana.dms().expects("can no longer be used")
    world.incidents.expects("Update 1", "rolling back")
    assert unsettled(world) == []


def test_a_renamed_room_goes_on_under_its_new_name_and_the_commander_hears_of_it(world: World) -> None:
    room = declared(world)
    world.cy.says("/incident ic INC-1")
    old = room.state()["name"]
    assert world.do("rename", user="ana", channel=room.name, name="checkout-trouble")["ok"]
    until(lambda: facts(world, "incidents.room_renamed"), "the word of the new name")
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform").says("is posted")
    room.expects("Update 1", "rolling back")
    assert world.rooms() == []
    assert "checkout-trouble" in world.bo.says("/incident timeline INC-1").text
    for one in (world.ana, world.cy):
        one.dms().lacks("can no longer be used")
    assert len(told(world.cy.dms(), f"#{old}, the war room of INC-1, is now called")) == 1
    world.ana.dms().lacks("is now called")


def test_a_room_that_a_person_makes_private_goes_on_and_that_is_said(world: World) -> None:
    room = declared(world)
    world.cy.says("/incident ic INC-1")
    world.do("company", make_private=room.name)
    until(lambda: facts(world, "incidents.room_privacy_changed"), "the word that it is private")
    world.settle()
    assert len(told(world.cy.dms(), "is private now")) == 1
    assert len(told(world.incidents, "is private now")) == 1, "below the announcement"
    assert "was made private" in world.bo.says("/incident timeline INC-1").text
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform").says("is posted")
    room.expects("Update 1", "rolling back")
    world.li.clicks("incident.join", told(world.incidents, "is private now")[0], "incidents")
    world.settle()
    assert world.li.id in room.state()["members"]
    assert world.li.says("/incident status INC-1").text.count("INC-1"), "who may know of it stays as it was"


def test_the_room_that_follows_a_room_made_private_is_private(world: World) -> None:
    old = declared(world)
    world.cy.says("/incident ic INC-1")
    world.do("company", make_private=old.name)
    until(lambda: facts(world, "incidents.room_privacy_changed"), "the word that it is private")
    world.do("company", archive=old.name)
    heard(world)
    world.cy.clicks("room.open", told(world.cy.dms(), "can no longer be used")[0], world.cy.dms().name)
    [new] = [Channel(world, one["id"]) for one in world.rooms() if one["id"] != old.name]
    assert new.state()["private"]


def test_a_private_incident_whose_room_is_made_public_is_said_to_its_commander_alone(world: World) -> None:
    room = declared(world, "--private")
    world.do("company", make_public=room.name)
    until(lambda: facts(world, "incidents.room_privacy_changed"), "the word that it is public")
    world.settle()
    world.ana.dms().expects("is public now", "The incident is private")
    world.incidents.lacks("is public now")


@pytest.mark.both_databases
def test_what_is_typed_in_a_former_room_is_about_its_incident_and_shows_the_way(world: World) -> None:
    old = declared(world)
    world.ana.says("/incident declare sev1 Search is down --service search")
    world.do("company", kick_bot=old.name)
    heard(world)
    world.ana.presses("room.open", "can no longer be used")
    [new] = [Channel(world, one["id"]) for one in world.rooms() if "checkout" in one["name"] and one["id"] != old.name]
    for said in ("status", "note found it", "update identified rolling back", "sev sev2 fewer customers"):
        answer = world.ana.says(f"/incident {said}", channel=old.name)
        answer.says("no longer the war room of")
        assert "INC-1" in str(answer.answer), said
        assert new.name in str(answer.answer), said
    new.expects("Update 1", "rolling back")
    assert "found it" in world.ana.says("/incident timeline INC-1", channel=new.name).text
    assert "no longer the war room" not in str(world.ana.says("/incident status", channel=new.name).answer)
    world.ana.says("/incident resolve fixed", channel=old.name)
    world.incidents.expects("Checkout returns 5xx", "Resolved")
    world.incidents.lacks("Search is down: Resolved")


def test_a_former_room_that_is_brought_back_says_where_the_incident_goes_on(world: World) -> None:
    old = declared(world)
    world.do("company", archive=old.name)
    heard(world)
    world.ana.presses("room.open", "can no longer be used")
    [new] = [Channel(world, one["id"]) for one in world.rooms() if one["id"] != old.name]
    world.do("company", unarchive=old.name)
    world.do("company", invite_bot=old.name)
    until(lambda: told(old, "no longer the war room of"), "the way to the new room")
    assert new.name in str(old.expects("no longer the war room of", "INC-1"))
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform")
    new.expects("rolling back")
    old.lacks("rolling back")
    world.do("company", join={"channel": old.name, "user": "li"})
    world.settle()
    new.lacks("in five lines")
    assert unsettled(world) == []


@pytest.mark.parametrize("code", ["restricted_action_read_only_channel", "channel_not_found", "is_archived"])
def test_whatever_makes_a_room_useless_a_new_one_is_one_tap_away(world: World, code: str) -> None:
    old = declared(world)
    world.do("faults", method="chat.postMessage", kind=f"ok_false:{code}", times=1)
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform")
    world.incidents.expects("Update 1", "rolling back")
    world.ana.presses("room.open", "can no longer be used")
    [new] = [Channel(world, one["id"]) for one in world.rooms() if one["id"] != old.name]
    world.bo.says("/incident update INC-1 monitoring rolled back", channel="platform").says("is posted")
    new.expects("Update 2", "rolled back")


def test_a_room_that_is_brought_back_is_used_again(world: World) -> None:
    room = declared(world)
    world.do("company", archive=room.name)
    heard(world)
    world.do("company", unarchive=room.name)
    world.do("company", kick_bot=room.name)
    world.do("company", invite_bot=room.name)
    until(lambda: facts(world, "incidents.room_regained"), "the word that the bot is back")
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform").says("is posted")
    room.expects("Update 1", "rolling back")


def test_a_card_and_an_announcement_that_somebody_deletes_are_posted_again(world: World) -> None:
    room = declared(world)
    gone = [(room.name, room.expects("*Now:*")["ts"]), ("C01INCIDENTS", world.incidents.expects("Status")["ts"])]
    for channel, ts in gone:
        del world.sandbox.world.channel(channel).messages[ts]
    world.ana.says("/incident ack INC-1")
    assert len(told(room, "*Now:*")) == 1
    world.ana.says("/incident status INC-1 identified")
    assert len(told(world.incidents, "Status")) == 1, "at the first change that it shows"
    world.ana.says("/incident sev INC-1 sev2 fewer customers")
    assert "SEV-2" in words(told(room, "*Now:*")[0])
    assert "SEV-2" in words(told(world.incidents, "Status")[0])
    assert len(told(world.incidents, "Status")) == 1
    assert unsettled(world) == []


def test_where_inviting_is_impossible_the_way_is_told_in_person(world: World) -> None:
    world.do("faults", method="conversations.invite", kind="ok_false:restricted_action")
    room = declared(world)
    world.bo.clicks("incident.join", world.incidents.expects("Join the room"), "incidents")
    for person in (world.ana, world.bo):
        told_alone = person.dms().expects("couldn't invite you", "isn't allowed to invite")
        assert room.name in str(told_alone)
    world.ana.says("/incident ack INC-1")
    assert len(told(world.ana.dms(), "couldn't invite you")) == 1
