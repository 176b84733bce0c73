"""War rooms: who gets one, what it is called, who is brought in, and working without one."""

import pytest

from tests.stories.records import facts
from tests.stories.world import Json, World, actions, words


def room_button(world: World, action: str) -> None:
    world.ana.presses(action, "war room")


def post_in_thread(world: World, *texts: str) -> Json:
    """A reply under the announcement that holds the texts."""
    listed = world.incidents.messages()
    announcement = next(one for one in listed if "INC-1" in words(one) and one["thread_ts"] in (None, one["ts"]))
    replies = [one for one in listed if one["thread_ts"] == announcement["ts"] != one["ts"]]
    for reply in replies:
        if all(text in words(reply) for text in texts):
            return reply
    raise AssertionError(f"no reply holds {texts}:\n" + "\n".join(words(one) for one in replies))


@pytest.mark.both_databases
def test_sev_1_gets_a_furnished_room_at_once(world: World) -> None:
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    state = world.room().state()
    card = world.room().expects("*Now:*")
    assert "SEV-1 Investigating" in state["topic"]
    assert card["ts"] in str(state["pins"])
    assert state["bookmarks"]
    assert world.ana.id in state["members"]
    assert state["id"] in str(world.incidents.expects("INC-1", "Checkout returns 5xx"))


def test_sev_2_asks_the_declarer_who_opens_one(world: World) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    assert world.rooms() == []
    room_button(world, "room.open")
    assert world.ana.id in world.room().state()["members"]
    world.room().expects("INC-1", "Search is slow")


def test_sev_2_asks_the_declarer_who_works_in_the_thread(world: World) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    room_button(world, "room.thread")
    world.bo.says("/incident note INC-1 the index is being rebuilt")
    assert world.rooms() == []
    assert "rebuilt" in world.ana.says("/incident timeline 1").text


def test_sev_2_gets_a_room_when_a_second_team_is_paged(world: World) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    assert world.rooms() == []
    world.ana.says("/incident page 1 @li")
    assert world.li.id in world.room().state()["members"]
    assert "second team" in facts(world, "incidents.room_wanted")[0]["reason"]


def test_sev_2_gets_a_room_for_a_second_team_even_after_the_thread_was_chosen(world: World) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    world.ana.presses("room.thread", "does it need a war room?")
    assert world.rooms() == []
    world.ana.says("/incident page 1 @li")
    assert world.li.id in world.room().state()["members"]


def test_sev_4_gets_none_and_says_what_would_help(world: World) -> None:
    world.ana.says("/incident sev4 A typo on the imprint")
    world.bo.says("/incident room 1").says("SEV-4 incidents get no war room", "/incident sev INC-1")
    assert world.rooms() == []
    world.bo.says("/incident sev 1 sev3")
    assert world.bo.says("/incident room 1").ok
    assert world.ana.id in world.room().state()["members"]


def test_sev_3_gets_a_room_only_on_request(world: World) -> None:
    world.ana.says("/incident sev3 A typo on the imprint")
    assert world.rooms() == []
    world.forward(minutes=60)
    assert world.rooms() == []
    assert world.bo.says("/incident room 1").ok
    assert world.ana.id in world.room().state()["members"]
    again = world.bo.says("/incident room 1")
    assert world.room().name in again.text
    assert len(world.rooms()) == 1


def test_without_a_room_every_verb_works_and_the_thread_is_the_place(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    world.bo.says("/incident ack INC-1", channel="platform").says("INC-1")
    world.bo.says("/incident ic INC-1", channel="platform")
    world.bo.says("/incident note INC-1 the index is cold", channel="platform")
    world.bo.says("/incident update INC-1 identified warming the index", channel="platform")
    post_in_thread(world, "warming the index", "Identified")
    world.bo.says("/incident resolve INC-1 the index is warm", channel="platform")
    post_in_thread(world, "Resolved", "the index is warm")
    assert world.rooms() == []
    told = world.ana.says("/incident timeline 1").text
    for entry in ("acknowledged", "the index is cold", "warming the index", "the index is warm"):
        assert entry in told


NAMES = {
    "unicode": ("Überweisung schlägt fehl – 支付失败", "uberweisung"),
    "no letter that Slack takes": ("火事だ 🔥", "incident-"),
    "3,000 characters": ("checkout " * 333 + "xyz", "checkout"),
    "markup": ("<!channel> `rm -rf` <@U01BO>", "incident-"),
}


@pytest.mark.parametrize("case", NAMES)
def test_the_name_of_a_room_is_one_that_slack_takes(world: World, case: str) -> None:
    title, part = NAMES[case]
    world.ana.says(f"/incident sev1 {title}")
    name = world.room().state()["name"]
    assert part in name
    assert 10 <= len(name) <= 80
    assert not name.endswith("-")
    assert not any(one["answer"].get("error") for one in world.calls("conversations.create"))


@pytest.mark.both_databases
@pytest.mark.parametrize("archived", [False, True])
def test_a_name_that_is_taken_gets_a_suffix(world: World, archived: bool) -> None:
    world.ana.says("/incident sev1 Checkout is down")
    first = world.room().state()
    if archived:
        world.do("company", archive=first["id"])
    world.bo.says("/incident sev1 Checkout is down")
    names = sorted(one["name"] for one in world.rooms())
    assert len(set(names)) == 2
    assert names[1].startswith(first["name"])
    second = next(one for one in world.rooms() if one["name"] == names[1])
    assert second["id"] in str(world.channel("incidents").expects("INC-2"))


@pytest.mark.both_databases
def test_a_private_incident_is_seen_in_its_private_room_and_nowhere_else(world: World) -> None:
    assert world.ana.says("/incident declare sev1 The secret breach --private --service checkout").ok
    room = world.room()
    assert room.state()["private"]
    assert "The secret breach" in room.shown()
    world.ana.says("/incident update INC-1 the keys are revoked")
    world.ana.says("/incident resolve INC-1 all rotated")
    for channel in world.look("state")["channels"]:
        if channel["id"] == room.name or channel["id"].startswith("D"):
            continue
        assert "breach" not in str(channel)
        for message in world.channel(channel["id"]).messages():
            if message["ephemeral_for"] != world.ana.id:
                assert "breach" not in words(message), channel["name"]
    assert world.li.id not in room.state()["members"]
    world.li.says("/incident status 1").says("There is no incident INC-1")


def test_who_cannot_come_is_named_once_to_the_declarer(world: World) -> None:
    world.do("company", deactivate="bo")
    world.settle()
    world.li.says("/incident sev1 Checkout is down --service checkout")
    world.forward(minutes=5)
    told = [one for one in world.li.dms().messages() if "could not be invited" in words(one)]
    assert len(told) == 1
    assert world.bo.id in words(told[0])
    assert "deactivated" in words(told[0])
    world.ana.dms().lacks("could not be invited")
    members = world.room().state()["members"]
    assert world.bo.id not in members
    assert {world.li.id, world.ana.id, world.cy.id, world.dee.id} <= set(members)


def test_who_joins_late_is_told_where_things_stand(world: World) -> None:
    world.ana.says("/incident sev1 Checkout is down --service checkout")
    world.ana.says("/incident note INC-1 the pool is exhausted")
    world.forward(minutes=4)
    room = world.room()
    posted = len([one for one in room.messages() if not one.get("ephemeral_for")])
    world.do("company", join={"channel": room.name, "user": "eve"})
    world.settle()
    whispers = [one for one in room.messages() if one.get("ephemeral_for") == world.eve.id]
    assert any("Checkout is down" in words(one) for one in whispers), room.shown()
    assert len([one for one in room.messages() if not one.get("ephemeral_for")]) - posted <= 1


def test_the_room_question_has_two_answers(world: World) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    asked = world.ana.dms().expects("war room")
    offered = actions(asked)
    assert any(one.startswith("room.open") for one in offered)
    assert any(one.startswith("room.thread") for one in offered)
