"""Socket Mode itself: hello, turns, the eleventh connection, refresh, loss, missing acknowledgements."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as dial

from sandbox import Sandbox
from tests.sandbox.conftest import People

Json = dict[str, Any]


@pytest.fixture
def lines(slack: Sandbox) -> Iterator[Callable[[], ClientConnection]]:
    """Opens raw connections."""
    with ExitStack() as stack:

        def line() -> ClientConnection:
            headers = {"authorization": f"Bearer {slack.app_token}"}
            url = httpx.post(f"{slack.api_url}apps.connections.open", headers=headers, trust_env=False).json()["url"]
            return stack.enter_context(dial(url, proxy=None))

        yield line


Speak = Callable[..., "Future[Json]"]


@pytest.fixture
def speak(people: People) -> Iterator[Speak]:
    """`speak("hello")`: Ana writes into #incidents while the test reads the connections; `do=` for other deeds."""
    with ThreadPoolExecutor(4) as pool:

        def speaking(text: str = "", do: str = "message", **body: Any) -> "Future[Json]":
            return pool.submit(
                people.do, do, user="ana", channel="incidents", **({"text": text} if text else {}), **body
            )

        yield speaking


def frame(line: ClientConnection, *, ack: bool = True) -> Json:
    """The next frame of a connection; an envelope is acknowledged."""
    read: Json = json.loads(line.recv(timeout=60))
    if ack and "envelope_id" in read:
        line.send(json.dumps({"envelope_id": read["envelope_id"]}))
    return read


def test_hello(lines: Callable[[], ClientConnection]) -> None:
    hello = frame(lines())
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": "A01SANDBOX"}


def test_a_ticket_works_once(slack: Sandbox) -> None:
    client = WebClient(base_url=slack.api_url)
    url = client.apps_connections_open(app_token=slack.app_token)["url"]
    with dial(url, proxy=None) as line:
        assert frame(line)["type"] == "hello"
        with pytest.raises(Exception, match="403"):
            dial(url, proxy=None)


def test_envelopes_take_turns(lines: Callable[[], ClientConnection], speak: Speak) -> None:
    first, second = lines(), lines()
    assert [frame(line)["num_connections"] for line in (first, second)] == [1, 2]
    for text in ("one", "two"):
        speak(text)
    envelopes = [frame(first), frame(second)]
    assert sorted(e["payload"]["event"]["text"] for e in envelopes) == ["one", "two"]
    assert all(e["type"] == "events_api" and e["accepts_response_payload"] is False for e in envelopes)


def test_the_eleventh_connection_is_turned_away(lines: Callable[[], ClientConnection]) -> None:
    for _ in range(10):
        assert frame(lines())["type"] == "hello"
    eleventh = lines()
    assert frame(eleventh)["reason"] == "too_many_websockets"
    with pytest.raises(ConnectionClosed):
        eleventh.recv(timeout=60)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"disconnect": "warning"}, "warning"),
        ({"refresh": True}, "refresh_requested"),
        ({"revoke": True}, "link_disabled"),
    ],
)
def test_goodbyes(lines: Callable[[], ClientConnection], people: People, fault: Json, reason: str) -> None:
    line = lines()
    frame(line)
    people.do("faults", **fault)
    assert frame(line)["reason"] == reason


def test_an_abrupt_end(lines: Callable[[], ClientConnection], people: People) -> None:
    line = lines()
    frame(line)
    people.do("faults", disconnect=True)
    with pytest.raises(ConnectionClosed):
        line.recv(timeout=60)


def test_an_event_without_acknowledgement_comes_again(
    lines: Callable[[], ClientConnection], people: People, slack: Sandbox
) -> None:
    line = lines()
    frame(line)
    people.do("faults", drop_ack=1)
    said = people.do("message", user="ana", channel="incidents", text="hear me")
    assert (said["ok"], said["acked"], said["ack_ms"]) == (True, False, None)
    first, second = frame(line), frame(line)
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "http_timeout")


def test_doubled_and_swapped_events(lines: Callable[[], ClientConnection], people: People, speak: Speak) -> None:
    line = lines()
    frame(line)
    people.do("faults", dup_event=1)
    twice = speak("twice")
    assert frame(line)["payload"]["event_id"] == frame(line)["payload"]["event_id"]
    assert twice.result()["acked"]
    people.do("faults", reorder=1)
    assert speak("first").result()["acked"] is False, "it is held back until the second one"
    speak("second")
    assert [frame(line)["payload"]["event"]["text"] for _ in range(2)] == ["second", "first"]


def test_a_message_and_a_reaction_are_answered_when_the_app_has_acknowledged(
    lines: Callable[[], ClientConnection], speak: Speak
) -> None:
    line = lines()
    frame(line)
    said = speak("hello")
    envelope = frame(line, ack=False)
    assert not said.done(), "it answered before the acknowledgement"
    line.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    answer = said.result()
    assert (answer["ok"], answer["acked"], answer["ack_ms"] >= 0) == (True, True, True)
    reacted = speak(do="reaction", ts=answer["ts"], name="eyes")
    assert frame(line)["payload"]["event"]["type"] == "reaction_added"
    assert (reacted.result()["added"], reacted.result()["acked"]) == (True, True)


UNHEARD = {"ok": True, "acked": False, "ack_ms": None, "response": None, "ephemeral": [], "view_id": None}


def test_where_nobody_is_connected_the_message_stands_and_nobody_is_waited_for(people: People, speak: Speak) -> None:
    answer = speak("hello").result()
    assert {key: answer[key] for key in UNHEARD} == UNHEARD
    answer = speak(do="reaction", ts=answer["ts"], name="eyes").result()
    assert {key: answer[key] for key in UNHEARD} == UNHEARD
    assert people.messages("incidents")[-1]["text"] == "hello"


def test_where_nobody_acknowledges_the_message_stands_and_the_answer_says_so(
    lines: Callable[[], ClientConnection], people: People, speak: Speak, slack: Sandbox
) -> None:
    slack.world.patience = 0.2
    line = lines()
    frame(line)
    said = speak("hello")
    assert frame(line, ack=False)["payload"]["event"]["text"] == "hello"
    assert people.messages("incidents")[-1]["text"] == "hello", "it is there while the app thinks"
    answer = said.result()
    assert {key: answer[key] for key in UNHEARD} == UNHEARD
    assert frame(line)["retry_reason"] == "http_timeout"


def test_the_real_client_comes_back_after_a_refresh(bolt: App, connect: Callable[[], Any], people: People) -> None:
    bolt.command("/bell")(lambda ack: ack("still here"))
    connect()
    people.do("faults", refresh=True)
    while not people.look("state")["connections"]:
        continue
    answer = people.do("command", user="ana", channel="incidents", text="/bell")
    assert answer["response"] == {"text": "still here"}
