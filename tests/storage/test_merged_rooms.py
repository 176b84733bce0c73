"""Merged while rooms are being made and no one has read anything yet: whoever belongs to either comes into the room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.core.people import Actor
from bot.services.core import incident as incidents
from bot.services.incidents import merging
from storage.models import RoomState
from storage.queries import visibility
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    yield opened
    opened.close()


def merge(room: DeliveryHarness, loser: int, winner: int) -> None:
    with room.desk.work(Actor("U01ANA")) as w:
        merging.merge(w, incidents.find(w, loser), incidents.find(w, winner))


def test_people_of_the_other_are_invited_when_the_room_is_there(room: DeliveryHarness) -> None:
    room.declare()
    room.declare("Payments fail", severity="sev3", by="U01LI")
    assert room.act("U01ANA", lambda w, it: it.room) == RoomState.CREATING
    merge(room, 2, 1)
    room.deliver()
    assert any("U01LI" in one.words for one in room.of("room.invite")), [one.words for one in room.of("room.invite")]


def test_whoever_knew_of_what_ended_knows_of_where_it_goes_on(room: DeliveryHarness) -> None:
    for severity, by in (("sev1", "U01ANA"), ("sev3", "U01LI"), ("sev3", "U01EVE")):
        room.declare(severity=severity, by=by, private=True)
    with room.desk.read() as session:
        assert "U01LI" not in visibility.participants(session, [1])[1]
    merge(room, 3, 2)
    merge(room, 2, 1)
    with room.desk.read() as session:
        found = visibility.participants(session, [1, 2, 3])
    assert {"U01LI", "U01EVE"} <= found[1]
    assert "U01EVE" in found[2]
    assert "U01LI" not in found[3]
