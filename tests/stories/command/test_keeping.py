"""Decisions, actions and mitigations: said once, shown where the incident lives, and nobody is left waiting for one."""

from tests.stories.world import Json, World, actions, words


def commanded(world: World) -> str:
    world.cy.says("/incident sev1 checkout is down").says("is declared")
    world.ana.says("/incident ic INC-1").says("incident commander")
    return world.room().name


def post(world: World, *texts: str) -> Json:
    world.settle()
    return world.room().expects(*texts, posted=True)


def test_an_action_has_an_owner_and_a_time_box_and_is_ticked(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident action @bo restart the pool 10m", room).says("A1", "restart the pool")
    given = post(world, "*A1*", "restart the pool")
    assert world.bo.id in words(given)
    assert {"action.done", "action.got", "action.more", "action.drop"} <= set(actions(given))
    assert world.bo.clicks("action.got", given, room).ok
    assert "got it" in words(post(world, "*A1*"))
    world.forward(minutes=9)
    world.room().lacks("Done, or more time?")
    world.forward(minutes=1.1)
    asked = post(world, "A1 was due", world.bo.id)
    assert asked["thread_ts"] == given["ts"], "in its thread"
    assert world.bo.clicks("action.more", asked, room).ok
    world.forward(minutes=9)
    assert world.room().shown().count("Done, or more time?") == 1
    world.bo.says("/incident done A1", room).says("A1", "done")
    ticked = post(world, "☑ *A1*")
    assert not [one for one in actions(ticked) if one.startswith("action.")]
    world.forward(minutes=60)
    assert world.room().shown().count("Done, or more time?") == 1
    world.cy.says("/incident status INC-1").says("Investigating")
    assert world.cy.clicks("action.done", asked, room).ok
    world.settle()
    assert "is done already" in world.room().shown() + world.cy.dms().shown()


def test_done_alone_asks_and_resolves_nothing(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident done", room).says("Done with what?", "resolve INC-1")
    world.ana.says("/incident done AI-1", room).says("action item of a postmortem")
    world.ana.says("/incident done A7", room).says("INC-1 has no A7")
    world.cy.says("/incident status INC-1").says("Investigating")


def test_a_decision_stands_unless_someone_objects(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident decide roll back 4812", room).says("D1", "unless someone objects")
    made = post(world, "Decision D1", "roll back 4812")
    assert {"ruling.object", "ruling.proceed"} <= set(actions(made))
    world.forward(minutes=1.1)
    stands = post(world, "Decision D1", "stands")
    assert not [one for one in actions(stands) if one.startswith("ruling.")]
    world.ana.says("/incident decision fail over", room)
    second = post(world, "Decision D2", "fail over")
    form = world.bo.clicks("ruling.object", second, room)
    assert world.bo.fills(form.view_id, reason="the replica lags").ok
    objected = post(world, "Decision D2", "Strong objection", "the replica lags")
    world.forward(minutes=5)
    assert "stands" not in words(post(world, "Decision D2", "fail over"))
    world.cy.says("/incident decision D2 proceed", room).says("D2 is")
    assert world.ana.clicks("ruling.drop", objected, room).ok
    post(world, "✖ *D2*", "dropped")
    world.cy.says("/incident timeline INC-1").says("D1", "Objection by")
    world.ana.says("/incident decide yes", room).says("answers a question")


def test_a_pending_decision_reminds_whoever_commands(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident decision pending fail over to Dublin if the replica lags in 30m", room)
    post(world, "D1 is still to be decided", "if the replica lags")
    world.forward(minutes=31)
    reminded = world.ana.dms().expects("is due now", "fail over to Dublin")
    assert world.ana.clicks("ruling.proceed", reminded, world.ana.dms().name).ok
    post(world, "Decision D1", "stands")
    world.ana.dms().expects("D1 of INC-1", "stands")


def test_a_mitigation_has_a_result(world: World) -> None:
    room = commanded(world)
    world.cy.says("/incident mitigation roll back 4812", room).says("M1")
    begun = post(world, "*M1*", "roll back 4812")
    assert world.cy.clicks("mitigation.partly", begun, room).ok
    assert "mitigation.worked" not in actions(post(world, "*M1*", "partly worked"))
    world.cy.says("/incident mitigation M1 worked after the cache was cleared", room).says("worked")
    world.ana.says("/incident handoff @dee", room)
    world.settle()
    world.dee.dms().expects("Tried: M1 roll back 4812", "worked")


def test_nothing_can_be_pressed_when_the_incident_is_over(world: World) -> None:
    room = commanded(world)
    world.ana.says("/incident action restart the pool", room)
    world.ana.says("/incident decision pending fail over", room)
    world.ana.says("/incident mitigation roll back", room)
    given = post(world, "*A1*")
    world.ana.says("/incident resolve INC-1 rolled back").says(
        "Still open", "A1 restart the pool (Ana Ruiz)", "D1 fail over"
    )
    world.settle()
    for text in ("*A1*", "D1 is still", "*M1*"):
        live = [
            one
            for one in actions(world.room().expects(text))
            if one.partition(".")[0] in ("action", "ruling", "mitigation")
        ]
        assert live == [], text
    world.forward(minutes=60)
    world.room().lacks("Done, or more time?")
    assert world.cy.presses_stale("action.more", given, room).ok
