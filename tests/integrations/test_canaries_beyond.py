"""Secrets of the ways beyond Slack: every provider repeats what it was sent in its refusal, and none comes out."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from sandbox import Sandbox
from sandbox.outside.services import Keys
from sandbox.outside.world import Outside
from tests.integrations.test_canaries import CANARIES, answers, leaks, stored
from tests.stories.beyond import world_beyond, write
from tests.stories.records import attempts, facts
from tests.stories.world import PATIENT, ROOT, World

KEYS = Keys(
    pagerduty_key=CANARIES["TOCSIN_PAGERDUTY_ROUTING_KEY"],
    pagerduty_token=CANARIES["TOCSIN_PAGERDUTY_TOKEN"],
    opsgenie_key=CANARIES["TOCSIN_OPSGENIE_KEY"],
    webhook_secret=CANARIES["TOCSIN_WEBHOOK_SECRET"],
    tickets_token=CANARIES["TOCSIN_TICKETS_TOKEN"],
)
ADDRESS = "canary-address/5+a=word"
"""What `${SMS_TOKEN}` stands for."""
POLICY = """
  everywhere:
    levels: [{to: ["person:ana"], via: [slack, email, sms, pagerduty, opsgenie, webhook], wait: 30m}]
"""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the configured log would show; the secret of the address is told to it only when it is read."""
    root, stream = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(logs.Redaction(CANARIES.values()))
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside(keys=KEYS) as running:
        yield running


@pytest.fixture
def world(
    database_url: str, outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> Iterator[World]:
    monkeypatch.setenv("SMS_TOKEN", ADDRESS)
    config = tmp_path / "tocsin.yml"
    place = outside.url.removeprefix("http://")
    section = outside.configuration().replace("pagerduty: {", "pagerduty: {mirror: true, ")
    section = section.replace("security: none", "security: none, username: tocsin")
    section = section.replace(f"json://{place}/apprise/sms", f"json://tocsin:${{SMS_TOKEN}}@{place}/apprise/sms")
    write(config, section + outside.tickets("jira"))
    text = config.read_text("utf-8").replace("\npolicies:\n", f"\npolicies:{POLICY}")
    config.write_text(text.replace("policy: critical", "policy: everywhere"), "utf-8")
    known = {**outside.environment(), "TOCSIN_SMTP_PASSWORD": CANARIES["TOCSIN_SMTP_PASSWORD"]}
    with (
        Sandbox(manifest=ROOT / "manifest.yml", patience=PATIENT) as sandbox,
        world_beyond(sandbox, database_url, outside, config, known) as made,
    ):
        yield made


def test_no_secret_comes_out_anywhere(world: World, outside: Outside, log: io.StringIO, database_url: str) -> None:
    for path in ("/v2/enqueue", "/v2/alerts", "/hook", "/apprise/sms", "/incidents", "/rest/api/2"):
        outside.fault(path, 400, echo=True, times=50)
    world.bo.says("/incident sev1 Checkout returns 5xx --service checkout")
    world.bo.says("/incident ticket INC-1 Checkout")
    world.bo.says("/incident resolve INC-1 rolled back")
    outcomes = {one.reason for one in attempts(world) if one.outcome not in ("sent", "ambiguous")}
    assert any("authorization" in reason.lower() for reason in outcomes), "the refusals repeat what was sent"
    assert any("routing_key" in reason for reason in outcomes)
    assert facts(world, "incidents.mirror_failed")
    assert facts(world, "tickets.refused")
    seen = {
        "the log": log.getvalue(),
        "the database": stored(database_url),
        "the settings": repr(world.app.settings) + repr(world.app.switchboard.__dict__),
        "Slack's calls": str(world.calls()),
        **dict(answers(world)),
    }
    assert {where: found for where, text in seen.items() if (found := leaks(text))} == {}
    assert [where for where, text in seen.items() if ADDRESS in text] == []
