"""What a bot stands on: credentials that are refused, a Slack that is down, a configuration that is wrong."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.engine.do_not_disturb import read_do_not_disturb
from sandbox import Sandbox
from sandbox.outside.world import Outside
from tests.stories.beyond import world_beyond
from tests.stories.records import deliveries, facts, until
from tests.stories.world import Json, World

DECLARE = "/incident sev1 Checkout returns 5xx --service checkout"
EMAIL = "\nnotifications: {contact: [{via: slack}, {via: phone, after: 2m}, {via: email, after: 4m}]}\n"


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def config(outside: Outside, tmp_path: Path) -> Path:
    file = tmp_path / "tocsin.yml"
    demo = (Path(__file__).parents[3] / "bot/catalog/demo.yml").read_text("utf-8")
    file.write_text(demo + EMAIL + outside.configuration(), "utf-8")
    return file


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, outside: Outside, config: Path) -> Iterator[World]:
    with world_beyond(sandbox, database_url, outside, config) as made:
        yield made


def door(world: World, path: str) -> httpx.Response:
    return httpx.get(f"{world.app.url}/{path}", trust_env=False, verify=False)


def ailing(world: World) -> Json:
    """What does not work, as /readyz says; it is ready all the same."""
    answer = door(world, "readyz")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json().get("ailing", {})
    return found


def told(world: World, *texts: str) -> int:
    """How often Dee, an admin, was told."""
    return sum(all(text in str(one) for text in texts) for one in world.dee.dms().messages())


@pytest.mark.both_databases
def test_refused_credentials_hold_up_nobody_and_are_told_once(world: World, outside: Outside) -> None:
    outside.fault("/apprise/phone", 403, times=1)
    world.ana.says(DECLARE)
    assert [(one["via"], one["reason"]) for one in facts(world, "paging.method_tried")] == [("email", "phone failed")]
    assert len(outside.book.wait_for("email")) == 1, "at once, in the place of the phone"
    world.bo.says("/incident sev1 Search is down --service checkout")
    assert told(world, "phone refuses our credentials", "HTTP 403") == 1
    assert ailing(world) == {"phone": "phone refuses our credentials"}
    assert 'tocsin_way_ailing{cause="refused",way="phone"} 1.0' in door(world, "metrics").text
    world.app.switchboard._refusals.clear()  # a minute later
    world.ana.says("/oncall test-page")
    assert len(outside.book.of("phone")) == 1
    world.app.watch.ways()
    world.settle()
    assert told(world, "phone accepts our credentials again") == 1
    assert ailing(world) == {}


def test_a_slack_that_is_known_to_be_down_is_none_of_two_ways(world: World, outside: Outside) -> None:
    world.do("faults", method="chat.postMessage", kind="reset", times=1000)
    world.do("command", user="ana", channel="general", text="/incident sev3 Search is slow --service search")
    until(lambda: outside.book.of("phone", "email"), "the next way beside a Slack that keeps failing")
    assert facts(world, "paging.method_tried")[0]["reason"] == "Slack keeps failing"
    until(lambda: world.app.watch.ways() or "slack" in ailing(world), "Slack to be known as down")
    assert ailing(world)["slack"].startswith("Slack ")
    already = len(outside.book.of("email"))
    world.do("command", user="ana", channel="general", text=DECLARE)
    until(lambda: len(outside.book.of("email")) > already, "the second other way, without half a minute's patience")
    assert "phone" in facts(world, "paging.paged")[-1]["ways"]
    assert set(facts(world, "paging.paged")[-1]["ways"]) == {"slack", "phone", "email"}
    world.http.delete("faults")
    world.settle()
    until(lambda: world.app.watch.ways() or "slack" not in ailing(world), "Slack to be well again")


@pytest.mark.both_databases
def test_a_wrong_configuration_is_told_once_for_each_mistake_and_when_it_is_right(world: World, config: Path) -> None:
    right = config.read_text("utf-8")
    config.write_text(f"{right}\nnonsense: 1\n", "utf-8")
    for _ in range(2):
        world.app.configuration.reload()
        world.app.watch.configuration()
    world.settle()
    assert told(world, "configuration was rejected", f"tocsin.yml:{len(right.splitlines()) + 2}:") == 1
    assert "the file was rejected" in ailing(world)["configuration"]
    config.write_text(f"{right}\nnonsense: 1\nrubbish: 2\n", "utf-8")
    world.app.configuration.reload()
    world.app.watch.configuration()
    config.write_text(right, "utf-8")
    world.app.configuration.reload()
    world.app.watch.configuration()
    world.settle()
    assert told(world, "configuration was rejected") == 2
    assert told(world, "configuration is valid again") == 1
    assert ailing(world) == {}


def test_whoever_sleeps_behind_do_not_disturb_is_reached_otherwise_at_once(world: World, outside: Outside) -> None:
    world.do("company", dnd={"user": "ana", "minutes": 60})
    read_do_not_disturb(world.app.api, world.app.desk)
    world.bo.says("/incident sev3 Search is slow --service search")
    assert facts(world, "paging.paged")[0]["ways"] == ["slack", "email"]
    why = world.ana.says("/incident why 1").text
    assert "silent for them until" in why
    assert "(do-not-disturb)" in why


def test_without_the_scope_nothing_is_known_and_nothing_stops(world: World) -> None:
    world.do("faults", features={"dnd": "missing_scope"})
    for _ in range(2):
        read_do_not_disturb(world.app.api, world.app.desk)
    assert [one["method"] for one in facts(world, "core.capability_lost")] == ["dnd.teamInfo"]
    world.bo.says("/incident sev3 Search is slow --service search")
    assert [one.state for one in deliveries(world, "page")] == ["sent"]
