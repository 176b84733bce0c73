"""What Slack refuses for good: another place, then one warning, one finding with its cure, one sentence."""

import logging

import pytest

from bot.cli.doctor.installation import refused
from storage.queries import refusals
from tests.stories.records import deliveries, facts, unsettled
from tests.stories.world import Channel, Json, World, words

DECLARE = "/incident declare sev1 Checkout returns 5xx --service checkout"
NOT_DELIVERED = "Not delivered"


def told(channel: Channel, text: str) -> list[Json]:
    return [one for one in channel.messages() if text in words(one)]


def warnings(caplog: pytest.LogCaptureFixture, text: str) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING and text in one.getMessage()]


def findings(world: World) -> list[tuple[str, str]]:
    """What `tocsin doctor` would list: the kind, and the cure."""
    with world.app.desk.read() as session:
        return [(one.kind, one.cure) for one in refusals.findings(session)]


@pytest.mark.both_databases
@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "restricted_action"])
def test_an_announcement_refused_once_does_not_silence_the_incident(
    world: World, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    world.do("faults", method="chat.postMessage", kind=f"ok_false:{code}", when={"nth": 1})
    world.ana.says("/incident declare sev3 Search is slow --service search")
    world.bo.says("/incident ack INC-1", channel="platform")
    world.bo.says("/incident update INC-1 identified warming the index", channel="platform")
    announcement = world.incidents.expects("INC-1", "Search is slow", "Status")
    world.incidents.expects("Update 1", "warming the index")
    world.ana.says("/incident resolve INC-1 the index is warm")
    assert "Resolved" in words(next(one for one in world.incidents.messages() if one["ts"] == announcement["ts"]))
    assert len(told(world.ana.dms(), NOT_DELIVERED)) <= 1
    assert len(warnings(caplog, "the announcement")) <= 1
    assert unsettled(world) == []


@pytest.mark.both_databases
def test_a_channel_of_announcements_that_is_gone_is_said_once_and_found(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.do("company", archive="incidents")
    world.ana.says(DECLARE)
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform")
    world.li.says("/incident declare sev3 Search is slow --service search")
    mine = told(world.ana.dms(), "the announcement")
    assert [one for one in mine if "INC-1" in words(one)]
    assert len([one for one in mine if "INC-1" in words(one)]) == 1
    assert len(told(world.li.dms(), "the announcement")) == 1
    assert "the channel is archived" in words(mine[0])
    assert len(warnings(caplog, "the announcement was not delivered")) == 1
    assert findings(world) == [
        ("announce", "Unarchive it and invite the bot again, or name another channel in tocsin.yml.")
    ]
    world.room().expects("Update 1", "rolling back")
    world.do("company", unarchive="incidents")
    world.ana.says("/incident sev INC-1 sev2 fewer customers")
    world.incidents.expects("INC-1", "Checkout returns 5xx", "SEV-2")
    world.li.says("/incident declare sev3 Another thing --service search")
    assert findings(world) == [], "what works again is no finding"
    assert unsettled(world) == []


def test_a_private_channel_of_announcements_is_found_by_its_id(world: World) -> None:
    """Slack takes a name for public channels only."""
    channel = world.sandbox.world.channel("incidents")
    world.do("company", invite_bot=channel.id)
    channel.kind = "private"
    world.do("faults", method="chat.postMessage", kind="ok_false:channel_not_found", when={"nth": 1})
    world.ana.says("/incident declare sev3 Search is slow --service search")
    world.incidents.expects("INC-1", "Search is slow", "Status")
    world.ana.dms().lacks(NOT_DELIVERED)


def test_a_renamed_channel_of_announcements_is_found_by_the_last_announcement(world: World) -> None:
    world.ana.says("/incident declare sev3 Search is slow --service search")
    assert world.do("rename", user="ana", channel="incidents", name="outages")["ok"]
    world.ana.says("/incident declare sev3 Checkout is slow --service checkout")
    world.channel("outages").expects("INC-2", "Checkout is slow", "Status")
    world.ana.dms().lacks("INC-2 Checkout is slow, because")
    assert [kind for kind, _ in findings(world)] == ["announce"], "the file still names the old channel"


@pytest.mark.both_databases
def test_where_no_channel_may_be_made_it_is_said_to_whoever_waits_for_the_room(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.do("faults", method="conversations.create", kind="ok_false:restricted_action")
    world.li.says(DECLARE).says("you will be invited")
    [alone] = told(world.li.dms(), NOT_DELIVERED)
    assert "the war room" in words(alone)
    assert "doesn't let the app create channels" in words(alone)
    assert "Channel management" in words(alone)
    assert len(warnings(caplog, "the war room was not delivered")) == 1
    assert [kind for kind, _ in findings(world)] == ["room.create"]
    world.bo.says("/incident update INC-1 identified rolling back", channel="platform").says("is posted")
    world.incidents.expects("Update 1", "rolling back")
    world.http.delete("faults")
    world.bo.says("/incident room INC-1")
    assert world.bo.id in world.room().state()["members"], "whoever asked for it was promised an invitation"
    assert findings(world) == []


def test_a_thread_whose_first_message_is_gone_leaves_the_channel(world: World) -> None:
    world.ana.says("/incident declare sev3 Search is slow --service search")
    first = world.incidents.expects("INC-1", "Status")
    world.do("faults", method="chat.postMessage", kind="ok_false:thread_not_found", times=1)
    world.bo.says("/incident update INC-1 identified warming the index", channel="platform")
    update = world.incidents.expects("Update 1", "warming the index")
    assert update["thread_ts"] in (None, update["ts"])
    assert update["ts"] != first["ts"]
    assert unsettled(world) == []


def test_an_answer_that_cannot_be_whispered_is_told_in_person(world: World) -> None:
    world.ana.says(DECLARE)
    world.do("faults", method="chat.postEphemeral", kind="ok_false:user_not_in_channel")
    world.bo.clicks("incident.join", world.incidents.expects("Join the room"), "incidents")
    world.bo.dms().expects("You are being invited")


def test_a_direct_message_that_is_refused_is_said_to_whoever_conducts_the_incident(world: World) -> None:
    world.ana.says(DECLARE)
    world.cy.says("/incident ic INC-1")
    world.do("faults", method="chat.postMessage", kind="ok_false:channel_not_found", times=1)
    world.dee.says("/incident ic INC-1 @bo")
    assert unsettled(world) == []
    died = facts(world, "core.delivery_died")
    assert [one["kind"] for one in died] == [one.kind for one in deliveries(world) if one.state == "failed"]


def test_doctor_names_what_was_refused_and_its_cure(world: World) -> None:
    world.do("company", archive="incidents")
    world.ana.says(DECLARE)
    found = list(refused(world.app.database))
    assert [(one.name, one.state) for one in found] == [("not delivered: announce", "warning")]
    assert "the channel is archived" in found[0].said
    assert "Unarchive it and invite the bot again" in found[0].fix


def test_an_update_that_reached_one_person_only_is_said_to_its_writer(world: World) -> None:
    world.do("company", archive="incidents")
    world.ana.says("/incident declare sev3 Search is slow --service search")
    world.bo.says("/incident update INC-1 identified warming the index", channel="platform")
    world.ana.dms().expects("Update 1", "warming the index")
    world.bo.dms().expects(NOT_DELIVERED, "an update", "the channel is archived")
