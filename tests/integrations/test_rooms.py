"""Making a room: names that are taken, and a room that we made without its being recorded."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.integrations.outbound import MakeChannel, Post
from bot.integrations.outcome import Reason, Retry, Sent
from bot.integrations.slack.rooms import Rooms
from bot.integrations.slack.sender import Slack
from bot.integrations.slack.web_api import SlackApi, SlackProblem
from sandbox import Sandbox
from tests.integrations.test_refused_posts import ROOT

Apis = Callable[[], SlackApi]
NAMES = MakeChannel(("inc-1-mail", "inc-1-mail-2", "inc-1-mail-x"))


class Counted(SlackApi):
    """Slack as far as names of channels go."""

    def __init__(self, taken: set[str]) -> None:
        self.taken, self.asked = taken, list[str]()

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        name = str(arguments["name"])
        self.asked.append(name)
        if name in self.taken:
            raise SlackProblem(method, Reason.PERMANENT, "name_taken")
        self.taken.add(name)
        return {"channel": {"id": f"C{name}", "name": name}}


def test_a_name_that_is_taken_is_tried_once() -> None:
    api = Counted({"a", "a-2"})
    rooms = Rooms(api, lambda name: {})
    item = MakeChannel(("a", "a-2", "a-3", "a-4", "a-x"))
    made = [rooms.make(item, ambiguous=False) for _ in range(2)]
    assert [one.result["name"] for one in made if isinstance(one, Sent)] == ["a-3", "a-4"]
    assert api.asked == ["a", "a-2", "a-3", "a-4"]


def test_a_name_whose_call_was_refused_for_another_reason_is_free_again() -> None:
    class Limited(Counted):
        def call(self, method: str, **arguments: Any) -> dict[str, Any]:
            self.asked.append("limited")
            raise SlackProblem(method, Reason.RATE, "ratelimited", 3)

    limited = Limited(set())
    rooms = Rooms(limited, lambda name: {})
    for _ in range(2):
        with pytest.raises(SlackProblem):
            rooms.make(MakeChannel(("a", "a-2")), ambiguous=False)
    assert limited.asked == ["limited", "limited"]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(manifest=ROOT / "manifest.yml") as sandbox:
        yield sandbox


@pytest.fixture
def apis(sandbox: Sandbox) -> Iterator[Apis]:
    """One for each process."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(SlackApi(sandbox.api_url, sandbox.bot_token)))


def made(slack: Slack, *, ambiguous: bool) -> str:
    outcome = slack.send(NAMES, ambiguous=ambiguous)
    assert isinstance(outcome, Sent), outcome
    return str(outcome.result["name"])


@pytest.mark.parametrize("restarted", [False, True])
def test_a_room_whose_making_could_not_be_recorded_is_found_again(apis: Apis, restarted: bool) -> None:
    """By the process that made it, too: it knows the name to be taken, and not that it took it for this incident."""
    slack = Slack(apis())
    assert made(slack, ambiguous=False) == "inc-1-mail"
    second = Slack(apis()) if restarted else slack
    assert made(second, ambiguous=True) == "inc-1-mail"
    assert made(second, ambiguous=False) == "inc-1-mail-2", "another incident's, whatever it is called"
    assert made(second, ambiguous=True) == "inc-1-mail", "the first that is bare"


def test_what_is_only_looked_for_is_never_posted(apis: Apis) -> None:
    slack, page = Slack(apis()), Post("U01ANA", "You are paged", [], "page:1", found_only=True)
    never = slack.send(page, ambiguous=True)
    assert isinstance(never, Sent)
    assert "nothing" in never.result
    there = slack.send(replace(page, found_only=False), ambiguous=False)
    again = slack.send(page, ambiguous=True)
    assert isinstance(there, Sent)
    assert isinstance(again, Sent)
    assert (again.result["ts"], again.posted) == (there.result["ts"], False)


def test_a_room_in_use_is_not_taken_for_ours(apis: Apis) -> None:
    api = apis()
    slack = Slack(api)
    first = slack.send(NAMES, ambiguous=False)
    assert isinstance(first, Sent)
    api.call("conversations.setTopic", channel=first.result["channel"], topic="INC-7")
    assert made(slack, ambiguous=True) == "inc-1-mail-2"


def test_who_may_not_look_now_makes_no_second_room(sandbox: Sandbox, apis: Apis) -> None:
    slack = Slack(apis())
    assert made(slack, ambiguous=False) == "inc-1-mail"
    rule = {"method": "conversations.list", "kind": "500", "times": 1}
    httpx.post(f"{sandbox.url}/_sandbox/faults", json=rule, trust_env=False)
    outcome = slack.send(NAMES, ambiguous=True)
    assert isinstance(outcome, Retry), outcome
    assert made(slack, ambiguous=True) == "inc-1-mail"
