"""Checklists in one form and by words; what is open is said, or stands in the way, when an incident is resolved."""

from pathlib import Path

from sandbox import Sandbox
from storage.models import Incident
from tests.stories.world import World, settings_for, start


def status(world: World) -> str:
    with world.app.desk.read() as session:
        return str(session.get_one(Incident, 1).status)


def test_the_form_ticks_and_the_answer_names_what_is_open(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    room = world.room().name
    opened = world.ana.says("/incident tick-off", room)
    assert "Service health (0 of 5)" in str(world.ana.view())
    health = ["errors", "latency", "resources", "checks", "alerts"]
    shown = {"health": {"health": health}}
    assert world.ana.submits(opened.view_id, shown).ok
    world.ana.says("/incident timeline", room).says("Ticked: Error rates are back to normal")
    again = world.ana.says("/incident tick-off", room)
    assert "Service health (5 of 5)" in str(world.ana.view())
    assert world.ana.submits(again.view_id, {}).ok
    world.ana.says("/incident tick-off verified", room).says("The checklists of")
    world.ana.says("/incident tick-off nonsense", room).says('There is no item "nonsense"')
    world.ana.says("/incident resolve INC-1 rolled back").says(
        "Not ticked: customers can work, no secondary problem is left", "/incident tick-off INC-1"
    )


def test_a_form_takes_back_nothing_that_was_ticked_while_it_was_open(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    opened = world.ana.says("/incident tick-off INC-1")
    world.bo.says("/incident tick-off INC-1 errors")
    world.ana.says("/incident ack INC-1")
    assert world.ana.submits(opened.view_id, {"health": {"health": ["latency"]}}).ok
    world.ana.says("/incident tick-off INC-1")
    assert "Service health (2 of 5)" in str(world.ana.view())
    assert "Not done after all" not in world.ana.says("/incident timeline INC-1").text


def test_two_who_tick_the_same_leave_one_line(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident tick-off INC-1 errors")
    world.bo.says("/incident tick-off INC-1 errors")
    assert world.ana.says("/incident timeline INC-1").text.count("Ticked: Error rates") == 1


def test_required_it_stands_in_the_way(sandbox: Sandbox, tmp_path: Path) -> None:
    config = tmp_path / "tocsin.yml"
    config.write_text("version: 1\nlifecycle: {resolution_checklist: require}\n", "utf-8")
    world = start(sandbox, settings_for(sandbox, f"sqlite:///{tmp_path}/t.db", config=config))
    try:
        world.ana.says("/incident declare sev1 checkout fails")
        world.ana.says("/incident resolve INC-1 rolled back").says("INC-1 isn't resolved", "customers can work")
        assert status(world) == "investigating"
        for item in ("service_healthy", "customers_fine", "no-secondary"):
            world.ana.says(f"/incident tick-off INC-1 {item}")
        world.ana.says("/incident resolve INC-1 rolled back")
        assert status(world) == "resolved"
    finally:
        world.app.stop()


def test_status_and_card_show_the_phase_and_how_late_each_step_is(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident status INC-1").says("Response", "On call paged, on time", "First update by")
    world.forward(minutes=4)
    world.ana.says("/incident status INC-1").says("First update: late by")
    world.ana.says("/incident update INC-1 looking at the gateway")
    world.ana.says("/incident status INC-1").says("First update, late by")
    world.room().expects("Phase", "Response")
    world.ana.says("/incident status INC-1 monitoring")
    world.room().expects("Phase", "Resolution")
    assert "late by" not in world.ana.says("/incident declare sev2 another").text
    assert "On call paged" not in world.ana.says("/incident status INC-2").text
