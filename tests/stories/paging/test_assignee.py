"""Whom an incident is with moves with each escalation: on the list, on the card, for the API and the command line."""

from storage.queries.assignees import assignees
from tests.stories.paging.test_paging import declare, paged
from tests.stories.world import Person, World


def shown(world: World) -> str:
    """The name that the list shows, "" for nobody."""
    said = str(world.li.says("/incident list").text)
    return said.partition("assigned to <@")[2].partition(">")[0].partition("|")[0]


def kept(world: World, number: int = 1) -> str | None:
    with world.app.desk.read() as session:
        return assignees(session, [number]).get(number)


def is_with(world: World, person: Person | None) -> None:
    wanted = person.id if person else None
    assert kept(world) == wanted
    assert shown(world) == (wanted or "")
    card = world.room().shown()
    assert (f"*Assigned to* <@{wanted}>" in card) if wanted else "*Assigned to*" not in card


def test_it_is_with_whom_the_level_asks_then_with_who_answers(world: World) -> None:
    declare(world)
    (first,) = paged(world)
    is_with(world, first)
    world.forward(minutes=5)
    (second,) = paged(world)
    assert second != first
    is_with(world, second)
    world.li.says("/incident ack 1")
    is_with(world, world.li)


def test_by_hand_by_giving_it_back_and_by_handing_it_over_it_moves_too(world: World) -> None:
    declare(world)
    world.li.says("/incident escalate 1 level 2")
    (second,) = paged(world)
    is_with(world, second)
    second.says("/incident ack 1")
    world.li.says("/incident page 1 @eve")
    is_with(world, second)
    second.says("/incident pass 1 @dee")
    is_with(world, second)
    world.dee.says("/incident ack 1")
    is_with(world, world.dee)
    world.dee.says("/incident unack 1")
    assert kept(world) not in (world.dee.id, None)


def test_nobody_has_it_while_nobody_is_asked(world: World) -> None:
    declare(world)
    world.li.says("/incident stop INC-1 known")
    is_with(world, None)
