"""The twin of an incident at PagerDuty, from the declaration to the end, over the wire on both sides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.outside.arrival import Json
from sandbox.outside.world import Outside
from tests.stories.beyond import world_beyond, write
from tests.stories.records import deliveries, facts, unsettled
from tests.stories.world import World


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, outside: Outside, tmp_path: Path) -> Iterator[World]:
    config = tmp_path / "tocsin.yml"
    write(config, outside.configuration().replace("pagerduty: {", "pagerduty: {mirror: true, "))
    with world_beyond(sandbox, database_url, outside, config) as made:
        yield made


def twins(outside: Outside) -> list[Json]:
    return [{name: one[name] for name in ("id", "title", "status", "urgency")} for one in outside.services.incidents]


@pytest.mark.both_databases
def test_it_is_made_kept_and_resolved_with_a_note(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    title = "SEV-1 INC-1 Checkout returns 5xx"
    assert twins(outside) == [{"id": "PT00001", "title": title, "status": "triggered", "urgency": "high"}]
    (opened,) = facts(world, "incidents.mirror_opened")
    assert opened == {"id": "PT00001", "url": "https://acme.pagerduty.example/incidents/PT00001"}
    world.ana.says("/incident ack 1")
    world.ana.says("/incident resolve INC-1 rolled back")
    assert outside.services.incidents[0]["status"] == "resolved"
    assert outside.services.incidents[0]["notes"] == ["Resolution: rolled back"]
    assert "PagerDuty has it as PT00001" in world.ana.says("/incident timeline 1").text
    assert outside.book.wrong() == []
    assert unsettled(world) == []


def test_reopening_makes_another_and_cancelling_ends_it(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev2 Checkout is slow --service checkout")
    world.ana.says("/incident resolve INC-1 restarted")
    world.forward(minutes=1)
    world.ana.says("/incident reopen INC-1 it is back")
    assert [one["status"] for one in twins(outside)] == ["resolved", "triggered"]
    world.ana.says("/incident cancel INC-1 a false alarm")
    assert [one["status"] for one in twins(outside)] == ["resolved", "resolved"]


def test_one_that_becomes_worse_gets_its_twin_then_and_only_one(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    assert twins(outside) == []
    world.ana.says("/incident severity 1 sev2")
    world.ana.says("/incident severity 1 sev1")
    assert [one["title"] for one in twins(outside)] == ["SEV-2 INC-1 Search is slow"]


@pytest.mark.parametrize("words", ["sev1 Keys are public --private", "sev1 Practice --drill", "sev3 A typo"])
def test_what_is_nobodys_business_there(world: World, outside: Outside, words: str) -> None:
    world.ana.says(f"/incident {words}")
    assert len(facts(world, "incidents.declared")) == 1
    assert [one for one in outside.book.of("pagerduty_rest")] == []
    assert facts(world, "incidents.mirror_wanted") == []


@pytest.mark.both_databases
def test_a_lost_answer_makes_no_second_twin(world: World, outside: Outside) -> None:
    outside.fault("/incidents", 0, after=True)
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    world.settle()
    _until_sent(world, "mirror.open")
    assert len(outside.services.incidents) == 1
    assert [one["id"] for one in facts(world, "incidents.mirror_opened")] == ["PT00001"]


def test_a_refusal_is_said_and_stops_nothing(world: World, outside: Outside) -> None:
    outside.fault("/incidents", 401)
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    assert facts(world, "incidents.mirror_failed") == [{"reason": "PagerDuty: HTTP 401: the key is not accepted"}]
    assert "Not kept in step with PagerDuty" in world.ana.says("/incident timeline 1").text
    world.ana.expects_page("Checkout returns 5xx")


@pytest.mark.both_databases
def test_one_that_was_over_before_its_twin_was_there(world: World, outside: Outside) -> None:
    outside.fault("/incidents", 503)
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    world.ana.says("/incident resolve INC-1 rolled back")
    _until_sent(world, "mirror.open")
    assert {one["status"] for one in twins(outside)} <= {"resolved"}
    assert unsettled(world) == []


def _until_sent(world: World, kind: str) -> None:
    for _ in range(20):
        world.settle()
        if all(one.state == "sent" for one in deliveries(world, kind)) and not unsettled(world):
            return
        world.forward(seconds=1)
    raise AssertionError(f"{kind} was not sent: {unsettled(world)}")
