"""HTTP mode: signed requests to the app's address, retries of events on the sandbox's clock."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox import Sandbox
from tests.sandbox.conftest import MANIFEST, People

Json = dict[str, Any]


class Receiver(ThreadingHTTPServer):
    """The app's address: remembers requests and answers as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: Queue[tuple[Json, bytes]] = Queue()
        self.reply: tuple[int, bytes, dict[str, str]] = (200, b"", {})
        self.url = f"http://127.0.0.1:{self.server_port}/slack/events"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def next(self) -> tuple[Json, bytes]:
        """The next request: lower-case headers and body."""
        return self.requests.get(timeout=60)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.requests.put(({k.lower(): v for k, v in self.headers.items()}, body))
        status, content, headers = self.server.reply
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def slack(receiver: Receiver) -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST, request_url=receiver.url) as sandbox:
        yield sandbox


def test_a_command_is_a_signed_form(receiver: Receiver, people: People, slack: Sandbox) -> None:
    receiver.reply = (200, b'{"text": "heard"}', {"content-type": "application/json"})
    answer = people.do("command", user="ana", channel="incidents", text="/bell now & then")
    headers, body = receiver.next()
    assert answer["response"] == {"text": "heard"}
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    fields = parse_qs(body.decode(), strict_parsing=True)
    assert (fields["command"], fields["text"], fields["user_id"]) == (["/bell"], ["now & then"], ["U01ANA"])
    assert fields["is_enterprise_install"] == ["false"]


def test_an_interaction_is_a_payload_field(receiver: Receiver, people: People) -> None:
    assert people.do("shortcut", user="ana", callback_id="ring")["ok"]
    headers, body = receiver.next()
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert json.loads(parse_qs(body.decode())["payload"][0])["callback_id"] == "ring"


@pytest.mark.parametrize(("status", "error"), [(500, "not_acknowledged"), (404, "not_acknowledged")])
def test_a_refused_command_is_not_repeated(receiver: Receiver, people: People, status: int, error: str) -> None:
    receiver.reply = (status, b"", {})
    assert people.do("command", user="ana", channel="incidents", text="/bell")["error"] == error
    assert receiver.requests.qsize() == 1


def test_nobody_at_the_address(receiver: Receiver, people: People) -> None:
    receiver.shutdown()
    receiver.server_close()
    assert people.do("command", user="ana", channel="incidents", text="/bell")["error"] == "dispatch_failed"


def test_events_come_again_at_once_after_a_minute_and_after_five(receiver: Receiver, people: People) -> None:
    receiver.reply = (500, b"", {})
    people.do("message", user="ana", channel="incidents", text="hear me")
    tries = [receiver.next(), receiver.next()]
    people.do("settle")
    for seconds in (60, 300):
        assert receiver.requests.empty()
        people.do("clock", advance=seconds)
        tries.append(receiver.next())
        people.do("settle")
    people.do("clock", advance=3600)
    assert receiver.requests.empty(), "three retries, then silence"
    assert len({json.loads(body)["event_id"] for _, body in tries}) == 1
    assert [headers.get("x-slack-retry-num") for headers, _ in tries] == [None, "1", "2", "3"]
    assert [headers.get("x-slack-retry-reason") for headers, _ in tries] == [None, *["http_error"] * 3]


def test_an_app_may_decline_retries(receiver: Receiver, people: People) -> None:
    receiver.reply = (500, b"", {"x-slack-no-retry": "1"})
    people.do("message", user="ana", channel="incidents", text="hear me")
    receiver.next()
    people.do("clock", advance=3600)
    assert receiver.requests.empty()
