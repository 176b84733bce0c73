"""The question whether a SEV-2 needs a war room, and what becomes of its message."""

import pytest

from tests.stories.world import World, actions, words


@pytest.mark.parametrize(
    ("button", "said"),
    [("room.open", "the war room is"), ("room.thread", "work goes on in the thread")],
)
def test_an_answered_question_says_what_became_of_it(world: World, button: str, said: str) -> None:
    world.li.says("/incident declare sev2 Payments are slow --service payments")
    world.li.presses(button, "does it need a war room?")
    assert actions(world.li.dms().expects("Payments are slow", said)) == []


@pytest.mark.both_databases
def test_a_question_that_time_overtook_loses_its_buttons(world: World) -> None:
    world.li.says("/incident declare sev2 Payments are slow --service payments")
    world.li.says("/incident resolve INC-1 it went away")
    settled = world.li.dms().expects("Payments are slow", "it is Resolved, without a room")
    assert actions(settled) == []
    assert "/incident room" not in words(settled)


def test_a_new_severity_answers_the_question(world: World) -> None:
    for title in ("Payments are slow", "Search is slow"):
        world.li.says(f"/incident declare sev2 {title} --service payments")
    world.li.says("/incident sev INC-1 sev1 nobody can pay")
    world.room().expects("Payments are slow")
    world.li.dms().expects("Payments are slow", "the war room is")
    world.li.says("/incident sev INC-2 sev4 one customer")
    withdrawn = world.li.dms().expects("Search is slow", "work goes on in the thread")
    assert actions(withdrawn) == []
    assert "/incident room" not in words(withdrawn), "SEV-4 never gets a room"
