"""A post that Slack refuses: looked up by id, joined where that helps, else refused with Slack's word and the place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.integrations.outbound import Edit, Invite, Pin, Post, SetTopic
from bot.integrations.outcome import Failed, Outcome, Sent
from bot.integrations.slack.sender import Slack
from bot.integrations.slack.web_api import SlackApi
from sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(manifest=ROOT / "manifest.yml") as running:
        running.limits.enabled = False
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> Iterator[Slack]:
    api = SlackApi(sandbox.api_url, sandbox.bot_token)
    yield Slack(api)
    api.close()


def room(slack: Slack, name: str = "incident-1") -> str:
    return str(slack.api.call("conversations.create", name=name)["channel"]["id"])


def refusal(outcome: Outcome) -> tuple[str, str]:
    assert isinstance(outcome, Failed), outcome
    return outcome.code, outcome.place


def test_an_archived_room_stays_archived(slack: Slack) -> None:
    """No bot can bring a channel back."""
    channel = room(slack)
    slack.api.call("conversations.archive", channel=channel)
    assert refusal(slack.send(Post(channel, "reopened", [], "k"), ambiguous=False)) == ("is_archived", channel)
    assert slack.api.call("conversations.info", channel=channel)["channel"]["is_archived"]


def test_a_channel_named_by_its_name_is_looked_up_when_slack_does_not_find_it(sandbox: Sandbox, slack: Slack) -> None:
    channel = room(slack, "incidents-private")
    sandbox.world.channels[channel].kind = "private"
    outcome = slack.send(Post("#incidents-private", "INC-1", [], "k"), ambiguous=False)
    assert isinstance(outcome, Sent)
    assert outcome.result["channel"] == channel
    assert refusal(slack.send(Post("#nowhere", "INC-1", [], "k"), ambiguous=False)) == ("channel_not_found", "#nowhere")


def test_a_public_channel_that_we_were_taken_out_of_is_joined_again(slack: Slack) -> None:
    channel = room(slack)
    for item in (SetTopic(channel, "SEV-1"), Invite(channel, ("U01ANA",))):
        slack.api.call("conversations.leave", channel=channel)
        assert isinstance(slack.send(item, ambiguous=False), Sent), item


def test_a_private_channel_that_we_were_taken_out_of_is_closed_to_us(sandbox: Sandbox, slack: Slack) -> None:
    channel = room(slack)
    slack.api.call("conversations.invite", channel=channel, users="U01ANA")
    sandbox.world.channels[channel].kind = "private"
    slack.api.call("conversations.leave", channel=channel)
    codes = {"not_in_channel", "channel_not_found"}
    for item in (
        Post(channel, "x", [], "k"),
        SetTopic(channel, "x"),
        Pin(channel, "1.0"),
        Edit(channel, "1.0", "x", []),
    ):
        code, place = refusal(slack.send(item, ambiguous=False))
        assert (code in codes, place.partition("/")[0]) == (True, channel), item
