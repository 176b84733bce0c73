"""Pages by every way, over the wire to stand-ins that check each field; and what other pagers are told afterwards."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox import Sandbox
from sandbox.outside.world import Outside
from tests.stories.beyond import world_beyond, write
from tests.stories.records import deliveries, facts, unsettled
from tests.stories.world import World

EVERY = "[slack, email, sms, phone, push, pagerduty, opsgenie, webhook]"
POLICY = f"""
  everywhere:
    levels: [{{to: ["person:ana"], via: {EVERY}, wait: 30m}}]
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


def test_a_page_comes_by_every_way_that_is_set_up(world: World, outside: Outside) -> None:
    declare(world)
    world.ana.expects_page("Checkout returns 5xx")
    assert outside.book.of("phone") == [], "her own rules say: after two minutes"
    world.forward(minutes=2)
    came = {one.service: one.to for one in outside.book.of()}
    assert came == {
        "email": "ana@acme.example", "sms": "+15550101", "phone": "+15550101", "push": "U01ANA", "webhook": "U01ANA",
        "pagerduty": "page:1:pagerduty", "opsgenie": "page:1:opsgenie",
    }  # fmt: skip
    assert outside.book.wrong() == []
    assert all("Checkout returns 5xx" in one.title for one in outside.book.of())
    assert unsettled(world) == []
    assert {one["via"] for one in facts(world, "PageSent")} == {"slack", *came}


def test_other_pagers_are_told_who_answered_and_that_it_is_over(world: World, outside: Outside) -> None:
    declare(world)
    world.ana.says("/incident ack 1")
    assert outside.services.alerts == {
        "pagerduty page:1:pagerduty": "acknowledge", "opsgenie page:1:opsgenie": "acknowledge"
    }  # fmt: skip
    world.ana.says("/incident resolve 1 rolled back")
    assert outside.services.alerts == {"pagerduty page:1:pagerduty": "resolve", "opsgenie page:1:opsgenie": "close"}
    assert outside.book.wrong() == []
    assert unsettled(world) == []


def test_an_incident_that_is_cancelled_calls_other_pagers_off(world: World, outside: Outside) -> None:
    declare(world)
    world.bo.says("/incident cancel 1 a false alarm")
    assert outside.services.alerts == {"pagerduty page:1:pagerduty": "resolve", "opsgenie page:1:opsgenie": "close"}


def test_who_was_not_paged_elsewhere_is_not_called_off_there(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    world.ana.says("/incident ack 1")
    assert deliveries(world, "page.withdraw") == []


def test_a_provider_that_refuses_the_key_is_named_and_the_others_go_on(world: World, outside: Outside) -> None:
    outside.fault("/v2/alerts", 403)
    declare(world)
    assert [one["reason"] for one in facts(world, "WayFailed")] == ["Opsgenie: HTTP 403: the key is not accepted"]
    world.forward(minutes=2)
    assert len(outside.book.of("email", "sms", "phone", "push", "pagerduty", "webhook")) == 6


def test_while_slack_is_away_pages_go_the_other_ways(world: World, outside: Outside) -> None:
    world.do("faults", method="chat.postMessage", kind="500", phase="before_apply", times=1000)
    world.do("faults", method="conversations.open", kind="500", phase="before_apply", times=1000)
    answer = httpx.post(
        f"{world.app.url}/api/v1/incidents",
        json={"title": "Checkout returns 5xx", "severity": "sev1", "service": "checkout"},
        headers={"Authorization": f"Bearer {world.app.token}"},
        trust_env=False,
    )
    assert answer.status_code == 201, answer.text
    assert len(outside.book.wait_for("email")) == 1
    assert len(outside.book.wait_for("sms")) == 1
    world.http.delete("faults")
