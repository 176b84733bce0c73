"""Nobody answers: the room and the announcement say so from the first missed level, and the gravest are called for."""

import pytest

from tests.stories.paging.test_paging import paged
from tests.stories.world import Json, World, actions, words

DECLARE = "/incident declare sev1 Checkout returns 5xx --service checkout"


def calls(world: World) -> list[Json]:
    return [one for one in world.incidents.messages() if "<!here>" in words(one)]


@pytest.mark.both_databases
def test_it_is_said_from_the_first_missed_level_on_and_edited(world: World) -> None:
    world.dee.says(DECLARE)
    world.room().lacks("No answer yet")
    world.forward(minutes=5)
    first = world.room().expects("*No answer yet* · level 2 of")
    world.incidents.expects("INC-1", "*No answer yet* · level 2 of")
    [called] = calls(world)
    assert "incident.ack" in actions(called)
    world.forward(minutes=5)
    later = world.room().expects("*No answer yet* · level 3 of")
    assert later["ts"] == first["ts"], "it is edited, not posted again"
    assert len(calls(world)) == 1, "one call a round"
    world.room().lacks("level 2 of 3 ·")


def test_an_answer_ends_it_everywhere(world: World) -> None:
    world.dee.says(DECLARE)
    world.forward(minutes=5)
    [*_, holder] = paged(world)
    holder.presses("page.ack", "You are paged")
    assert "answered after 5 min" in words(world.room().expects("answered after"))
    world.room().lacks("No answer yet")
    world.incidents.lacks("No answer yet")
    assert calls(world) == []
    assert "incident.ack" not in actions(world.incidents.expects("answered after 5 min"))


@pytest.mark.parametrize("words_", ["sev1 Checkout returns 5xx --drill", "sev2 Checkout returns 5xx"])
def test_nobody_else_is_called_for_a_drill_or_what_is_milder(world: World, words_: str) -> None:
    world.dee.says(f"/incident declare {words_} --service checkout")
    world.forward(minutes=30)
    assert calls(world) == []


def test_a_private_incident_calls_in_its_room(world: World) -> None:
    world.dee.says(f"{DECLARE} --private")
    world.forward(minutes=6)
    world.room().expects("<!here>")
    assert calls(world) == []
    world.incidents.lacks("Checkout")
