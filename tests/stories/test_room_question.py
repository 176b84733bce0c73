"""The question whether a SEV-2 needs a war room, and what becomes of its message."""

import pytest

from tests.stories.world import World, actions


@pytest.mark.parametrize(
    ("button", "said"),
    [("room.open", "the war room is"), ("room.thread", "work goes on in the thread")],
)
def test_an_answered_question_says_what_became_of_it(world: World, button: str, said: str) -> None:
    world.li.says("/incident declare sev2 Payments are slow --service payments")
    world.li.presses(button, "does it need a war room?")
    assert actions(world.li.dms().expects("Payments are slow", said)) == []


def test_a_question_that_time_overtook_loses_its_buttons(world: World) -> None:
    world.li.says("/incident declare sev2 Payments are slow --service payments")
    world.li.says("/incident resolve INC-1 it went away")
    assert actions(world.li.dms().expects("Payments are slow", "work goes on in the thread")) == []
