"""The bot is away for a while: what fell due meanwhile happens once, what was owed is sent, nothing happens twice."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from bot.clock import SteeredClock
from bot.engine.follower import ClockFollower
from sandbox import Sandbox
from tests.stories.records import facts, unsettled, until
from tests.stories.world import PATIENT, World, settings_for, start, words

pytestmark = pytest.mark.both_databases


@pytest.fixture
def story(sandbox: Sandbox, database_url: str) -> Iterator["Restarts"]:
    made = Restarts(sandbox, database_url)
    yield made
    made.stop()


class Restarts:
    """A world whose bot can be stopped and started again on the same database."""

    def __init__(self, sandbox: Sandbox, database_url: str) -> None:
        self.sandbox, self.database_url = sandbox, database_url
        self.world = start(sandbox, settings_for(sandbox, database_url))
        self._running = True

    def stop(self) -> None:
        if self._running:
            self._running = False
            self.world.http.close()
            self.world.app.stop()

    def away(self, minutes: float) -> World:
        """Stops first, so that the bot does not see the time pass."""
        http = self.world.http
        self._running = False
        self.sandbox.world.patience = 1.0  # seconds that an event waits for whoever has just left
        self.world.app.stop()
        if self.world.app.socket:
            until(lambda: not http.get("state").json()["connections"], "the end of its connection")
        http.post("clock", json={"advance": minutes * 60})
        http.close()
        self.sandbox.world.patience = PATIENT
        self.world = start(self.sandbox, settings_for(self.sandbox, self.database_url))
        self._running = True
        self.world.settle()
        return self.world


def pages(world: World) -> int:
    """How many messages paged somebody."""
    sent = world.calls("chat.postMessage")
    return len([one for one in sent if "are paged" in str(one["arguments"].get("text")) and one["applied"]])


def test_a_level_that_ran_out_meanwhile_is_escalated_once_and_written_down_as_late(story: Restarts) -> None:
    story.world.ana.says("/incident sev1 Checkout is down --service checkout")
    assert pages(story.world) == 1
    world = story.away(minutes=7)
    assert pages(world) == 2
    late = [one for one in facts(world, "paging.timer_was_late") if one["timer"] == "escalation"]
    assert len(late) == 1
    assert 60 < late[0]["seconds"] <= 7 * 60
    assert [one["level"] for one in facts(world, "paging.level_reached")] == [0, 1]
    world.room().expects("Level 2 is paged")
    assert len(world.rooms()) == 1
    assert unsettled(world) == []


def test_a_restart_without_anything_due_sends_nothing(story: Restarts) -> None:
    story.world.ana.says("/incident sev1 Checkout is down --service checkout")
    story.world.forward(minutes=1)
    before = [one["method"] for one in story.world.calls() if one["method"].startswith(("chat.", "conversations.c"))]
    world = story.away(minutes=1)
    after = [one["method"] for one in world.calls() if one["method"].startswith(("chat.", "conversations.c"))]
    assert after == before
    assert facts(world, "paging.timer_was_late") == []


def test_what_was_owed_at_the_end_is_sent_at_the_next_start_once(story: Restarts) -> None:
    world = story.world
    world.do("faults", method="chat.postMessage", kind="503", times=500)
    world.do("faults", method="conversations.create", kind="503", times=500)
    told = world.do("command", user="ana", channel="general", text="/incident sev1 Checkout is down")
    assert told["ok"], "what Slack refuses to send does not refuse the declaration"
    assert pages(world) == 0
    assert any(one.startswith("page") for one in unsettled(world))
    world.http.delete("faults")
    world = story.away(minutes=0)
    assert pages(world) == 1
    assert len(world.rooms()) == 1
    cards = [one for one in world.room().messages() if "*Now:*" in words(one)]
    assert len(cards) == 1
    assert unsettled(world) == []


def test_an_acknowledgement_survives(story: Restarts) -> None:
    story.world.ana.says("/incident sev1 Checkout is down --service checkout")
    story.world.bo.says("/incident ack 1").says("INC-1")
    world = story.away(minutes=20)
    assert pages(world) == 1
    assert "acknowledged" in world.ana.says("/incident timeline 1").text
    again = world.bo.says("/incident ack 1")
    assert "already" in again.text.lower()


def test_a_database_that_was_away_does_not_end_the_report_that_all_is_settled(sandbox: Sandbox) -> None:
    away = iter([OperationalError("", None, Exception("the server closed the connection")), True])

    def busy() -> bool:
        now = next(away, False)
        if isinstance(now, Exception):
            raise now
        return now

    follower = ClockFollower(sandbox.url, SteeredClock())
    follower.first_look()
    follower.start(lambda: None, busy)
    assert httpx.post(f"{sandbox.url}/_sandbox/settle", json={}, timeout=60, trust_env=False, verify=False).json()[
        "settled"
    ]
    follower.stop()
