"""Slack's limits are on and much waits for a channel's pace: what is over by then is told in few messages."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot import clock as clocks
from sandbox import Sandbox
from storage.db import Database
from storage.models import Delivery, DeliveryState
from tests.calendar import WEDNESDAY, turn_to
from tests.stories.records import deliveries, unsettled, until
from tests.stories.world import PATIENT, ROOT, Json, World, actions, settings_for, start, words

STANDS = 1e-6
"""Messages per second and channel: once its burst is spent, everything waits."""
BURST = 3
STATES = ("identified", "monitoring", "investigating")
WRITTEN = ("Rolling back 4812", "Half of the pods are back", "Errors are falling")
END = "Rolled back 4812 everywhere"


@pytest.fixture
def limited() -> Iterator[Sandbox]:
    with Sandbox(manifest=ROOT / "manifest.yml", patience=PATIENT) as sandbox:
        turn_to(WEDNESDAY, sandbox)
        yield sandbox


@pytest.fixture
def world(limited: Sandbox, database_url: str) -> Iterator[World]:
    made = start(limited, settings_for(limited, database_url), pace=STANDS)
    yield made
    made.http.close()
    made.app.stop()


def its_turn_comes(world: World, database_url: str) -> World:
    """The next process keeps Slack's pace; how long the messages were put off is real time, and nobody waits for it."""
    world.http.close()
    world.app.stop()
    database = Database(database_url)
    with database.write() as session:
        waiting = update(Delivery).where(col(Delivery.state) == DeliveryState.PENDING)
        session.execute(waiting.values(not_before=clocks.real()))
    database.close()
    then = start(world.sandbox, settings_for(world.sandbox, database_url))
    world.app, world.http = then.app, then.http
    until(lambda: not unsettled(world), "what waited")
    return world


def says(world: World, text: str) -> None:
    """Typed and acknowledged; what follows from it may wait for long."""
    assert world.do("command", user="ana", channel="general", text=f"/incident {text}")["ok"]


def posts(world: World, channel: str) -> list[Json]:
    posted = world.calls("chat.postMessage")
    return [one for one in posted if one["answer"]["ok"] and one["answer"]["channel"] == channel]


def edits(world: World, message: Json) -> list[Json]:
    return [one for one in world.calls("chat.update") if one["arguments"]["ts"] == message["ts"]]


def below(world: World, announcement: Json) -> list[str]:
    """What is said in its thread."""
    shown = world.incidents.messages()
    return [words(one) for one in shown if one["thread_ts"] == announcement["ts"] != one["ts"]]


def pages(world: World, person: str) -> list[Json]:
    shown = getattr(world, person).dms().messages()
    return [one for one in shown if "page.ack" in actions(one)]


def held_up(world: World) -> Json:
    """An incident with a room, announced in a channel that takes no more; gives the announcement."""
    channel = world.incidents.state()["id"]
    says(world, "declare sev1 Checkout returns 5xx --service checkout")
    until(lambda: world.rooms() and "INC-1" in world.incidents.shown(), "the announcement")
    says(world, "declare sev3 Search is slow --service search")
    says(world, "declare sev3 Carts are empty --service search")
    until(lambda: len(posts(world, channel)) == BURST, "a spent burst")
    return world.incidents.expects("Checkout returns 5xx")


def goes_on(world: World) -> None:
    """From the first update on, all that concerns the announcement stands behind a message that has to wait."""
    for state, written in zip(STATES, WRITTEN, strict=True):
        says(world, f"status {state} INC-1")
        says(world, f"update INC-1 {written}")
        until(lambda: next(in_line(world), "") == "announcement.reply", "an update that waits")


def in_line(world: World) -> Iterator[str]:
    """What is owed to the announcement and its thread, in order."""
    owed = [one for one in deliveries(world) if one.lane == "announcement:1"]
    return (one.kind for one in sorted(owed, key=lambda one: one.id or 0) if one.state in DeliveryState.UNSETTLED)


def test_what_ended_while_it_waited_is_one_reply_and_one_edit(world: World, database_url: str) -> None:
    announcement = held_up(world)
    goes_on(world)
    edited = len(edits(world, announcement))
    says(world, f"resolve INC-1 {END}")
    assert below(world, announcement) == []
    its_turn_comes(world, database_url)
    (reply,) = below(world, announcement)
    places = [reply.index(written) for written in (*WRITTEN, END)]
    assert places == sorted(places)
    assert len(edits(world, announcement)) == edited + 1
    assert "Resolved" in words(world.incidents.expects("Checkout returns 5xx", "INC-1"))
    room = world.room().shown()
    assert [room.count(f"📣 *Update {number} ·") for number in (1, 2, 3)] == [1, 1, 1], room
    assert all(written in room for written in (*WRITTEN, END))


def test_pages_wait_for_no_backlog_and_each_is_a_message(world: World, database_url: str) -> None:
    held_up(world)
    goes_on(world)
    says(world, "page INC-1 @bo")
    says(world, "page INC-2 @bo")
    until(lambda: len(pages(world, "bo")) == 2, "the pages")
    its_turn_comes(world, database_url)
    asked = [words(one) for one in pages(world, "bo")]
    assert sorted(("INC-1" in text, "INC-2" in text) for text in asked) == [(False, True), (True, False)]
