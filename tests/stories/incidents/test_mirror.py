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


@pytest.mark.parametrize("words", ["sev1 Keys are public --private", "sev1 Practice --drill", "sev3 A typo on a page"])
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


@pytest.mark.both_databases
def test_notes_updates_and_severities_are_told_as_they_happen(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev2 Checkout is slow --service checkout")
    world.ana.says("/incident note INC-1 the deploy of 10:00 is suspected")
    world.bo.says("/incident update INC-1 rolling back")
    world.ana.says("/incident sev 1 sev1 nobody can pay")
    (twin,) = outside.services.incidents
    assert twin["notes"][0] == "Ana Ruiz: the deploy of 10:00 is suspected"
    assert twin["notes"][1].startswith("Update by Bo Lindqvist")
    assert twin["notes"][1].endswith("rolling back")
    assert twin["notes"][2:] == ["SEV-2 is SEV-1 now: nobody can pay"]
    assert twin["urgency"] == "high"
    assert outside.book.wrong() == []


def test_a_captured_message_is_told_with_names(world: World, outside: Outside) -> None:
    world.do("company", add_user={"name": "zoe", "real_name": "Zoë Sanz"})
    world.ana.says("/incident sev1 Checkout is down --service checkout")
    room = world.room()
    card = room.expects("*Now:*")
    world.do("company", join={"channel": room.name, "user": "zoe"})
    world.settle()
    world.do("reaction", user="zoe", channel=room.name, ts=card["ts"], name="pushpin")
    world.settle()
    (note,) = outside.services.incidents[0]["notes"]
    assert "tocsin: SEV-1" in note
    assert "U0" not in note
    assert "{person:" not in note


def test_what_was_noted_before_the_twin_stood_is_told_behind_it(world: World, outside: Outside) -> None:
    outside.fault("/incidents", 503)
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    world.ana.says("/incident note INC-1 seen from Madrid")
    _until_sent(world, "mirror.note")
    assert outside.services.incidents[0]["notes"] == ["Ana Ruiz: seen from Madrid"]


def test_low_urgency_where_it_is_wanted_and_it_rises_with_the_severity(
    world: World, outside: Outside, tmp_path: Path
) -> None:
    every = "pagerduty: {mirror: true, mirror_severities: [SEV-1, SEV-2, SEV-3, SEV-4], "
    write(tmp_path / "tocsin.yml", outside.configuration().replace("pagerduty: {", every))
    world.app.configuration.reload()
    world.ana.says("/incident sev3 Search is slow --service search")
    assert [one["urgency"] for one in twins(outside)] == ["low"]
    world.ana.says("/incident sev 1 sev2 it spreads")
    assert [one["urgency"] for one in twins(outside)] == ["high"]
    world.ana.says("/incident sev 1 sev4 it was nothing")
    assert [one["urgency"] for one in twins(outside)] == ["low"]
    assert outside.book.wrong() == []


def test_a_note_on_what_has_no_twin_goes_nowhere(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    world.ana.says("/incident sev1 Practice --drill")
    world.ana.says("/incident sev1 Keys are public --private")
    for number in (1, 2, 3):
        world.ana.says(f"/incident note INC-{number} a secret")
    assert outside.book.of("pagerduty_rest") == []
    assert deliveries(world, "mirror.note") == []
