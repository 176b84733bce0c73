"""An incident ends while somebody has it: they are told once, and nothing is left for them to press."""

import pytest

from tests.stories.paging.test_paging import paged
from tests.stories.world import Json, Person, World, words

DECLARE = "/incident declare sev3 Search is slow --service search"
BUTTONS = ("incident.take_ic", "page.handover", "page.unack")


def lines(who: Person, text: str) -> list[Json]:
    return [one for one in who.dms().messages() if text in words(one)]


def held(world: World) -> Person:
    """Whoever was paged and has acknowledged."""
    world.li.says("/incident declare sev2 Search is slow --service search")
    [holder] = paged(world)
    holder.presses("page.ack", "You are paged")
    return holder


@pytest.mark.parametrize(
    ("ends", "said"), [("resolve INC-1 the index is warm", "resolved"), ("cancel INC-1 oops", "cancelled")]
)
def test_whoever_has_it_is_told_when_somebody_else_ends_it(world: World, ends: str, said: str) -> None:
    holder = held(world)
    world.eve.says("/incident role INC-1 comms")
    world.li.says(f"/incident {ends}")
    for who in (holder, world.eve):
        assert len(lines(who, f"has {said} *INC-1*")) == 1, who.name
    message = holder.dms().expects("You acknowledged at")
    assert said.capitalize() in words(message)
    assert "still on it" not in words(message)
    assert not [one for one in BUTTONS if one in str(message["blocks"])]
    assert lines(world.li, f"has {said}") == []


def test_whoever_ends_it_is_told_nothing_more(world: World) -> None:
    holder = held(world)
    holder.says("/incident resolve INC-1 the index is warm")
    assert lines(holder, "has resolved") == []
    assert not [one for one in BUTTONS if one in str(holder.dms().expects("You acknowledged at")["blocks"])]


def test_whoever_took_it_hears_that_it_was_declared_by_mistake(world: World) -> None:
    world.li.says(DECLARE)
    world.ana.says("/incident ack INC-1")
    world.li.says("/incident undo INC-1")
    assert len(lines(world.ana, "has undone *INC-1*")) == 1
