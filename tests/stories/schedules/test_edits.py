"""An edit of tocsin.yml moves shifts: each person hears it once, and the channel; over restarts and beside a twin."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.catalog import Catalog, load
from bot.domain.core.people import TOCSIN, Actor
from bot.domain.schedules import overrides
from bot.services import work_factory
from bot.services.contact import reachability
from bot.services.schedules import cover_requests, edits, history
from bot.services.schedules.cover_requests import Window
from bot.work import WorkFactory
from sandbox import Sandbox
from storage.queries import schedules as schedule_queries
from tests.stories.records import deliveries, facts
from tests.stories.shifts import NAME, fields, now, on_call
from tests.stories.world import ROOT, World, settings_for, start

DEMO = (ROOT / "bot" / "catalog" / "demo.yml").read_text("utf-8")
LINE = "{name: primary, rotation: weekly, start: 2026-01-05T09:00, people: [ana, bo, cy]}"


@pytest.fixture
def file(tmp_path: Path, sandbox: Sandbox) -> Path:
    """The company's file, in which the fourth week of the primary rotation runs: Ana's, or with four people Dee's."""
    with httpx.Client(base_url=f"{sandbox.url}/_sandbox/", trust_env=False, verify=False) as http:
        today = datetime.fromtimestamp(float(http.get("clock").json()["now"]), UTC).date()
    monday = today - timedelta(days=today.weekday(), weeks=3)
    path = tmp_path / "tocsin.yml"
    path.write_text(DEMO.replace(LINE, LINE.replace("2026-01-05", f"{monday}"), 1), "utf-8")
    return path


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, file: Path) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url, config=file))
    yield made
    made.http.close()
    made.app.stop()


def edit(world: World, file: Path, old: str, new: str) -> None:
    """Somebody saves the file, and the bot reads it."""
    change(file, old, new)
    read(world)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def read(world: World) -> None:
    world.app.configuration.reload()
    assert world.app.configuration.problems == []
    history.sweep(world.app.desk)
    world.settle()


THREE, FOUR = "people: [ana, bo, cy]}", "people: [ana, bo, cy, dee]}"


def moved(world: World) -> list[str]:
    """Who was told, once for each message."""
    return [one.payload["person"] for one in deliveries(world, "dm") if one.payload["template"] == "shifts_moved"]


@pytest.mark.both_databases
def test_somebody_is_appended_while_another_is_on_call(world: World, file: Path) -> None:
    assert on_call(world).name == "ana"
    edit(world, file, THREE, FOUR)
    assert on_call(world).name == "dee", "everybody's weeks move: that is what must be said"
    world.dee.dms().expects("You're on call now for primary-oncall* until", "tocsin.yml", "*New*")
    world.ana.dms().expects(
        "You're no longer on call for primary-oncall", f"On call now: <@{world.dee.id}>", "*Before*"
    )
    world.bo.dms().expects("Your shifts on primary-oncall have changed", "*Before*", "*Now*")
    assert sorted(moved(world)) == sorted(who.id for who in (world.ana, world.bo, world.cy, world.dee))
    world.channel("platform").expects(
        "primary-oncall was edited", "On call now: Dee Park (before: Ana Ruiz)", "Each person whose shifts moved"
    )
    (fact,) = facts(world, "schedules.rota_edited")
    assert (fact["before"], fact["people"]) == ([world.ana.id], [world.dee.id])
    changed = [one for one in facts(world, "schedules.on_call_changed") if one["schedule"] == NAME]
    assert [one["people"] for one in changed] == [[world.ana.id], [world.dee.id]]
    history.sweep(world.app.desk)
    world.forward(minutes=5)
    assert len(moved(world)) == 4, "each hears it once"


QUIET = [
    ("weekly, start", "weekly,   start"),
    ("name: primary, rotation", "name: first-in-line, rotation"),
    ("    team: platform\n    layers:", "    team: platform\n    description: Day and night\n    layers:"),
    ("name: Ana Ruiz", "name: Ana Ruiz-Lopez"),
]


@pytest.mark.parametrize(("old", "new"), QUIET)
def test_nothing_is_said_when_nobodys_shifts_move(world: World, file: Path, old: str, new: str) -> None:
    edit(world, file, old, new)
    assert moved(world) == []
    assert deliveries(world, "rota.edited") == []


@pytest.mark.both_databases
def test_an_edit_while_the_bot_was_away_is_told_at_its_start(
    world: World, sandbox: Sandbox, database_url: str, file: Path
) -> None:
    world.dee.says("/oncall who").says(f"<@{world.ana.id}>")
    world.app.stop()
    change(file, THREE, FOUR)
    again = start(sandbox, settings_for(sandbox, database_url, config=file))
    again.settle()
    again.dee.dms().expects("You're on call now for primary-oncall")
    assert "📟 *You are on call for primary-oncall*" not in again.dee.dms().shown(), "said once"
    assert len(moved(again)) == 4
    history.sweep(_process(again, {"another": load(file)}, "another"))
    assert len(moved(again)) == 4
    world.app = again.app


@pytest.mark.both_databases
def test_what_was_not_committed_is_told_by_the_next_look(world: World, file: Path) -> None:
    """As if the process had been killed in the middle: nothing of it is left, so the next look does all of it."""
    change(file, THREE, FOUR)
    world.app.configuration.reload()
    with pytest.raises(ZeroDivisionError):
        _killed(world)
    assert moved(world) == []
    read(world)
    assert len(moved(world)) == 4
    assert len(facts(world, "schedules.rota_edited")) == 1


def _killed(world: World) -> None:
    with world.app.desk.work(TOCSIN) as w:
        assert len(edits.take_up(w)) == 4
        raise ZeroDivisionError


@pytest.mark.both_databases
def test_of_two_processes_one_tells_and_one_that_still_has_the_former_file_does_not_take_it_back(
    world: World, file: Path
) -> None:
    held = {"one": world.app.desk.catalog, "other": world.app.desk.catalog}
    change(file, THREE, FOUR)
    after = load(file)
    one, other = (_process(world, held, name) for name in held)
    history.sweep(one)
    history.sweep(other)
    held["one"] = after
    for desk in (one, other, one):
        history.sweep(desk)
    assert len(moved(world)) == 4
    held["other"] = after
    history.sweep(other)
    assert len(moved(world)) == 4


def _process(world: World, held: dict[str, Catalog], name: str) -> WorkFactory:
    """Another process beside the bot, which has read the file at a time of its own."""
    return work_factory.make(world.app.database, world.app.desk.clock, lambda: held[name])


def test_a_schedule_that_is_removed_and_one_that_is_new(world: World, file: Path) -> None:
    edit(world, file, "roles:\n  ic: {schedule: ic-oncall}", "roles: {}")
    assert moved(world) == []
    text = file.read_text("utf-8")
    begins, ends = text.index("  ic-oncall:"), text.index("policies:")
    file.write_text(text[:begins] + "\n" + text[ends:], "utf-8")
    read(world)
    world.dee.dms().expects("ic-oncall is gone", "*No longer yours*")
    world.incidents.expects("ic-oncall was removed", "On call until now: Dee Park")
    change(file, "policies:", "  nights: {timezone: UTC, layers: [{start: 2026-01-05, people: [li]}]}\npolicies:")
    read(world)
    world.li.dms().expects("You're on call now for nights", "no end date")
    world.incidents.expects("nights is new", "On call now: Li Wei")


def test_a_schedule_under_another_name_takes_everything_with_it(world: World, file: Path) -> None:
    view = world.dee.says("/oncall override").view_id
    world.dee.submits(view, fields(world, world.ana.id, world.li.id, hours=80))
    world.dee.dms().expects("Override 1 on *primary-oncall* is active")
    file.write_text(file.read_text("utf-8").replace("primary-oncall", "first-line"), "utf-8")
    read(world)
    assert moved(world) == []
    world.forward(minutes=5)
    assert on_call(world, "first-line").name == "li"


def test_somebody_under_another_key_keeps_their_shifts_and_their_overrides(world: World, file: Path) -> None:
    view = world.dee.says("/oncall override").view_id
    world.dee.submits(view, fields(world, world.ana.id, world.bo.id, hours=80))
    text = file.read_text("utf-8").replace("  bo: {", "  bob: {")
    file.write_text(text.replace("bo, ", "bob, "), "utf-8")
    read(world)
    assert moved(world) == []
    world.forward(minutes=5)
    with world.app.desk.read() as session:
        assert overrides.rota_of(world.app.desk.catalog, *schedule_queries.overrides(session, now(world))).on_call(
            NAME, now(world)).people == ("bob",)  # fmt: skip


@pytest.mark.both_databases
def test_an_override_that_an_edit_outdoes_is_said_to_both(world: World, file: Path) -> None:
    view = world.dee.says("/oncall override").view_id
    world.dee.submits(view, fields(world, world.ana.id, world.li.id, hours=48))
    edit(world, file, THREE, THREE.replace("ana, bo", "bo, ana"))
    for who in (world.ana, world.li):
        told = who.dms().expects("Override 1 on primary-oncall has no effect any more")
        assert f"<@{world.li.id}> for <@{world.ana.id}>" in str(told)
        assert f"On call then: <@{world.bo.id}>" in str(told)
        assert moved(world).count(who.id) == 1, "all of it in one message"
    (fact,) = facts(world, "schedules.override_outdone")
    assert (fact["override"], fact["instead"]) == (1, [world.bo.id])
    world.dee.says("/oncall schedule primary-oncall").says("without effect")
    with world.app.desk.read() as session:
        found = reachability.findings(session, world.app.desk.catalog, now(world))
    assert "Override 1 on primary-oncall (Li Wei for Ana Ruiz" in str([one.sentence for one in found])
    history.sweep(world.app.desk)
    edit(world, file, "Ana Ruiz", "Ana Maria Ruiz")
    assert len(facts(world, "schedules.override_outdone")) == 1, "said once"


def test_a_request_for_cover_that_an_edit_has_made_pointless_ends_at_once(world: World, file: Path) -> None:
    asked = {"schedule": NAME, "start": now(world), "end": now(world) + timedelta(hours=8)}
    with world.app.desk.work(Actor(world.ana.id)) as w:
        cover_requests.ask(w, Window(**asked))
    edit(world, file, THREE, FOUR)
    world.ana.dms().expects("The shifts on *primary-oncall* have changed", "your request is taken back")
