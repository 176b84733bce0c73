"""Slack was away: one digest for each incident instead of what was to be said meanwhile, and nothing of it stale."""

import httpx
import pytest

from tests.stories.records import deliveries, unsettled, until
from tests.stories.world import World, words

pytestmark = pytest.mark.both_databases

DECLARE = "/incident declare sev1 Checkout returns 5xx --service checkout"


def away(world: World) -> None:
    world.do("faults", total_outage=True)


def gone(world: World) -> None:
    """Slack is known to be away, and nothing is under way that left before that was known: it might still arrive."""
    until(lambda: world.app.dispatcher.outage.away() and not under_way(world), "the outage")


def under_way(world: World) -> list[str]:
    return [one for one in unsettled(world) if one.endswith(" leased")]


def back(world: World) -> None:
    world.http.delete("faults")
    until(lambda: not unsettled(world), "what was owed")
    world.settle()


def over_http(world: World, verb: str, **body: str) -> None:
    """People who cannot reach Slack use the command line."""
    answer = httpx.post(f"{world.app.url}/api/v1/incidents/1/{verb}", json=body, timeout=60, trust_env=False,
                        headers={"Authorization": f"Bearer {world.app.token}", "Tocsin-As": "bo"})  # fmt: skip
    assert answer.status_code == 200, answer.text


def test_what_was_to_be_said_meanwhile_is_one_digest(world: World) -> None:
    world.ana.says(DECLARE)
    world.ana.says("/incident ack INC-1")
    room = world.room()
    before = len(room.messages())
    away(world)
    for number in range(1, 5):
        over_http(world, "update", text=f"step {number} of the rollback", status="identified")
    gone(world)
    back(world)
    said = [one for one in room.messages()[before:] if one["thread_ts"] in (None, one["ts"])]
    topics = [words(one) for one in said if one.get("subtype") == "channel_topic"]
    assert [one for one in topics if "Identified" not in one] == [], "Slack's own lines: the state, and none is stale"
    new = [words(one) for one in said if one.get("subtype") != "channel_topic"]
    assert len(new) == 1, new
    assert "while Slack was away" in new[0]
    for number in range(1, 5):
        assert f"step {number} of the rollback" in new[0]
    replies = [words(one) for one in world.incidents.messages() if "📣" in words(one)]
    assert len(replies) == 1, "below the announcement only the newest"
    assert "Update 4" in replies[0]
    assert len([one for one in deliveries(world, "digest") if one.state == "sent"]) == 1


def test_a_single_message_is_sent_as_itself(world: World) -> None:
    world.ana.says("/incident declare sev3 Search is slow --service search")
    world.ana.says("/incident ack INC-1")
    away(world)
    over_http(world, "update", text="warming the index", status="identified")
    back(world)
    world.incidents.expects("Update 1", "warming the index")
    world.incidents.lacks("while Slack was away")


def test_an_incident_that_was_over_before_slack_came_back_is_told_as_over(world: World) -> None:
    world.ana.says(DECLARE)
    world.ana.says("/incident ack INC-1")
    room = world.room()
    away(world)
    over_http(world, "update", text="rolling back", status="identified")
    over_http(world, "resolve", text="rolled back")
    gone(world)
    back(world)
    told = room.expects("while Slack was away", "Resolved: rolled back")
    assert "Now: Resolved" in words(told)
    room.lacks("📣 *Update 1")


def test_what_the_clock_brings_meanwhile_is_in_the_digest_and_no_page_is_lost(world: World) -> None:
    world.ana.says(DECLARE)
    room = world.room()
    before = [one["ts"] for one in room.messages()]
    away(world)
    world.do("clock", advance=41 * 60)
    gone(world)
    back(world)
    new = [one for one in room.messages() if one["ts"] not in before]
    assert len([one for one in new if "while Slack was away" in words(one)]) == 1
    lines = [words(one) for one in new if "Level 2" in words(one) and "while Slack was away" not in words(one)]
    assert [one for one in lines if one.startswith("Level 2")] == [], "its line is in the digest"
    for person in (world.bo, world.cy):
        person.expects_page("INC-1")
