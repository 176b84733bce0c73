"""`tocsin doctor` asks each way beyond Slack that is set up, and reaches nobody by that."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.outside.world import Outside
from tests.stories.terminal import Terminal, sit_down, workspace

HEAD = "version: 1\npeople: {ana: {name: Ana, slack: U01ANA}}\n"


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def tocsin(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outside: Outside
) -> Iterator[Terminal]:
    terminal = sit_down(capsys, monkeypatch, tmp_path)
    Path("t.yml").write_text(HEAD + outside.configuration())
    monkeypatch.setenv("TOCSIN_CONFIG", "t.yml")
    for name, value in outside.environment().items():
        monkeypatch.setenv(name, value)
    with workspace(monkeypatch):
        yield terminal


def said(tocsin: Terminal, ends: int = 0) -> dict[str, tuple[str, str]]:
    """What the doctor found of each way, and the cure."""
    tocsin("doctor", "--json", ends=ends)
    return {one["name"]: (f"{one['state']}: {one['said']}", one["fix"]) for one in json.loads(tocsin.out)["checks"]}


WAYS = {"e-mail", "SMS", "the phone", "push", "PagerDuty", "Opsgenie", "the webhook", "PagerDuty mirror"}


def test_all_ways_are_set_up(tocsin: Terminal, outside: Outside) -> None:
    found = said(tocsin)
    assert {name: found[name][0] for name in WAYS if not found[name][0].startswith("ok: ")} == {}
    assert found["PagerDuty mirror"][0] == "ok: the token reads the service Checkout"
    assert {one.act for one in outside.book.of()} == {"service"}, "nobody was reached"


def test_what_is_wrong_comes_with_its_cure(tocsin: Terminal, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_OPSGENIE_KEY", "a-wrong-key")
    monkeypatch.setenv("TOCSIN_PAGERDUTY_TOKEN", "another-wrong-key")
    monkeypatch.setenv("TOCSIN_WEBHOOK_SECRET", "")
    outside.mailbox.stop()
    config = Path("t.yml").read_text().replace("json://", "jsn://")
    Path("t.yml").write_text(config)
    found = said(tocsin, ends=1)
    assert found["Opsgenie"][0] == "failed: HTTP 403: the key is not accepted"
    assert found["PagerDuty mirror"][0] == "failed: HTTP 401: the key is not accepted"
    assert found["the webhook"][1] == "set TOCSIN_WEBHOOK_SECRET, which signs its requests."
    assert found["e-mail"][0] == "failed: the connection failed (ConnectionRefusedError)"
    assert "correct integrations.sms.url" in found["SMS"][0]
    assert all(fix for _, fix in (found[name] for name in WAYS - {"PagerDuty"}))
    assert "wrong-key" not in str(found)


def test_what_nobody_set_up_is_no_failure(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch, outside: Outside) -> None:
    Path("t.yml").write_text(HEAD + "integrations: {email: {enabled: false}}\n")
    for name in outside.environment():
        monkeypatch.setenv(name, "")
    assert WAYS & set(said(tocsin)) == set()
