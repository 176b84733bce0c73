"""A room that somebody renames: Slack tells it twice, in either order, and only once by whom."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from storage.models import Incident
from tests.stories.incidents.test_lost_room import declared, told
from tests.stories.process.test_foreign_and_late import send
from tests.stories.records import facts, timers
from tests.stories.world import Channel, World

pytestmark = pytest.mark.transport("http")
BOTH = ("event", "line")


class Renaming:
    """What Slack sends of one renaming: an event without the person, and the line that it writes into the room."""

    def __init__(self, world: World, room: Channel, who: str, new: str) -> None:
        self.world, self.new = world, new
        channel, stamp = room.name, f"17640000{len(new):02}.000100"
        with world.app.desk.read() as session:
            old = session.get_one(Incident, 1).channel_name
        self.parts: dict[str, dict[str, Any]] = {
            "event": {"type": "channel_rename", "channel": {"id": channel, "name": new, "created": 1}},
            "line": {"type": "message", "subtype": "channel_name", "channel": channel, "user": who, "name": new,
                     "old_name": old, "text": "renamed", "channel_type": "channel", "ts": stamp},
        }  # fmt: skip

    def sends(self, part: str) -> None:
        body = {"type": "event_callback", "event_id": f"Ev-{self.new}-{part}", "event": self.parts[part]}
        assert send(self.world, body).status_code == 200


def led_by_cy(world: World) -> Channel:
    room = declared(world)
    world.cy.says("/incident ic INC-1")
    return room


def told_to_cy(world: World) -> int:
    world.settle()
    return len(told(world.cy.dms(), "is now called"))


@pytest.mark.parametrize("order", [BOTH, BOTH[::-1]], ids=["event first", "line first"])
@pytest.mark.parametrize("who", ["cy", "bo"])
def test_a_commander_is_told_unless_they_did_it_whatever_comes_first(
    world: World, order: tuple[str, str], who: str
) -> None:
    renaming = Renaming(world, led_by_cy(world), getattr(world, who).id, "checkout-trouble")
    for part in order:
        renaming.sends(part)
    assert [one["channel_name"] for one in facts(world, "incidents.room_renamed")] == ["checkout-trouble"]
    expected = 0 if who == "cy" else 1
    assert told_to_cy(world) == expected
    assert "room_renamed" not in timers(world)
    world.forward(minutes=5)
    assert told_to_cy(world) == expected


@pytest.mark.both_databases
def test_both_at_the_same_moment_are_told_once_or_not_at_all(world: World) -> None:
    room = led_by_cy(world)
    for n in range(4):
        renaming = Renaming(world, room, world.bo.id if n % 2 else world.cy.id, f"trouble-{n}")
        with ThreadPoolExecutor(2) as both:
            list(both.map(renaming.sends, BOTH))
    world.forward(minutes=5)
    assert told_to_cy(world) == 2


def test_a_renaming_of_which_nobody_says_who_did_it_is_told_a_minute_later(world: World) -> None:
    """The line is missing where the bot may not read the room."""
    Renaming(world, led_by_cy(world), world.bo.id, "checkout-trouble").sends("event")
    assert told_to_cy(world) == 0
    world.forward(minutes=2)
    assert told_to_cy(world) == 1
    world.forward(minutes=5)
    assert told_to_cy(world) == 1


def test_of_two_renamings_each_is_told_as_it_was_done_and_the_last_name_stays(world: World) -> None:
    room = led_by_cy(world)
    first = Renaming(world, room, world.cy.id, "trouble-one")
    first.sends("event")
    second = Renaming(world, room, world.bo.id, "trouble-two")
    for renaming, part in ((second, "event"), (second, "line"), (first, "line")):
        renaming.sends(part)
    assert told_to_cy(world) == 1
    world.cy.dms().expects("#trouble-one, the war room of INC-1, is now called")
    with world.app.desk.read() as session:
        assert session.get_one(Incident, 1).channel_name == "trouble-two"
    world.forward(minutes=5)
    assert told_to_cy(world) == 1


def test_a_renaming_after_the_end_is_told_to_nobody(world: World) -> None:
    renaming = Renaming(world, led_by_cy(world), world.bo.id, "checkout-trouble")
    renaming.sends("event")
    world.bo.says("/incident resolve INC-1 rolled back")
    world.forward(minutes=2)
    assert told_to_cy(world) == 0
