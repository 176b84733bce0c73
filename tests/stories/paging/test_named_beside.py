"""Somebody is paged by name beside those who are asked already: that they can't is told to whoever named them."""

import pytest

from tests.stories.paging.test_written_to_the_bot import writes
from tests.stories.world import World


@pytest.fixture
def asked(world: World) -> World:
    """Ana is asked by the policy and eve by name, whom bo paged."""
    world.ana.says("/incident declare sev2 The search is slow --service checkout").says("INC-1")
    world.ana.expects_page("INC-1")
    world.bo.says("/incident page INC-1 @eve")
    world.eve.expects_page("INC-1")
    return world


def quiet(world: World) -> None:
    world.incidents.lacks("No one answered ·")
    for person in (world.dee, world.eve, world.ana):
        person.dms().lacks("No one answered ·")


@pytest.mark.parametrize("words", ["decline: asleep", "pass"])
def test_who_was_named_and_cannot_raises_no_alarm_while_another_is_asked(asked: World, words: str) -> None:
    (said,) = writes(asked.eve, words)
    assert "is passed on" in said
    quiet(asked)
    asked.bo.dms().expects("You paged by name for *INC-1*", "can't take it", "Still being asked: Ana Ruiz")
    asked.eve.dms().expects("You couldn't take it", "It was passed on.")
    asked.eve.dms().lacks("raised an alarm")


def test_who_was_named_and_stays_silent_raises_no_alarm_while_another_has_it(asked: World) -> None:
    asked.ana.says("/incident ack INC-1")
    asked.bo.says("/incident page INC-1 @eve")
    asked.forward(minutes=29)
    asked.ana.says("/incident note INC-1 still looking")
    asked.forward(minutes=29)
    asked.ana.says("/incident note INC-1 still looking")
    asked.forward(minutes=29)
    quiet(asked)
    asked.bo.dms().expects("hasn't answered", "has it.")


def test_without_anybody_else_there_is_an_alarm_which_leaves_who_declined_alone(asked: World) -> None:
    asked.bo.says("/incident page INC-1 @li")
    writes(asked.eve, "decline")
    quiet(asked)
    asked.bo.says("/incident stop INC-1")
    asked.bo.says("/incident page INC-1 @eve")
    writes(asked.eve, "decline")
    asked.incidents.expects("No one answered ·", "INC-1")
    asked.dee.dms().expects("No one answered ·", "INC-1")
    asked.eve.dms().lacks("No one answered ·")
