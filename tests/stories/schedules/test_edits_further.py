"""Edits of tocsin.yml that are less usual: several schedules at once, people who leave, hours, nobody to tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.services.schedules import history
from sandbox import Sandbox
from tests.stories.records import deliveries, facts
from tests.stories.schedules.test_edits import change, moved, read
from tests.stories.shifts import fields
from tests.stories.world import ROOT, World, settings_for, start, words

DEMO = (ROOT / "bot" / "catalog" / "demo.yml").read_text("utf-8")
PRIMARY = "- {name: primary, rotation: weekly, start: 2026-01-05T09:00, people: [ana, bo, cy]}"
SECONDARY = "- {name: secondary, rotation: weekly, start: 2026-01-05T09:00, people: [bo, cy, ana]}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tocsin.yml"
    path.write_text(DEMO, "utf-8")
    return path


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, file: Path) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url, config=file))
    yield made
    made.http.close()
    made.app.stop()


def told(world: World, name: str, sentence: str) -> list[str]:
    person = getattr(world, name)
    return [shown for one in person.dms().messages() if sentence in (shown := words(one))]


def test_two_schedules_in_one_edit_are_one_message(world: World, file: Path) -> None:
    change(file, PRIMARY, PRIMARY.replace("ana, bo, cy", "bo, ana, cy"))
    change(file, SECONDARY, SECONDARY.replace("bo, cy, ana", "ana, cy, bo"))
    read(world)
    (message,) = told(world, "bo", "You're on call now for primary-oncall")
    assert "You're no longer on call for secondary-oncall" in message
    assert sorted(moved(world)) == sorted([world.ana.id, world.bo.id])
    assert len(deliveries(world, "rota.edited")) == 2, "each schedule's channel hears of its own"


def test_somebody_leaves_the_company(world: World, file: Path) -> None:
    """They are in the file no more, and still hear that their shifts are gone; so does whoever they stood in for."""
    view = world.dee.says("/oncall override").view_id
    world.dee.submits(view, fields(world, world.ana.id, world.cy.id, hours=48))
    text = file.read_text("utf-8")
    start, end = text.index("  cy: {name"), text.index("  dee: {name")
    text = text[:start] + text[end:]
    text = text.replace("[ana, bo, cy]", "[ana, bo, dee]").replace("[bo, cy, ana]", "[bo, dee, ana]")
    text = text.replace("[ana, bo, cy, dee]", "[ana, bo, dee]").replace('database: {to: ["person:cy"]}', "database: {}")
    file.write_text(text, "utf-8")
    read(world)
    (message,) = told(world, "cy", "was edited in")
    assert "*No longer yours*" in message
    assert "Override 1 on primary-oncall has no effect any more" in message
    assert told(world, "ana", "Override 1 on primary-oncall has no effect any more")
    assert told(world, "dee", "was edited in")


def test_a_schedule_goes_with_an_override_on_it(world: World, file: Path) -> None:
    view = world.dee.says("/oncall override").view_id
    world.dee.submits(view, {**fields(world, world.dee.id, world.li.id, hours=48),
                             "schedule": {"override.choice": "ic-oncall"}})  # fmt: skip
    change(file, "roles:\n  ic: {schedule: ic-oncall}", "roles: {}")
    read(world)  # first nothing leads to it any more: in one step it is refused while somebody is on call for it
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("  ic-oncall:")] + text[text.index("policies:") :], "utf-8")
    read(world)
    (message,) = told(world, "li", "Override 1 on ic-oncall has no effect any more")
    assert "The schedule was removed" in message
    world.dee.says("/oncall who").says("primary-oncall")


def test_what_is_taken_back_before_anyone_looks_is_not_told_and_a_wrong_file_is_not_either(
    world: World, file: Path
) -> None:
    change(file, PRIMARY, PRIMARY.replace("ana, bo", "bo, ana"))
    world.app.configuration.reload()
    change(file, "bo, ana, cy", "ana, bo, cy")
    read(world)
    file.write_text(DEMO.replace("people: [ana, bo, cy]}", "people: [ana, nobody]}", 1), "utf-8")
    world.app.configuration.reload()
    assert world.app.configuration.problems
    history.sweep(world.app.desk)
    world.settle()
    assert moved(world) == []


def test_a_rotation_by_the_hour_and_somebody_without_slack(world: World, file: Path) -> None:
    change(file, "  li: {name: Li Wei, slack: U01LI,", "  li: {name: Li Wei,")
    change(file, PRIMARY, PRIMARY.replace("weekly", "hourly").replace("ana, bo, cy", "ana, bo, li"))
    read(world)
    (message,) = told(world, "bo", "Your shifts on primary-oncall have changed") or told(world, "bo", "on call now for")
    assert "more" in message
    shown = world.channel("platform").expects("primary-oncall was edited")
    assert "Li Wei can't be told here" in words(shown)
    (fact,) = facts(world, "schedules.rota_edited")
    assert (len(fact["windows"]), fact["more"] > 500) == (40, True), "what is written down has an end"
