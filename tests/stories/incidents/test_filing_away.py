"""After the end: a day later somebody is asked to close; closing archives the room; reopening makes another."""

import pytest

from tests.stories.world import World


@pytest.mark.both_databases
def test_a_resolved_incident_is_filed_away_by_a_person_and_comes_back(world: World) -> None:
    world.ana.says("/incident declare sev1 Checkout returns 5xx --service checkout")
    room = world.room()
    world.ana.says("/incident resolve INC-1 rolled back")
    room.lacks("Close and archive")
    world.forward(minutes=24 * 60)
    question = room.expects("Close and archive")
    assert not room.state()["archived"], "never without a person"
    world.bo.clicks("incident.close", question, room.name)
    assert room.state()["archived"]
    world.ana.says("/incident reopen INC-1 it is back")
    assert room.state()["archived"], "no bot can bring a channel back"
    [another] = [world.channel(one["id"]) for one in world.rooms() if one["id"] != room.name]
    another.expects("it is back")


def test_a_reopened_incident_is_not_asked_to_close(world: World) -> None:
    world.ana.says("/incident declare sev1 Checkout returns 5xx --service checkout")
    world.ana.says("/incident resolve INC-1 rolled back")
    world.ana.says("/incident reopen INC-1")
    world.ana.says("/incident ack INC-1")
    world.forward(minutes=24 * 60)
    world.room().lacks("Close and archive")
