"""Owners hear at night, and on a new configuration, who on call could not be reached; once, until it changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.engine.do_not_disturb import read_do_not_disturb
from bot.services.contact import reachability
from sandbox import Sandbox
from tests.stories.world import ROOT, World, settings_for, start, words

DEMO = (ROOT / "bot" / "catalog" / "demo.yml").read_text("utf-8")


@pytest.fixture
def company(tmp_path: Path) -> Path:
    file = tmp_path / "tocsin.yml"
    file.write_text(DEMO, "utf-8")
    return file


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, company: Path) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url, config=company))
    reachability.sweep(made.app.desk)  # as the job does some seconds after the start
    yield made
    made.http.close()
    made.app.stop()


def told(world: World, channel: str) -> list[str]:
    return [text for text in map(words, world.channel(channel).messages()) if "reach" in text]


def a_day_passes(world: World) -> None:
    world.forward(minutes=24 * 60)


@pytest.mark.both_databases
def test_owners_hear_at_night_and_only_when_it_changes(world: World) -> None:
    assert told(world, "platform") == []
    a_day_passes(world)
    (message,) = told(world, "platform")
    assert "nothing but Slack reaches them" in message
    assert "What to do" in message
    a_day_passes(world)
    assert len(told(world, "platform")) == 1


def test_a_changed_configuration_is_looked_at_at_once(world: World, company: Path) -> None:
    company.write_text(DEMO.replace("people: [ana, bo, cy]}", 'people: [ana, bo, cy], from: "08:00", to: "20:00"}', 1))
    world.app.configuration.reload()
    reachability.sweep(world.app.desk)
    world.settle()
    assert "No one is on call for primary-oncall" in told(world, "platform")[-1]
    assert "tocsin oncall override --schedule primary-oncall" in told(world, "platform")[-1]


def test_whoever_sleeps_behind_do_not_disturb_is_named_with_what_to_do(world: World) -> None:
    for who in ("ana", "bo", "cy"):
        world.do("company", dnd={"user": who, "hours": "22:00-07:00"})
    read_do_not_disturb(world.app.api, world.app.desk)
    world.forward(minutes=23 * 60)  # what Slack said is good for a day
    (message,) = told(world, "platform")
    assert "behind do-not-disturb" in message
    assert "people.ana.contact" in message


def test_the_button_sends_a_test_page_to_that_person(world: World) -> None:
    a_day_passes(world)
    channel = world.channel("platform")
    message = channel.expects("Would a page reach everyone on call?")
    world.dee.clicks("reachability.test", message, "platform")
    tested = [one for one in (world.ana, world.bo, world.cy) if "nothing is wrong" in one.dms().shown()]
    assert len(tested) == 1
    tested[0].dms().expects(f"Asked for by <@{world.dee.id}>")
    tested[0].presses("page.ack", "nothing is wrong")
    tested[0].dms().expects("Your test page works")


@pytest.mark.both_databases
def test_all_is_well_is_said_once(world: World, company: Path) -> None:
    a_day_passes(world)
    mail = 'integrations: {email: {server: 127.0.0.1, from: "tocsin@acme.example", security: none}}'
    rules = "notifications: {contact: [{via: slack}, {via: email}]}"
    apart = DEMO.replace("people: [bo, cy, ana]", "people: [cy, ana, bo]")
    company.write_text(f"{apart}\n{mail}\n{rules}\n", "utf-8")
    world.app.configuration.reload()
    reachability.sweep(world.app.desk)
    world.settle()
    assert "Everyone on call is reachable again" in told(world, "platform")[-1]
    count = len(told(world, "platform"))
    a_day_passes(world)
    assert len(told(world, "platform")) == count
