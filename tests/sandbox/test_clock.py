"""The clock crosses the wire: followers, settling, pushed time in messages."""

import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.conftest import People


class Runner:
    """A program that follows the clock: it polls, settles each version, and counts what it saw."""

    def __init__(self, people: People, name: str = "runner", settles: bool = True) -> None:
        self.people, self.name, self.settles = people, name, settles
        self.seen: list[int] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Runner":
        """Returns when the sandbox knows the follower."""
        self._thread.start()
        while self.name not in self.people.look("state")["followers"]:
            continue
        return self

    def _run(self) -> None:
        version = 0
        while not self._stop.is_set():
            version = self.people.look(f"clock?version={version}&follower={self.name}")["version"]
            self.seen.append(version)
            if self.settles:
                self.people.do("clock/ack", follower=self.name, version=version, settled=True)

    def stop(self) -> None:
        """Ends after the next answer, which is provoked here."""
        self._stop.set()
        self.people.do("clock/ack", follower=self.name, version=10**9, settled=True)
        self.people.do("clock", advance=0)
        self._thread.join()


@pytest.fixture
def follow(slack: Sandbox) -> Callable[..., Runner]:
    return lambda **options: Runner(People(slack), **options)


def test_nobody_follows(people: People) -> None:
    before = people.look("clock")
    answer = people.do("clock", advance=900)
    assert answer["settled"] is True
    assert answer["version"] == before["version"] + 1
    assert answer["now"] - before["now"] >= 900


def test_the_answer_waits_for_the_follower(people: People, follow: Callable[..., Runner]) -> None:
    runner = follow().start()
    for _ in range(3):
        answer = people.do("clock", advance=60)
        assert answer["settled"] is True
        assert answer["version"] in runner.seen
    answer = people.do("settle")
    assert answer["version"] in runner.seen
    runner.stop()


def test_who_has_not_settled_is_named(
    people: People, follow: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.followers.SETTLE", 0.2)
    runner = follow(name="sloth", settles=False).start()
    answer = people.do("clock", advance=60)
    assert (answer["settled"], answer["waiting_for"]) == (False, ["sloth"])
    runner.stop()


def test_a_follower_that_hangs_up_is_not_waited_for(slack: Sandbox, people: People) -> None:
    with socket.create_connection(("127.0.0.1", int(slack.url.rpartition(":")[2]))) as line:
        line.sendall(b"GET /_sandbox/clock?version=1&follower=dead HTTP/1.1\r\nhost: x\r\n\r\n")
        while "dead" not in people.look("state")["followers"]:
            continue
    while "dead" in people.look("state")["followers"]:
        continue
    assert people.do("clock", advance=1)["settled"]


def test_a_fast_clock(people: People) -> None:
    assert people.do("clock", speed=1_000_000)["speed"] == 1_000_000
    first, second = people.look("clock"), people.look("clock")
    assert second["now"] - first["now"] > 100
    assert people.look("state")["speed"] == 1_000_000


@pytest.mark.parametrize("body", [{"advance": -1}, {"speed": -1}, {"advance": "soon"}])
def test_time_that_makes_no_sense(people: People, body: dict[str, Any]) -> None:
    assert people.status("clock", **body) == 400


def test_messages_carry_the_sandbox_time(people: People) -> None:
    first = people.do("message", user="ana", channel="incidents", text="before")["ts"]
    people.do("clock", advance=3600)
    second = people.do("message", user="ana", channel="incidents", text="after")["ts"]
    assert float(second) - float(first) >= 3600


def test_timestamps_never_repeat(people: People) -> None:
    people.do("clock", speed=0)
    stamps = [people.do("message", user="ana", channel="incidents", text="x")["ts"] for _ in range(20)]
    assert stamps == sorted(set(stamps))
