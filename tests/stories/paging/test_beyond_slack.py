"""Pages by every way, over the wire to stand-ins that check each field; and what other pagers are told afterwards."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.domain.paging import method_effects
from sandbox import Sandbox
from sandbox.outside.world import Outside
from storage.models import Incident
from tests.stories.beyond import world_beyond, write
from tests.stories.records import deliveries, facts, unsettled
from tests.stories.world import World

EVERY = "[slack, email, sms, phone, push, pagerduty, opsgenie, webhook]"
POLICY = f"""
  everywhere:
    levels: [{{to: ["person:ana"], via: {EVERY}, wait: 30m}}, {{to: ["person:ana"], via: {EVERY}, wait: 30m}}]
"""


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, outside: Outside, tmp_path: Path) -> Iterator[World]:
    config = tmp_path / "tocsin.yml"
    write(config, outside.configuration())
    text = config.read_text("utf-8").replace("\npolicies:\n", f"\npolicies:{POLICY}")
    config.write_text(text.replace("policy: critical", "policy: everywhere"), "utf-8")
    with world_beyond(sandbox, database_url, outside, config) as made:
        yield made


def declare(world: World, severity: str = "sev1") -> None:
    world.bo.says(f"/incident {severity} Checkout returns 5xx --service checkout")


def alert(world: World, number: int = 1) -> str:
    """What other pagers know Ana's part of an incident by."""
    with world.app.desk.read() as session:
        return method_effects.pager_alias(session.get_one(Incident, number), world.ana.id)


def ends(world: World, pagerduty: str, opsgenie: str) -> dict[str, str]:
    """What was said last of the one alert that there is at each pager."""
    return {f"pagerduty {alert(world)}": pagerduty, f"opsgenie {alert(world)}": opsgenie}


def test_a_page_comes_by_every_way_that_is_set_up(world: World, outside: Outside) -> None:
    declare(world)
    world.ana.expects_page("Checkout returns 5xx")
    assert outside.book.of("phone") == [], "her own rules say: after two minutes"
    world.forward(minutes=2)
    came = {one.service: one.to for one in outside.book.of()}
    assert came == {
        "email": "ana@acme.example", "sms": "+15550101", "phone": "+15550101", "push": "U01ANA", "webhook": "U01ANA",
        "pagerduty": alert(world), "opsgenie": alert(world),
    }  # fmt: skip
    assert outside.book.wrong() == []
    assert all("Checkout returns 5xx" in one.title for one in outside.book.of())
    assert unsettled(world) == []
    assert {one["via"] for one in facts(world, "paging.page_sent")} == {"slack", *came}


def test_other_pagers_are_told_who_answered_and_that_it_is_over(world: World, outside: Outside) -> None:
    declare(world)
    world.ana.says("/incident ack 1")
    assert outside.services.alerts == ends(world, "acknowledge", "acknowledge")
    world.ana.says("/incident resolve INC-1 rolled back")
    assert outside.services.alerts == ends(world, "resolve", "close")
    assert outside.book.wrong() == []
    assert unsettled(world) == []


def test_an_incident_that_is_cancelled_calls_other_pagers_off(world: World, outside: Outside) -> None:
    declare(world)
    world.bo.says("/incident cancel INC-1 a false alarm")
    assert outside.services.alerts == ends(world, "resolve", "close")


@pytest.mark.both_databases
def test_one_alert_for_an_incident_and_a_person_however_often_they_are_asked(world: World, outside: Outside) -> None:
    declare(world)
    world.ana.says("/incident ack 1")
    world.bo.says("/incident escalate 1")
    world.ana.says("/incident ack 1")
    world.ana.says("/incident resolve INC-1 rolled back")
    heard = [(one.act, one.to) for one in outside.book.of("pagerduty")]
    # what was acknowledged there would ring nobody if it were only triggered again
    wanted = ("trigger", "acknowledge", "resolve", "trigger", "acknowledge", "resolve")
    assert heard[:6] == [(act, alert(world)) for act in wanted]
    assert set(heard[6:]) <= {("resolve", alert(world))}, "each page is called off; saying it twice changes nothing"
    assert outside.services.alerts == ends(world, "resolve", "close")
    assert outside.book.wrong() == []


def test_who_is_asked_again_is_not_called_off_meanwhile(world: World, outside: Outside) -> None:
    declare(world)
    world.forward(minutes=30)
    heard = [one.act for one in outside.book.of("pagerduty") if one.to == alert(world)]
    assert set(heard) == {"trigger"}, heard
    assert len(heard) > 1
    world.ana.says("/incident ack 1")
    assert set(outside.services.alerts.values()) == {"acknowledge"}
    world.ana.says("/incident resolve INC-1 rolled back")
    assert set(outside.services.alerts.values()) == {"resolve", "close"}
    assert unsettled(world) == []


def test_who_was_not_paged_elsewhere_is_not_called_off_there(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    world.ana.says("/incident ack 1")
    assert deliveries(world, "page.withdraw") == []


def test_a_provider_that_refuses_the_key_is_named_and_the_others_go_on(world: World, outside: Outside) -> None:
    outside.fault("/v2/alerts", 403)
    declare(world)
    assert [one["reason"] for one in facts(world, "paging.method_failed")] == [
        "Opsgenie: HTTP 403: the key is not accepted"
    ]
    world.forward(minutes=2)
    assert len(outside.book.of("email", "sms", "phone", "push", "pagerduty", "webhook")) == 6


@pytest.mark.both_databases
def test_while_slack_is_away_pages_go_the_other_ways(world: World, outside: Outside) -> None:
    world.do("faults", method="chat.postMessage", kind="500", phase="before_apply", times=1000)
    world.do("faults", method="conversations.open", kind="500", phase="before_apply", times=1000)
    answer = httpx.post(
        f"{world.app.url}/api/v1/incidents",
        json={"title": "Checkout returns 5xx", "severity": "sev1", "service": "checkout"},
        headers={"Authorization": f"Bearer {world.app.token}"},
        trust_env=False,
        verify=False,
    )
    assert answer.status_code == 201, answer.text
    assert len(outside.book.wait_for("email")) == 1
    assert len(outside.book.wait_for("sms")) == 1
    world.http.delete("faults")
