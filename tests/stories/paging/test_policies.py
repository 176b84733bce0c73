"""What a policy may say: groups, channels, managers, hours; who is informed; and how an edit reaches a running page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.engine import identity
from bot.services.paging import policies
from bot.services.workspace import user_groups
from sandbox import Sandbox
from tests.stories.paging.test_paging import paged
from tests.stories.records import until
from tests.stories.world import ROOT, World, settings_for, start, words

DEMO = (ROOT / "bot" / "catalog" / "demo.yml").read_text()
CRITICAL = '      - {to: ["schedule:primary-oncall"], via: [slack, phone], wait: 5m}\n'
Begin = Callable[[str], World]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "tocsin.yml"


@pytest.fixture
def begin(sandbox: Sandbox, database_url: str, config: Path) -> Iterator[Begin]:
    """Starts a bot with this configuration."""
    worlds: list[World] = []

    def started(text: str) -> World:
        config.write_text(text)
        worlds.append(start(sandbox, settings_for(sandbox, database_url, config=config)))
        worlds[-1].settle()
        return worlds[-1]

    yield started
    for world in worlds:
        world.http.close()
        world.app.stop()


def first_level(to: str) -> str:
    """The demo company, whose critical policy asks this first."""
    assert CRITICAL in DEMO
    return DEMO.replace(CRITICAL, f"      - {{to: [{to}], via: [slack], wait: 5m}}\n", 1)


def declare(world: World) -> None:
    assert world.ana.says("/incident declare sev1 Checkout returns 5xx --service checkout").ok


def the_one_on_call(world: World) -> bool:
    """Nobody is asked but whoever has this week, whichever week it is."""
    return [one.name for one in paged(world)] in (["ana"], ["bo"], ["cy"])


def test_a_user_group_stands_for_its_members(begin: Begin) -> None:
    world = begin(first_level('"usergroup:@platform-team"'))
    identity.follow_groups(world.app.api, world.app.desk)  # what the sweep does every half minute
    world.do("faults", method="usergroups.list", error="internal_error", times=50)
    declare(world)
    assert {one.name for one in paged(world)} == {"ana", "bo", "cy"}, "its members are known while Slack is away"


@pytest.mark.parametrize("event", ["subteam_members_changed", "subteam_updated"])
def test_who_comes_into_a_user_group_is_paged_for_it_from_then_on(begin: Begin, event: str) -> None:
    world = begin(first_level('"usergroup:@platform-team"'))
    identity.follow_groups(world.app.api, world.app.desk)
    app = world.sandbox.world.app
    others = {"subteam_updated", "subteam_members_changed"} - {event}  # each of them is enough
    app.manifest = replace(app.manifest, events=app.manifest.events - others)
    world.app.api.call("usergroups.users.update", usergroup="S01PLATFORM", users="U01LI,U01ANA")

    def known() -> list[str]:
        with world.app.desk.read() as session:
            return user_groups.members(session)["platform-team"]

    until(lambda: set(known()) == {"U01LI", "U01ANA"}, "the word of the new members")
    declare(world)
    assert {one.name for one in paged(world)} == {"ana", "li"}


def test_a_channel_is_paged_and_answered_by_whoever_presses(begin: Begin) -> None:
    world = begin(first_level('"channel:#platform"'))
    declare(world)
    place = world.channel("platform")
    page = place.expects("You are paged", "Checkout returns 5xx")
    assert paged(world) == []
    world.li.clicks("page.ack", page, "platform")
    place.expects("acknowledged at", world.li.id)
    assert "acknowledged after" in world.ana.says("/incident timeline INC-1").text


def test_a_manager_is_whoever_leads_those_paged_before(begin: Begin) -> None:
    second = '      - {to: ["schedule:secondary-oncall"], via: [slack, phone], wait: 5m}\n'
    world = begin(DEMO.replace(second, '      - {to: ["role:manager"], wait: 5m}\n', 1))
    declare(world)
    world.forward(minutes=5)
    world.dee.expects_page("manager of those paged before")


def closed_for_two_hours(sandbox: Sandbox) -> str:
    """Business hours that begin in two hours, whatever time of day it is in the sandbox."""
    state = httpx.get(f"{sandbox.url}/_sandbox/state", trust_env=False, verify=False).json()
    opens = datetime.fromtimestamp(float(state["now"]), UTC) + timedelta(hours=2)
    closes = opens + timedelta(hours=1)
    days = "[MO, TU, WE, TH, FR, SA, SU]"
    return f'business_hours: {{days: {days}, timezone: UTC, from: "{opens:%H:%M}", to: "{closes:%H:%M}"}}\n'


def test_what_is_not_urgent_waits_for_business_hours(begin: Begin, sandbox: Sandbox) -> None:
    world = begin(DEMO + closed_for_two_hours(sandbox))
    said = world.ana.says("/incident sev4 A typo on the imprint").text
    opens = closed_for_two_hours(sandbox).partition('from: "')[2][:5]
    assert f"Paging begins Wednesday {opens} UTC: SEV-4 waits for business hours" in said
    assert "No one could be paged" not in said
    assert paged(world) == []
    assert "Paging waits until" in world.ana.says("/incident timeline INC-1").text
    declare(world)
    assert the_one_on_call(world), "what is urgent never waits"
    world.ana.says("/incident ack INC-2")
    world.forward(minutes=121)
    assert [one.name for one in paged(world)] == ["ana"]
    world.ana.expects_page("A typo on the imprint")


def test_every_place_says_when_paging_begins_that_waits(begin: Begin, sandbox: Sandbox) -> None:
    world = begin(DEMO + closed_for_two_hours(sandbox))
    world.ana.says("/incident sev4 A typo on the imprint")
    opens = datetime.strptime(closed_for_two_hours(sandbox).partition('from: "')[2][:5], "%H:%M").replace(tzinfo=UTC)
    opens = f"{opens + timedelta(hours=1):%H:%M} CET"  # on the clock of who reads it, like every time beside it
    world.incidents.expects("*Paging begins* ", opens, "the low policy")
    world.incidents.lacks("No one could be paged")
    world.incidents.lacks("skipped: no one on call")
    for typed, told in (("why 1", "paging begins "), ("status 1", "paging waits until "), ("list", "paging begins ")):
        world.ana.says(f"/incident {typed}").says(told, opens)
    world.ana.says("/incident resolve INC-1 done")
    again = world.ana.says("/incident reopen INC-1 it is back").text
    assert "is open again. Paging begins Wednesday" in again
    assert "Paging starts over" not in again
    world.ana.says("/incident sev INC-1 sev1 it is much worse")
    assert the_one_on_call(world), "a severity that never waits does not"


def test_a_severity_that_falls_again_says_that_the_paging_goes_on(begin: Begin, sandbox: Sandbox) -> None:
    world = begin(DEMO + closed_for_two_hours(sandbox))
    world.ana.says("/incident sev4 A typo on the imprint")
    raised = world.ana.says("/incident sev INC-1 sev1 it is much worse").text
    assert "continues" not in raised
    fell = world.ana.says("/incident sev INC-1 sev4 it is not").text
    assert "Paging by the critical policy continues; to stop it: `/incident stop INC-1`" in fell
    world.ana.says("/incident stop INC-1 not tonight")
    world.ana.says("/incident sev INC-1 sev3 a bit worse")
    world.ana.says("/incident ack INC-1")
    assert "continues" not in world.ana.says("/incident sev INC-1 sev4 it is not").text


def test_outside_of_business_hours_another_policy_can_page(begin: Begin, sandbox: Sandbox) -> None:
    text = DEMO.replace("policy: critical,", "policy: critical, after_hours: night,", 1)
    text = text.replace("policies:\n", 'policies:\n  night: {levels: [{to: ["person:li"]}]}\n', 1)
    world = begin(text + closed_for_two_hours(sandbox))
    declare(world)
    assert [one.name for one in paged(world)] == ["li"]


@pytest.mark.both_databases
def test_executives_are_informed_once_and_not_paged(begin: Begin) -> None:
    executives = 'notifications: {executives: [{to: ["person:eve"], after: 15m}, {to: ["person:li"], after: 30m}]}\n'
    world = begin(DEMO + executives)
    declare(world)
    world.ana.says("/incident ack INC-1")
    world.forward(minutes=14)
    world.eve.dms().lacks("For your information")
    world.forward(minutes=1)
    world.eve.dms().expects("For your information", "nothing needed from you")
    world.ana.says("/incident sev INC-1 sev2")
    world.ana.says("/incident sev INC-1 sev1")
    world.forward(minutes=60)
    world.li.dms().expects("For your information")
    told = [one for one in world.eve.dms().messages() if "For your information only" in words(one)]
    assert len(told) == 1


@pytest.mark.both_databases
def test_a_severity_that_lasts_is_questioned_once(begin: Begin) -> None:
    world = begin(DEMO + "severities: {SEV-2: {suggest_raise: 30m}}\n")
    world.ana.says("/incident declare sev2 Checkout is slow")
    world.ana.says("/incident ack INC-1")
    world.forward(minutes=30)
    question = world.ana.dms().expects("is still SEV-2")
    world.ana.clicks("severity.raise", question, world.ana.dms().name)
    assert "SEV-1" in world.ana.says("/incident status INC-1").text
    world.ana.clicks("severity.raise", question, world.ana.dms().name)
    world.ana.dms().expects("stays SEV-1")
    world.forward(minutes=300)
    assert sum("is still SEV-" in words(one) for one in world.ana.dms().messages()) == 1


@pytest.mark.both_databases
def test_an_edit_reaches_a_running_page_only_when_asked_for(begin: Begin, config: Path) -> None:
    world = begin(DEMO)
    declare(world)
    room = world.room()
    room.lacks("The policy has changed")
    config.write_text(first_level('"person:li"'))
    world.app.configuration.sweep()
    assert the_one_on_call(world)
    world.ana.says("/incident page INC-1 <@U01EVE|eve>")
    world.eve.dms().expects("You are paged")
    world.forward(minutes=5)
    drawn = room.expects("The policy has changed since this began")
    world.bo.clicks("ladder.renew", drawn, room.name)
    assert "li" in [one.name for one in paged(world)]
    assert "its policy has changed" in world.ana.says("/incident timeline INC-1").text


def test_a_service_that_gets_another_policy_pages_by_it_at_once(begin: Begin, config: Path) -> None:
    world = begin(DEMO)
    policies.sweep(world.app.desk)  # what the sweep does every five seconds
    declare(world)
    assert the_one_on_call(world)
    text = DEMO.replace("policy: critical,", "policy: moved,", 1)
    config.write_text(text.replace("policies:\n", 'policies:\n  moved: {levels: [{to: ["person:li"]}]}\n', 1))
    world.app.configuration.sweep()
    policies.sweep(world.app.desk)
    world.settle()
    assert [one.name for one in paged(world)] == ["li"]
    assert "checkout has another policy now" in world.ana.says("/incident timeline INC-1").text
