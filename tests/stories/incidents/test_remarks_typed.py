"""Remarks and wishes without a verb, and questions that were answered, over the wire."""

from storage.models import Incident
from tests.stories.incidents.test_words_typed import chooses, offered, state_of, two_of_them
from tests.stories.world import Reaction, World


def labels(asked: Reaction) -> list[str]:
    return [one["text"]["text"] for one in offered(asked)]


def test_a_wish_and_a_remark_offer_what_they_mean_for_the_only_open_incident(world: World) -> None:
    two_of_them(world)
    asked = world.li.says("/incident wake bo").says("Do you want to page someone")
    assert labels(asked) == ["Page Bo Lindqvist for INC-1"]
    assert "cy" not in world.li.says("/incident page bo in 10 minutes").says("no page for later").text
    assert labels(world.li.says("/incident still broken")) == ["Post an update on INC-1: “still broken”"]
    over = world.li.says("/incident rolled back").says("Do you mean that it is over")
    assert labels(over) == ["Resolve INC-1: “rolled back”", "Post an update on INC-1: “rolled back”"]
    world.bo.dms().lacks("asked for you")
    assert state_of(world, 1) == "investigating"
    chooses(world.li, asked, "Page Bo")
    world.bo.dms().expects("You are paged", "INC-1")
    chooses(world.li, over, "Resolve")
    assert state_of(world, 1) == "resolved"


def test_a_question_that_was_answered_says_so(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room().name
    world.ana.says("/incident sev3 mail is late")
    asked = world.ana.says("/incident resolve INC-2: fixed", channel=room)
    chooses(world.ana, asked, "INC-2", room)
    chooses(world.ana, asked, "INC-1", room)
    world.ana.dms().expects("That question has been answered already (INC-2)")
    assert (state_of(world, 1), state_of(world, 2)) == ("investigating", "resolved")


def test_a_whole_title_comes_first_and_numbers_alone_show_titles(world: World) -> None:
    for number in range(1, 5):
        world.ana.says(f"/incident sev3 thing number {number} is broken")
    asked = world.bo.says("/incident resolve thing number 2 is broken").says("Nothing has changed")
    assert labels(asked)[0] == "INC-2: thing number 2 is broken"
    asked = world.bo.says("/incident cancel 2, 3").says("Nothing has changed")
    assert labels(asked)[:2] == ["INC-2: thing number 2 is broken", "INC-3: thing number 3 is broken"]


def test_an_update_says_when_the_next_one_comes(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    world.ana.says("/incident update rolling back, next in 2h").says("INC-1")
    with world.app.desk.read() as session:
        row = session.get_one(Incident, 1)
        assert row.focus == "rolling back"
        assert row.next_update_at is not None
        assert 7100 < (row.next_update_at - world.app.desk.clock.now()).total_seconds() <= 7200
    opened = world.ana.says("/incident update next in 45m")
    assert "45 min" in str(world.ana.view()), opened
    world.ana.says("/incident why me").says("INC-1")
