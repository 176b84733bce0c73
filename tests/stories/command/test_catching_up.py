"""Whoever comes late reads five lines, each with what it rests on, and says how they take part."""

import httpx

from tests.stories.records import facts
from tests.stories.world import Json, World, actions, words


def running(world: World, *flags: str) -> str:
    """A SEV-1 that has gone on for a while, and the name of its room."""
    world.ana.says(f"/incident declare sev1 checkout is down {' '.join(flags)}").says("is declared")
    world.ana.says("/incident ic INC-1").says("incident commander")
    world.forward(minutes=8)
    return world.room().name


def whispers(world: World, who: str) -> list[Json]:
    """What this person alone reads in the room of their coming."""
    return [one for one in world.room().messages()
            if one.get("ephemeral_for") == who and "in five lines" in words(one)]  # fmt: skip


def comes_and_goes(world: World, who: str, room: str) -> None:
    world.do("company", join={"channel": room, "user": who})
    world.settle()


def test_five_lines_with_the_facts_they_rest_on(world: World) -> None:
    room = running(world)
    world.ana.says("/incident update INC-1 identified the pool is exhausted", room)
    world.ana.says("/incident mitigation restart the pool", room)
    world.ana.says("/incident mitigation M1 failed it filled again", room)
    world.ana.says("/incident decide roll back 4812", room)
    world.ana.says("/incident catchup", room).says(
        "INC-1", "in five lines", "*What:* checkout is down (SEV-1, identified, open for 8 min",
        "the pool is exhausted", "update 1,", "*Impact:* not described yet",
        "*Tried:* M1 restart the pool: didn't work", "M1 ",
        "*Deciding:* D1 roll back 4812 (open to objections", "*Who:* IC Ana", "IC since",
    )  # fmt: skip


def test_whoever_joins_late_reads_it_once_and_can_help(world: World) -> None:
    room = running(world)
    comes_and_goes(world, "eve", room)
    world.do("company", leave={"channel": room, "user": "eve"})
    world.settle()
    comes_and_goes(world, "eve", room)
    [told] = whispers(world, world.eve.id)
    assert {"catchup.help", "catchup.watch"} <= set(actions(told))
    for _ in range(2):
        assert world.eve.clicks("catchup.help", told, room).ok
    assert world.ana.dms().shown().count("can help with *INC-1*") == 1
    assert [one["person"] for one in facts(world, "command.help_offered")] == [world.eve.id]
    world.ana.says("/incident timeline INC-1").says("can help")


def test_whoever_only_watches_is_an_observer_until_they_can_help(world: World) -> None:
    room = running(world)
    comes_and_goes(world, "eve", room)
    [told] = whispers(world, world.eve.id)
    assert world.eve.clicks("catchup.watch", told, room).ok
    assert [(one["role"], one["person"]) for one in facts(world, "incidents.role_assigned")][-1] == (
        "observer", world.eve.id)  # fmt: skip
    assert world.eve.clicks("catchup.help", told, room).ok
    assert [one["role"] for one in facts(world, "incidents.role_released")] == ["observer"]


def test_it_is_nothing_for_whoever_may_not_know_of_the_incident(world: World) -> None:
    running(world, "--private")
    hidden = world.li.says("/incident catchup INC-1").text
    nothing = world.li.says("/incident catchup INC-77").text
    assert hidden.replace("INC-1", "INC-N") == nothing.replace("INC-77", "INC-N")
    world.ana.says("/incident catchup INC-1").says("checkout is down")


def test_of_what_is_over_it_says_how_it_ended_and_offers_nothing(world: World) -> None:
    running(world)
    world.ana.says("/incident resolve INC-1 rolled back 4812")
    said = world.eve.says("/incident catchup INC-1").says("What fixed it: rolled back 4812")
    assert "catchup.help" not in str(said.answer)


def test_a_program_reads_the_same_lines_unless_its_person_may_not(world: World) -> None:
    running(world, "--private")
    key = {"Authorization": f"Bearer {world.app.token}"}
    http = httpx.Client(base_url=f"{world.app.url}/api/v1/incidents", headers=key, trust_env=False, verify=False)
    lines = http.get("/1/catchup").json()["lines"]
    assert [one["label"] for one in lines] == ["What", "Impact", "Tried", "Deciding", "Who"]
    assert lines[0]["rests_on"][0].startswith("declared ")
    assert [one["label"] for one in http.get("/1/catch-up").json()["lines"]] == [one["label"] for one in lines]
    assert http.get("/1/catchup", headers={"Tocsin-As": "li"}).status_code == 404
