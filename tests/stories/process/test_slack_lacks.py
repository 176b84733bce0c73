"""A workspace that lacks things, and a Slack that stumbles: the incident goes on, once, and nobody is bothered."""

import logging

import pytest

from bot import clock as clocks
from bot.engine import identity
from bot.engine.settlement import Claimed, settled
from bot.integrations.outbound import Post
from tests.stories.records import deliveries, facts, unsettled, until
from tests.stories.world import World, words

pytestmark = pytest.mark.both_databases

DECLARE = "/incident sev1 Checkout returns 5xx --service checkout"


def test_without_pins_bookmarks_canvases_and_files_the_incident_goes_on(world: World) -> None:
    world.do("faults", features={"pins": "unknown_method", "bookmarks": "missing_scope", "files": "missing_scope",
                                 "canvases": "unknown_method"})  # fmt: skip
    for number in (1, 2):
        world.ana.says(DECLARE).says(f"INC-{number}")
        world.ana.says(f"/incident ack {number}")
        world.ana.says(f"/incident resolve INC-{number} rolled back").says("resolved")
    lost = [one["method"] for one in facts(world, "core.capability_lost")]
    assert sorted(lost) == sorted(set(lost)), "each loss is written down once"
    assert {"pins.add", "bookmarks.add", "files.getUploadURLExternal"} <= set(lost)
    for channel in [*(one["id"] for one in world.rooms()), "incidents"]:
        shown = world.channel(channel).shown()
        for word in ("missing_scope", "unknown_method", "pins.add", "bookmarks.add"):
            assert word not in shown
        assert "Resolved" in shown
    assert len(world.rooms()) == 2
    assert unsettled(world) == []


def sent_pages(world: World) -> int:
    """Messages that page somebody, as they lie in people's direct messages."""
    people = (world.ana, world.bo, world.cy)
    return sum("You are paged" in words(one) for who in people for one in who.dms().messages())


TROUBLE = {
    "429 with a second to wait": {"method": "chat.postMessage", "kind": "429", "retry_after": "1", "times": 2},
    "500 before": {"method": "chat.postMessage", "kind": "500", "times": 2},
    "500 after": {"method": "chat.postMessage", "kind": "500", "phase": "after_apply", "times": 3},
    "reset before": {"method": "chat.postMessage", "kind": "reset", "times": 2},
    "reset after": {"method": "chat.postMessage", "kind": "reset", "phase": "after_apply", "times": 3},
    "not JSON, after": {"method": "chat.postMessage", "kind": "badjson", "phase": "after_apply", "times": 3},
    "cut short, after": {"method": "chat.postMessage", "kind": "truncate", "phase": "after_apply", "times": 3},
    "no room, 500 before": {"method": "conversations.create", "kind": "500", "times": 2},
    "no room, 500 after": {"method": "conversations.create", "kind": "500", "phase": "after_apply", "times": 1},
    "no room, reset after": {"method": "conversations.create", "kind": "reset", "phase": "after_apply", "times": 1},
    "the invitation, 500 after": {"method": "conversations.invite", "kind": "500", "phase": "after_apply", "times": 1},
    "the pin, reset after": {"method": "pins.add", "kind": "reset", "phase": "after_apply", "times": 1},
}


@pytest.mark.parametrize("case", TROUBLE)
def test_whatever_the_wire_does_there_is_one_page_one_room_one_card(world: World, case: str) -> None:
    world.do("faults", **TROUBLE[case])
    assert world.do("command", user="ana", channel="general", text=DECLARE)["ok"]
    world.settle()
    assert sent_pages(world) == 1
    assert len(world.rooms()) == 1
    cards = [one for one in world.room().messages() if "*Now:*" in words(one)]
    announced = [one for one in world.incidents.messages() if "INC-1" in words(one) and one["blocks"]]
    assert len(cards) == 1
    assert len(announced) == 1
    assert cards[0]["ts"] in str(world.room().state()["pins"])
    assert unsettled(world) == []
    assert [one.kind for one in deliveries(world) if one.state == "failed"] == []


def test_duplicate_and_late_events_have_one_effect_each(world: World) -> None:
    world.ana.says(DECLARE)
    room = world.room()
    world.ana.says("first thing", channel=room.name)
    world.ana.says("second thing", channel=room.name)
    world.do("faults", dup_event=3)
    world.ana.reacts("pushpin", room.expects("first thing"), room.name)
    world.do("faults", reorder=1)
    world.do("reaction", user="ana", channel=room.name, ts=room.expects("second thing")["ts"], name="pushpin")
    world.dee.reacts("pushpin", room.expects("first thing"), room.name)
    world.settle()
    told = world.ana.says("/incident timeline 1").text
    assert told.count("first thing") == 1
    assert told.count("second thing") <= 1


@pytest.mark.transport("socket")
@pytest.mark.parametrize("how", ["abrupt", "refresh_requested", "warning"])
def test_a_connection_that_is_cut_comes_back_and_nothing_is_lost(world: World, how: str) -> None:
    world.ana.says(DECLARE)
    world.do("faults", disconnect=how)
    wait_for_connection(world)
    assert world.ana.says("/incident note INC-1 written after the cut").ok
    assert "after the cut" in world.ana.says("/incident timeline 1").text
    world.forward(minutes=5)
    world.room().expects("Level 2")


@pytest.mark.transport("socket")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("abrupt", ["the connection to Slack is lost; connecting again until it is back", "connected to Slack again"]),
        ("warning", []),
    ],
)
def test_the_log_has_one_line_for_a_loss_and_one_for_the_return(
    world: World, caplog: pytest.LogCaptureFixture, how: str, said: list[str]
) -> None:
    caplog.set_level(logging.INFO)
    before = len(world.calls("apps.connections.open"))
    world.do("faults", disconnect=how)
    until(lambda: len(world.calls("apps.connections.open")) > before, "the new connection")
    until(lambda: how == "warning" or said[-1] in caplog.text, "the word that it is back")
    wait_for_connection(world)
    quiet = ("slack_bolt", "slack_sdk.socket_mode")  # what fails in slack_sdk.web is raised, and said by us
    ours = [one for one in caplog.records if one.name.startswith("handlers.connection")]
    theirs = [one for one in caplog.records if one.name.startswith(quiet) and one.levelno > logging.INFO]
    assert [one.getMessage() for one in ours] == said
    assert theirs == []


def wait_for_connection(world: World) -> None:
    """Asks until the app is reachable again, as a person would."""

    def answered() -> bool:
        return bool(world.do("command", user="ana", channel="general", text="/incident list").get("ok"))

    until(answered, "the connection's return")


def test_a_revoked_token_parks_what_is_owed_and_a_working_one_sends_it(world: World) -> None:
    world.ana.says(DECLARE)
    world.do("faults", revoke=True)
    number = len(deliveries(world))
    world.do("clock", advance=300)
    until(lambda: any(one.state == "parked" for one in deliveries(world)[number:]), "the parking")
    world.http.delete("faults")
    identity.retry_parked(world.app.api, world.app.desk)
    world.settle()
    assert unsettled(world) == []
    world.room().expects("Level 2")
    assert sent_pages(world) == 1, "the first page is marked as missed, the second is sent once"


@pytest.mark.transport("socket")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_slack_that_refuses_the_connection_is_asked_slower_and_the_log_says_so_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def refused() -> list[float]:
        asked = [one for one in world.calls("apps.connections.open") if not one["answer"]["ok"]]
        return [float(one["time"]) for one in asked]

    world.do("faults", revoke=True)
    until(lambda: len(refused()) > 1, "asking twice")
    first, second = refused()[:2]
    assert second - first >= 1.9, "the first pause is two seconds"
    assert caplog.text.count("slower and slower up to every 30 s") == 1
    world.http.delete("faults")
    until(lambda: world.look("state")["connections"], "the connection that comes back")
    world.ana.says("/incident list").says("")


def test_a_second_copy_of_a_message_is_taken_away_and_the_one_that_counts_stays(world: World) -> None:
    """A replica that stood still between its look at the lease and its call posts what another has posted."""
    world.ana.says(DECLARE)
    [announced] = deliveries(world, "announce")
    before = [one["ts"] for one in world.incidents.messages()]
    now = clocks.real()
    outcome = world.app.switchboard.send(Post("#incidents", "INC-1 once more", [], announced.key), ambiguous=False)
    assert len(world.incidents.messages()) == len(before) + 1
    settled(world.app.desk, Claimed(announced, "a lease that ran out"), outcome, started=now, ended=now)
    world.settle()
    assert [one["ts"] for one in world.incidents.messages()] == before
    world.ana.says("/incident ack 1")
    world.incidents.expects("Investigating")
