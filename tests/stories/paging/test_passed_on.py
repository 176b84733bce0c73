"""Whoever is paged cannot take it: the last one is told that they were, and "pass to bo" asks bo before it lets go."""

import pytest

from tests.stories.paging.test_written_to_the_bot import writes
from tests.stories.world import World


@pytest.fixture
def paged(world: World) -> World:
    """Eve, who is not on call, is paged by name for INC-1, and nobody else is."""
    world.li.says("/incident declare sev4 The search is slow").says("INC-1")
    world.li.says("/incident stop INC-1")
    world.li.says("/incident page INC-1 @eve")
    world.eve.expects_page("INC-1")
    return world


@pytest.mark.parametrize("way", ["command", "button", "words"])
def test_the_last_one_asked_hears_that_no_one_is_left(paged: World, way: str) -> None:
    if way == "command":
        said = paged.eve.says("/incident decline INC-1 asleep").text
    elif way == "words":
        (said,) = writes(paged.eve, "decline: asleep")
    else:
        page = paged.eve.expects_page("INC-1")
        opened = paged.eve.clicks("page.decline", page, paged.eve.dms().name)
        paged.eve.submits(opened.view_id, {})
        said = paged.eve.dms().shown()
    for part in (
        "o one is left to ask",
        "raised an alarm in #incidents",
        "Phone them",
        "/incident page INC-1 @person",
    ):
        assert part in said
    assert "is passed on" not in said
    paged.incidents.expects("No one answered ·", "INC-1")
    paged.eve.dms().expects("You couldn't take it", "No one is left to ask: I've raised an alarm in #incidents.")


def test_as_long_as_others_are_asked_it_goes_on_without_them(world: World) -> None:
    world.li.says("/incident declare sev4 The search is slow")
    world.li.says("/incident stop INC-1")
    world.li.says("/incident page INC-1 @eve and @bo")
    (said,) = writes(world.eve, "decline")
    assert "is passed on" in said
    world.eve.dms().expects("You couldn't take it", "Still being asked: Bo Lindqvist")


@pytest.mark.parametrize(
    "words", ["pass to bo", "pass it to @bo", "decline @bo", "hand over to Bo Lindqvist", "pass bo"]
)
def test_passed_to_somebody_it_asks_them(paged: World, words: str) -> None:
    (said,) = writes(paged.eve, words)
    assert "paging" in said
    assert paged.bo.id in said
    paged.bo.expects_page("INC-1")
    paged.eve.dms().expects("You couldn't take it (passed to")
    paged.incidents.lacks("No one answered ·")
    assert "You have" in writes(paged.bo, "ack")[0]


@pytest.mark.parametrize("words", ["pass to zorro", "decline to comment", "pass to old"])
def test_passed_to_nobody_it_waits_on(paged: World, words: str) -> None:
    (said,) = writes(paged.eve, words)
    assert "no one was paged" in said or "deactivated" in said
    paged.eve.expects_page("INC-1", "Acknowledge")
    assert "can't take it" not in paged.li.says("/incident timeline INC-1").text


def test_a_correction_of_words_that_were_no_answer_is_one(paged: World) -> None:
    writes(paged.eve, "ackn?")
    place = paged.eve.dms()
    wrote = next(one for one in reversed(place.messages()) if one["text"] == "ackn?")
    paged.do("edit", user="eve", channel=place.name, ts=wrote["ts"], text="ack")
    paged.settle()
    assert "Eve Novak acknowledged" in paged.li.says("/incident timeline INC-1").text
    before = len(place.messages())
    paged.do("edit", user="eve", channel=place.name, ts=wrote["ts"], text="ack!")
    paged.settle()
    assert len(place.messages()) == before, "it says what it said before"


@pytest.mark.parametrize("name", ["+1", "eyes", "white_check_mark"])
def test_a_reaction_on_a_waiting_page_is_asked_about(paged: World, name: str) -> None:
    place = paged.eve.dms()
    paged.eve.reacts(name, paged.eve.expects_page("INC-1"), place.name)
    asked = place.expects("Can you take it?", "A reaction doesn't acknowledge a page", "INC-1")
    assert "acknowledged" not in paged.li.says("/incident timeline INC-1").text
    paged.eve.clicks("page.ack", asked, place.name)
    assert "Eve Novak acknowledged" in paged.li.says("/incident timeline INC-1").text
    before = len(place.messages())
    paged.eve.reacts("tada", place.expects("You acknowledged at"), place.name)
    assert len(place.messages()) == before


@pytest.mark.parametrize("words", ["ack INC-7", "ack 7", "on it, INC-7"])
def test_an_answer_that_names_another_incident_leaves_the_waiting_page_alone(paged: World, words: str) -> None:
    writes(paged.eve, words)
    assert "acknowledged" not in paged.li.says("/incident timeline INC-1").text
    paged.eve.expects_page("INC-1", "Acknowledge")
