"""What is kept while an incident is commanded: asked about once, changed once, and taken up when it is reopened."""

from tests.stories.command.test_keeping import commanded, post
from tests.stories.world import World, actions, words

DUE = "Done, or more time?"


def test_got_it_after_the_time_is_no_second_question(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident action @bo restart the pool 10m", room)
    given = post(world, "*A1*")
    world.forward(minutes=10.1)
    assert world.room().shown().count(DUE) == 1
    assert world.bo.clicks("action.got", given, room).ok
    for _ in range(3):
        world.bo.says("/incident action A1 got it", room)
        world.settle()
    assert world.room().shown().count(DUE) == 1
    world.forward(minutes=9)
    assert world.room().shown().count(DUE) == 1
    world.forward(minutes=1.1)
    assert world.room().shown().count(DUE) == 2, "it was asked about when it would have been"


def test_two_who_give_more_time_at_once_give_it_once(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident action @bo restart the pool 10m", room)
    given = post(world, "*A1*")
    assert world.bo.clicks("action.more", given, room).ok
    assert world.ana.presses_stale("action.more", given, room).ok
    world.forward(minutes=19)
    world.room().lacks(DUE)
    world.forward(minutes=1.2)
    post(world, "A1 was due")


def test_a_result_that_is_corrected_is_drawn(world: World) -> None:
    room = commanded(world)
    world.cy.says("/incident mitigation roll back 4812", room)
    begun = post(world, "*M1*")
    assert world.cy.clicks("mitigation.worked", begun, room).ok
    post(world, "*M1*", "✅ worked")
    assert world.ana.presses_stale("mitigation.failed", begun, room).ok
    post(world, "*M1*", "✅ worked")
    world.cy.says("/incident mitigation M1 failed it came back", room)
    assert "worked" not in words(post(world, "*M1*", "didn't work", "it came back")).replace("didn't work", "")


def test_what_was_open_goes_on_when_the_incident_is_reopened(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident action @bo restart the pool 10m", room)
    world.ana.says("/incident decision fail over", room)
    world.ana.says("/incident decision pending buy more disks in 30m", room)
    world.ana.says("/incident mitigation roll back", room)
    world.ana.says("/incident resolve INC-1 rolled back")
    world.forward(minutes=20)
    post(world, "*A1*", "Still open when the incident ended")
    world.cy.says("/incident reopen INC-1 it is back")
    given = post(world, "*A1*")
    assert "action.done" in actions(given)
    assert {"ruling.object", "ruling.proceed"} <= set(actions(post(world, "*Decision D1*")))
    assert "ruling.proceed" in actions(post(world, "D2 is still"))
    assert "mitigation.worked" in actions(post(world, "*M1*"))
    world.room().lacks(DUE)
    world.forward(minutes=1.1)
    post(world, "Decision D1", "stands")
    world.forward(minutes=9.1)
    assert world.room().shown().count(DUE) == 1
    world.ana.dms().expects("D2", "buy more disks")
    world.bo.says("/incident done A1", room)
    assert not [one for one in actions(post(world, "☑ *A1*")) if one.startswith("action.")]
    world.ana.says("/incident resolve INC-1 rolled back again")
    assert not [one for one in actions(post(world, "*M1*")) if one.startswith("mitigation.")]
    world.cy.says("/incident reopen INC-1 and again")
    assert "mitigation.worked" in actions(post(world, "*M1*"))
