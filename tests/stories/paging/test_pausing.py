"""Pauses, stops, levels by name, and what the last resort does until somebody takes it."""

import pytest

from tests.stories.paging.test_paging import declare, more, paged
from tests.stories.world import World, words


def ladder(world: World) -> str:
    return words(world.room().expects("🪜"))


@pytest.mark.both_databases
def test_a_pause_keeps_the_ladder_still_and_ends_by_itself(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    room = world.room()
    drawn = room.expects("Paging the critical policy")
    world.li.clicks("ladder.pause", drawn, room.name, value="1-0-0:15m")
    room.expects("Paused", "until", world.li.id)
    room.expects("paused the paging until")
    world.forward(minutes=14)
    assert [one.name for one in paged(world)] == [first.name], "nobody else is asked meanwhile"
    world.forward(minutes=1)
    room.expects("Paging the critical policy")
    assert [one.name for one in paged(world)] == [first.name], "the same level is asked anew"
    world.forward(minutes=5)
    assert first.name not in [one.name for one in paged(world)]
    said = world.ana.says("/incident timeline INC-1").text
    assert "paused the paging until" in said
    assert "Paging resumed: the pause is over" in said


def test_a_pause_can_be_answered_and_ended_early(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    assert "no further level is asked until" in first.says("/incident pause INC-1 1h").text
    assert "has resumed" in world.li.says("/incident resume INC-1").text
    assert "nothing to resume" in world.li.says("/incident resume INC-1").text
    first.says("/incident pause INC-1 shift")
    first.presses("page.ack", "You are paged")
    world.forward(minutes=60)
    assert paged(world) == []


def test_words_that_are_no_length_are_refused(world: World) -> None:
    declare(world)
    assert 'how long "soon" is' in world.li.says("/incident pause INC-1 soon").text
    assert "not on call now" in world.li.says("/incident pause INC-1 shift").text
    assert len(paged(world)) == 1


def test_a_pause_is_as_long_as_it_is_written(world: World) -> None:
    declare(world)
    for typed, until in (("1h30", "12:30"), ("1.5h", "12:30"), ("until 2", "19:00"), ("until 11", "16:00"),
                         ("please", "11:15"), ("the paging", "11:15"), ("seven minutes", "11:07")):  # fmt: skip
        said = world.li.says(f"/incident pause INC-1 {typed}").text
        assert f"|{until} CET>" in said, (typed, said)
        world.li.says("/incident resume INC-1")
    assert "twelve hours is the longest pause" in world.li.says("/incident pause INC-1 3d").text
    world.li.says("/incident resume INC-1")


def test_a_time_that_is_over_is_not_taken_for_tomorrows(world: World) -> None:
    declare(world)
    world.forward(minutes=17)  # 10:17 in UTC, 11:17 for ana, 6:17 for li
    for typed in (
        "until 11:15",
        "till 11:15",
        "11:15",
        "until 10:15 utc",
        "until 11",
        "until 10",
        "until 9",
        "until 8:00",
    ):
        world.ana.says(f"/incident pause INC-1 {typed}").says("is over", "paging goes on")
    for typed in ("until 11:45", "until 12", "until 2", "until 9 pm"):
        world.ana.says(f"/incident pause INC-1 {typed}").says("no further level is asked until")
        world.ana.says("/incident resume INC-1")


@pytest.mark.both_databases
def test_a_pause_from_a_page_and_a_press_that_is_too_late(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    more(first, "page.pause", value="1:morning")
    assert "paused the paging" in world.ana.says("/incident timeline INC-1").text
    world.ana.says("/incident ack INC-1")
    room = world.room()
    room.expects("Answered")
    assert paged(world) == []


def test_stopping_ends_the_paging_with_nobody_having_it(world: World) -> None:
    declare(world)
    room = world.room()
    world.li.clicks("ladder.stop", room.expects("Paging the critical policy"), room.name)
    assert paged(world) == []
    room.expects("Stopped")
    world.forward(minutes=60)
    assert paged(world) == []
    assert "Paging stopped: by" in world.ana.says("/incident timeline INC-1").text
    assert "nothing to stop" in world.li.says("/incident stop INC-1").text


def test_a_level_can_be_named(world: World) -> None:
    declare(world)
    assert "level" in world.li.says("/incident escalate INC-1 level 3").text
    assert len(paged(world)) > 1, "the third level is the whole team"
    assert "4 levels" in world.li.says("/incident escalate INC-1 level 9").text
    world.forward(minutes=5)
    assert [one.name for one in paged(world)] == ["eve"]


def test_whoever_has_it_can_have_the_levels_above_beside_them(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    first.presses("page.ack", "You are paged")
    assert "next level is paged" in first.says("/incident escalate INC-1").text
    assert paged(world)
    assert first.name not in [one.name for one in paged(world)]


def test_a_team_and_a_schedule_can_be_paged_by_name(world: World) -> None:
    declare(world, "sev3 Search is slow --service search")
    assert "support" in world.ana.says("/incident escalate INC-1 support").text
    world.li.expects_page("member of support")
    assert world.ana.says("/incident page INC-1 ic-oncall").ok
    assert [one for one in paged(world) if one.name in ("dee", "eve")]


@pytest.mark.long
@pytest.mark.both_databases
def test_the_last_resort_is_repeated_until_somebody_takes_it(world: World) -> None:
    declare(world)
    world.ana.says("/incident sev INC-1 sev2")
    for _ in range(4 * 4):
        world.forward(minutes=5)

    def alarms() -> int:
        said = [words(one) for one in world.incidents.messages()]
        return sum("No one answered ·" in one or "superseded" in one for one in said)

    first = alarms()
    assert first >= 1
    world.eve.dms().expects("No one answered ·")  # admins are told in person
    world.forward(minutes=10)
    assert alarms() == first + 1
    for _ in range(15):
        world.forward(minutes=10)
    assert alarms() == 12
    newest = [one for one in world.incidents.messages() if "No one answered ·" in words(one)][-1]
    world.bo.clicks("incident.ack", newest, "incidents")
    world.room().expects("Answered")
