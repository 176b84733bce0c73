"""Refusals that sound like bad credentials and are about one place, and messages that Slack lets no one edit."""

import logging

import pytest

from bot.app import _owed
from storage.queries import refusals
from tests.stories.records import deliveries, facts, unsettled
from tests.stories.world import Channel, Json, World, words

DECLARE = "/incident declare sev1 Checkout returns 5xx --service checkout"
SILENT = "/incident declare sev3 Search is slow --service search"


def findings(world: World) -> dict[str, str]:
    """What `tocsin doctor` would list: the cure of each kind."""
    with world.app.desk.read() as session:
        return {one.kind: one.cure for one in refusals.findings(session)}


@pytest.mark.parametrize("code", ["no_permission", "access_denied", "ekm_access_denied", "team_access_not_granted"])
def test_a_place_that_refuses_us_is_no_trouble_with_the_token(world: World, code: str) -> None:
    """The next way is used and the next level asked at once; nothing waits for another token."""
    world.do("faults", method="chat.postMessage", kind=f"ok_false:{code}")
    world.ana.says(DECLARE)
    world.settle()
    assert {one.state for one in deliveries(world)} == {"sent", "failed"}
    assert facts(world, "paging.page_failed")
    assert _owed(world.app.database) == ""
    assert "the log" not in findings(world)["announce"].lower()


def test_a_refusal_once_moves_one_announcement_and_loses_no_page(world: World) -> None:
    world.do("faults", method="chat.postMessage", kind="ok_false:no_permission", times=1)
    world.ana.says(DECLARE)
    world.incidents.expects("INC-1", "Checkout returns 5xx", "Status")
    assert unsettled(world) == []


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive"])
def test_bad_credentials_that_slack_takes_elsewhere_are_a_refusal(world: World, code: str) -> None:
    """It knows us when it is asked: a single answer is asked for again, a lasting one is about what was to be done."""
    world.do("faults", method="chat.postMessage", kind=f"ok_false:{code}", times=1)
    world.ana.says(SILENT)
    world.incidents.expects("INC-1", "Search is slow", "Status")
    assert [one.kind for one in deliveries(world) if one.state == "failed"] == []
    world.do("faults", method="chat.postMessage", kind=f"ok_false:{code}")
    world.ana.says(DECLARE)
    assert unsettled(world) == []
    assert "announce" in findings(world)


@pytest.mark.parametrize(("place", "title"), [("incidents", "Search is slow"), ("room", "Checkout returns 5xx")])
def test_what_may_not_be_edited_is_posted_once_more_and_then_only_said(
    world: World, caplog: pytest.LogCaptureFixture, place: str, title: str
) -> None:
    world.ana.says(SILENT if place == "incidents" else DECLARE)
    channel = world.incidents if place == "incidents" else world.room()
    before = len(cards(channel, title))
    world.do("faults", method="chat.update", kind="ok_false:cant_update_message")
    for n, severity in enumerate(("sev4", "sev2", "sev4", "sev2", "sev4")):
        world.bo.says(f"/incident sev INC-1 {severity} reason {n}", channel="platform")
        world.settle()
    assert len(cards(channel, title)) == before + 1
    own = {"card.refresh", "room.heard"} if place == "room" else {"room.question"}
    kinds = {"announcement.refresh", "page.edit", *own}
    assert kinds == set(findings(world))
    said = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    assert len([one for one in said if "cant_update_message" in one]) == len(kinds)
    told = [one for one in deliveries(world) if one.payload.get("template") in ("not_delivered", "not_delivered_plain")]
    assert len({one.key for one in told}) == len(told) <= 6, [one.key for one in told]
    assert unsettled(world) == []
    world.http.delete("faults")
    world.ana.says("/incident resolve INC-1 the index is warm", channel="platform")
    assert "Resolved" in words(cards(channel, title)[-1]), "the last of them is the one that is edited"


def cards(channel: Channel, title: str) -> list[Json]:
    """The announcements, or the cards, of the incident."""
    own = ("Impact:", "Status")
    return [one for one in channel.messages() if title in words(one) and any(text in words(one) for text in own)]


def test_a_page_that_may_not_be_edited_is_found(world: World) -> None:
    world.ana.says(DECLARE)
    world.do("faults", method="chat.update", kind="ok_false:cant_update_message")
    world.ana.says("/incident ack 1")
    assert "page.edit" in findings(world)
