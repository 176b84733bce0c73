"""Faults: calls that fail before or after they took effect, and what the ledger says about them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from sandbox.api.limits import Limits
from sandbox.errors import SlackError
from tests.sandbox.conftest import MANIFEST, People

ROOM = "C01INCIDENTS"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def slack(ledger: Path) -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST, ledger=ledger) as sandbox:
        yield sandbox


def say(slack: Sandbox, text: str = "t", timeout: float = 60.0) -> httpx.Response:
    """One chat.postMessage without a client's comfort."""
    headers = {"authorization": f"Bearer {slack.bot_token}"}
    body = {"channel": ROOM, "text": text, "metadata": {"event_type": "k", "event_payload": {"key": text}}}
    return httpx.post(
        f"{slack.api_url}chat.postMessage", json=body, headers=headers, timeout=timeout, trust_env=False, verify=False
    )


ANSWERED = [("500", 500), ("502", 502), ("503", 503), ("429", 429)]
CUT = [("reset", httpx.ReadError), ("fin", httpx.RemoteProtocolError), ("truncate", httpx.RemoteProtocolError)]
PHASES = [("before_apply", 0), ("after_apply", 1)]


@pytest.mark.parametrize(("phase", "posted"), PHASES)
@pytest.mark.parametrize(("kind", "status"), ANSWERED)
def test_an_answer_that_says_no(
    slack: Sandbox, people: People, kind: str, status: int, phase: str, posted: int
) -> None:
    people.do("faults", method="chat.postMessage", kind=kind, phase=phase, times=1, retry_after=7)
    answer = say(slack)
    assert (answer.status_code, answer.json()["ok"]) == (status, False)
    assert answer.headers.get("retry-after") == ("7" if kind == "429" else None)
    assert len(people.messages(ROOM)) == posted
    assert say(slack).json()["ok"], "one time only"


@pytest.mark.parametrize(("phase", "posted"), PHASES)
@pytest.mark.parametrize(("kind", "error"), CUT)
def test_an_answer_that_does_not_arrive(
    slack: Sandbox, people: People, kind: str, error: type[Exception], phase: str, posted: int
) -> None:
    people.do("faults", method="*", kind=kind, phase=phase, times=1)
    with pytest.raises(error):
        say(slack)
    assert len(people.messages(ROOM)) == posted


@pytest.mark.parametrize(("phase", "posted"), PHASES)
def test_an_answer_that_never_ends(slack: Sandbox, people: People, phase: str, posted: int) -> None:
    people.do("faults", method="chat.postMessage", kind="hang", phase=phase)
    with pytest.raises(httpx.ReadTimeout):
        say(slack, timeout=0.1)
    while len(people.messages(ROOM)) < posted:  # whoever hangs up early may be quicker than what is written
        continue
    assert len(people.messages(ROOM)) == posted


@pytest.mark.parametrize(("phase", "posted"), PHASES)
def test_an_answer_that_is_not_json(slack: Sandbox, people: People, phase: str, posted: int) -> None:
    people.do("faults", method="chat.postMessage", kind="badjson", phase=phase, times=1)
    answer = say(slack)
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert (answer.status_code, len(people.messages(ROOM))) == (200, posted)


def test_an_error_of_choice_on_the_second_call(slack: Sandbox, people: People, client: WebClient) -> None:
    people.do("faults", method="chat.postMessage", kind="ok_false:fatal_error", when={"nth": 2})
    client.chat_postMessage(channel=ROOM, text="one")
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel=ROOM, text="two")
    client.chat_postMessage(channel=ROOM, text="three")
    assert [m["text"] for m in people.messages(ROOM)] == ["one", "three"]


def test_chance_is_a_seeded_dice(slack: Sandbox, people: People) -> None:
    people.do("faults", method="chat.postMessage", kind="500", when={"prob": 0.5})
    slack.limits.enabled = False
    outcomes = [say(slack).status_code for _ in range(20)]
    assert 3 < outcomes.count(500) < 17


def test_the_ledger_holds_what_took_effect_and_nothing_else(slack: Sandbox, people: People, ledger: Path) -> None:
    say(slack, "plain")
    people.do("faults", method="chat.postMessage", kind="500", phase="before_apply", times=1)
    say(slack, "lost")
    people.do("faults", method="chat.postMessage", kind="500", phase="after_apply", times=1)
    say(slack, "ambiguous")
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    assert [(line["text"], line["fault"], line["channel"]) for line in lines] == [
        ("plain", None, ROOM),
        ("ambiguous", "500", ROOM),
    ]
    assert lines[1]["metadata"]["event_payload"] == {"key": "ambiguous"}
    assert [call["applied"] for call in people.look("calls")] == [True, False, True]


def test_calls_are_numbered(slack: Sandbox, people: People) -> None:
    say(slack, "one")
    say(slack, "two")
    last = people.look("calls")[0]["n"]
    newer = people.look(f"calls?since={last}")
    assert [call["arguments"]["text"] for call in newer] == ["two"]
    assert newer[0]["answer"]["ok"]


@pytest.mark.parametrize(
    ("trouble", "method", "error"),
    [
        ({"revoke": True}, "auth.test", "token_revoked"),
        ({"features": {"pins": "unknown_method"}}, "pins.list", "unknown_method"),
        ({"features": {"bookmarks": "missing_scope"}}, "bookmarks.list", "missing_scope"),
        ({"features": {"canvases": "missing_scope"}}, "canvases.create", "missing_scope"),
        ({"features": {"files": "unknown_method"}}, "files.list", "unknown_method"),
    ],
)
def test_what_a_workspace_may_lack(
    slack: Sandbox, people: People, client: WebClient, trouble: dict[str, Any], method: str, error: str
) -> None:
    people.do("faults", **trouble)
    with pytest.raises(SlackApiError, match=error):
        client.api_call(method, params={"channel": ROOM, "channel_id": ROOM})
    people.clear_faults()
    assert client.auth_test()["ok"]


def test_a_total_outage(slack: Sandbox, people: People) -> None:
    people.do("faults", total_outage=True)
    assert say(slack).status_code == 503
    assert people.do("command", user="ana", channel="incidents", text="/bell")["error"] == "dispatch_failed"
    people.do("faults", total_outage=False)
    assert say(slack).json()["ok"]


@pytest.mark.parametrize(
    "body",
    [{"kind": "explode"}, {"kind": "500", "phase": "later"}, {"kind": "500", "when": {"moon": "full"}}],
)
def test_a_fault_that_makes_no_sense(people: People, body: dict[str, Any]) -> None:
    assert people.status("faults", **body) == 400


def test_messages_in_one_channel_are_limited_to_about_one_a_second(slack: Sandbox, people: People) -> None:
    answers = [say(slack) for _ in range(10)]
    refused = [a for a in answers if a.status_code == 429]
    assert refused, "a burst passes, ten do not"
    assert {(a.json()["error"], a.headers["retry-after"]) for a in refused} == {("ratelimited", "1")}
    people.do("limits", enabled=False)
    assert all(say(slack).json()["ok"] for _ in range(10))


def test_a_refusal_is_for_the_method_wherever_it_is_called() -> None:
    now = [1000.0]
    limits = Limits(clock=lambda: now[0])
    for _ in range(6):
        limits.take("chat.postMessage", 5, "C1")
    for channel in ("C1", "C2"):
        with pytest.raises(SlackError, match="ratelimited"):
            limits.take("chat.postMessage", 5, channel)
    limits.take("chat.update", 3, "C1")
    now[0] += 1.01
    limits.take("chat.postMessage", 5, "C2")
    limits.take("chat.postMessage", 5, "C1")


def test_tiers(slack: Sandbox, client: WebClient) -> None:
    for _ in range(20):
        client.emoji_list()
    with pytest.raises(SlackApiError, match="ratelimited") as refusal:
        client.emoji_list()
    assert int(refusal.value.response.headers["retry-after"]) == 3
