"""Holding an incident: an acknowledgement that does not rot, giving it back, handing it over."""

import pytest

from tests.stories.paging.test_paging import declare, paged
from tests.stories.world import Person, World


def held(world: World, text: str = "sev1 Checkout returns 5xx --service checkout") -> Person:
    """An incident that the first person who was paged has acknowledged."""
    declare(world, text)
    holder = paged(world)[0]
    assert holder.presses("page.ack", "You are paged").ok
    assert paged(world) == []
    return holder


def timeline(world: World) -> str:
    return world.ana.says("/incident timeline INC-1").text


@pytest.mark.both_databases
def test_whoever_shows_no_progress_is_asked_and_silence_pages_anew(world: World) -> None:
    holder = held(world)
    holder.dms().expects("You acknowledged at", "still on it")
    world.forward(minutes=59)
    holder.dms().lacks("You acknowledged INC-1, and nothing")
    world.forward(minutes=1)
    holder.dms().expects("Still on it?", "You acknowledged INC-1, and nothing")
    assert paged(world) == []
    world.forward(minutes=10)
    assert holder.name in [one.name for one in paged(world)], "the level it stood at is asked anew"
    assert "no longer has it: no sign of life" in timeline(world)
    world.forward(minutes=5)
    assert len(paged(world)) == 1
    assert paged(world)[0].name != holder.name, "and the ladder goes on from there"


def test_still_on_it_is_enough_until_the_next_time(world: World) -> None:
    holder = held(world)
    world.forward(minutes=60)
    holder.presses("hold.confirm", "You acknowledged INC-1, and nothing")
    holder.dms().expects("stays with you")
    holder.dms().lacks("You acknowledged INC-1, and nothing")
    holder.dms().expects("👍", "has *INC-1*", "I'll ask again")
    world.forward(minutes=30)
    assert paged(world) == []
    world.forward(minutes=30)
    world.forward(minutes=10)
    assert paged(world), "an hour later the question came again, and was not answered"


def test_progress_is_an_answer(world: World) -> None:
    holder = held(world)
    world.forward(minutes=50)
    world.bo.says("/incident note INC-1 the pool is full")
    world.forward(minutes=10)
    holder.dms().lacks("You acknowledged INC-1, and nothing")
    world.forward(minutes=50)
    holder.dms().expects("You acknowledged INC-1, and nothing")
    holder.says("/incident update INC-1 rolled back")
    world.forward(minutes=10)
    assert paged(world) == []


def test_nobody_is_asked_while_it_is_watched_or_when_it_is_over(world: World) -> None:
    holder = held(world)
    holder.says("/incident status INC-1 monitoring")
    world.forward(minutes=200)
    holder.dms().lacks("You acknowledged INC-1, and nothing")
    holder.says("/incident resolve INC-1 it was the pool")
    world.forward(minutes=200)
    holder.dms().lacks("You acknowledged INC-1, and nothing")
    assert paged(world) == []


def test_giving_it_back_pages_the_others_at_once(world: World) -> None:
    holder = held(world)
    holder.presses("page.unack", "You acknowledged at")
    assert paged(world)
    assert holder.name not in [one.name for one in paged(world)]
    holder.dms().expects("You couldn't take it (gave it back)")
    assert paged(world)[0].says("/incident ack INC-1").ok
    assert paged(world) == []
    assert "paging again" in world.li.says("/incident unack INC-1").text
    assert paged(world)
    assert "taken back by" in timeline(world)


def test_whoever_is_paged_anew_reads_of_no_round_that_never_was(world: World) -> None:
    def shown() -> list[str]:
        return [world.room().shown(), timeline(world), world.li.says("/incident why INC-1").text]

    held(world)
    world.li.says("/incident unack INC-1")
    world.room().expects("no longer has it", "taken back by")
    assert not [text for text in shown() if "round" in text]
    for _ in range(4):
        world.forward(minutes=6)
    for text in shown():
        assert "round 2" in text, "now the policy has been repeated"
    assert not [text for text in shown() if "round 3" in text]


def test_a_question_of_the_past_changes_nothing(world: World) -> None:
    holder = held(world)
    world.forward(minutes=60)
    question = holder.dms().expects("You acknowledged INC-1, and nothing")
    holder.says("/incident unack INC-1")
    taker = paged(world)[0]
    taker.presses("page.ack", "You are paged")
    for button in ("hold.unack", "hold.confirm"):
        holder.presses_stale(button, question, holder.dms().name)
        holder.dms().expects("moved on", taker.id)
    holder.dms().lacks("You acknowledged INC-1, and nothing")
    assert paged(world) == [], "a press on what is past pages nobody"
    assert "is still on it" not in timeline(world)


@pytest.mark.both_databases
def test_a_hand_over_moves_when_it_is_accepted(world: World) -> None:
    holder = held(world)
    taker = world.dee
    said = holder.says(f"/incident pass INC-1 <@{taker.id}|{taker.name}>")
    assert "stays with you until they accept" in said.text
    sent = len(taker.dms().messages())
    holder.says(f"/incident pass INC-1 <@{taker.id}|{taker.name}>")
    assert len(taker.dms().messages()) == sent, "asked twice, paged once"
    page = taker.expects_page("asks you to take over")
    assert world.eve.says("/incident ack INC-1").text.count("acknowledged") <= 1
    taker.clicks("page.ack", page, taker.dms().name)
    holder.dms().expects("has taken", "over")
    taker.dms().expects("You acknowledged at")
    holder.dms().expects("you can stand down")
    assert "took it over from" in timeline(world)
    taker.says(f"/incident pass INC-1 <@{world.li.id}|li>")
    world.li.presses("page.ack", "You are paged")
    taker.dms().expects("acknowledged at", world.li.id, "you can stand down")
    world.forward(minutes=60)
    world.li.dms().expects("You acknowledged INC-1, and nothing")
    for other in (holder, taker):
        other.dms().lacks("You acknowledged INC-1, and nothing")


@pytest.mark.both_databases
def test_a_hand_over_that_is_declined_or_not_answered_stays_where_it_is(world: World) -> None:
    holder = held(world)
    holder.says(f"/incident pass INC-1 <@{world.dee.id}|dee>")
    opened = world.dee.presses("page.decline", "You are paged")
    world.dee.fills(opened.view_id, reason="asleep")
    holder.dms().expects("didn't take", "asleep")
    view = holder.presses("page.handover", "You acknowledged at")
    world.do("submit", user=holder.name, view_id=view.view_id, values={"person": {"person": world.li.id}})
    world.settle()
    world.li.expects_page("asks you to take over")
    world.forward(minutes=5)
    holder.dms().expects("didn't take", "no answer")
    assert paged(world) == []
    assert "acknowledged" in world.eve.says("/incident ack INC-1").text.lower()
    world.incidents.lacks("No one answered ·")


def test_only_the_holder_hands_over_and_not_to_themselves(world: World) -> None:
    holder = held(world)
    other = next(one for one in (world.ana, world.bo, world.cy) if one.name != holder.name)
    assert "held by" in other.says(f"/incident pass INC-1 <@{world.dee.id}|dee>").text
    assert "already" in holder.says(f"/incident pass INC-1 <@{holder.id}|{holder.name}>").text
    assert paged(world) == []
