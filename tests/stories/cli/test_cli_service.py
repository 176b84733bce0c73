"""The commands that run and examine an installation: doctor, run, demo."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.cli import installation
from bot.cli.doctor import live_templates
from bot.cli.slack_web_api import Workspace
from sandbox import Sandbox
from storage.db import Database
from storage.models import Setting
from tests.sources import files
from tests.stories.records import until
from tests.stories.terminal import ROOT, Terminal, workspace

WITH_A_GROUP = """
version: 1
incidents_channel: '#incidents'
people: {ana: {name: Ana, slack: U01ANA}}
policies: {critical: {levels: [{to: ["usergroup:@platform", "person:ana"]}]}}
"""


@pytest.fixture
def slack(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    with workspace(monkeypatch) as sandbox:
        yield sandbox


# doctor, run


def checks(document: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["state"] for one in document["checks"]}


def test_the_doctor_finds_a_healthy_installation(tocsin: Terminal, slack: Sandbox) -> None:
    tocsin("migrate")
    found = tocsin.json("doctor")
    assert found["ok"] is True
    well = ("configuration", "bot token", "scopes", "clock", "incidents channel", "app token", "database")
    assert checks(found) == dict.fromkeys(well, "ok") | {"on call": "warning"}  # the company has people for Slack alone
    said = tocsin("doctor")
    assert "It works, with 1 warning." in said
    told = re.search(r"(\d+) things? could keep", said)
    assert told, said
    assert said.count("-> ") == int(told[1]), "all of them, and there is no other advice"


def test_the_doctor_names_what_is_wrong_with_its_cure(
    tocsin: Terminal, slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("t.yml").write_text("version: 1\nincidents_channel: '#nowhere'\npeople:\n  ana: {name: Ana}\n")
    monkeypatch.setenv("TOCSIN_CONFIG", "t.yml")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-wrong")
    tocsin("doctor", "--json", ends=1)
    found = json.loads(tocsin.out)
    assert {name for name, state in checks(found).items() if state == "failed"} == {"incidents channel", "app token"}
    assert all(one["fix"] for one in found["checks"] if one["state"] != "ok")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    assert "✗ bot token            Slack says: invalid_auth" in tocsin("doctor", ends=1)


def test_a_configuration_without_people_is_no_installation(
    tocsin: Terminal, slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("empty.yml").write_text("version: 1\n")
    monkeypatch.setenv("TOCSIN_CONFIG", "empty.yml")
    assert "✗ configuration        no people are named, so no one can be paged" in tocsin("doctor", ends=1)
    assert "note: no people are named, so no one can be paged" in tocsin("check")


def test_the_doctor_asks_for_a_reinstallation_when_a_scope_is_missing(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with workspace(monkeypatch, granted_without("im:write", tmp_path)):
        shown = tocsin("doctor", ends=1)
    assert "missing: im:write" in shown
    assert "Reinstall" in shown


def granted_without(scope: str, folder: Path) -> Path:
    """A manifest of ours as an admin let it be installed, or as it once was."""
    old = folder / "old.yml"
    old.write_text((ROOT / "manifest.yml").read_text().replace(f"      - {scope}\n", ""))
    return old


def test_an_optional_scope_that_was_left_out_is_a_choice(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tocsin("migrate")
    with workspace(monkeypatch, granted_without("pins:write", tmp_path)):
        with installation.database(exclusive=True) as database, database.write() as session:
            session.add(Setting(key="lost:pins.add", value="missing_scope (pins:write)"))
        shown = tocsin("doctor")
    assert "✓ optional scope       pins:write was left out: the card isn't pinned" in shown
    assert "lost capability" not in shown


def test_an_optional_scope_that_the_configuration_needs_is_none(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("t.yml").write_text(WITH_A_GROUP)
    with workspace(monkeypatch, granted_without("usergroups:read", tmp_path)):
        monkeypatch.setenv("TOCSIN_CONFIG", "t.yml")
        shown = tocsin("doctor", ends=1)
    assert "✗ optional scope       usergroups:read was left out, but tocsin.yml names the user group @platform" in shown


def test_the_doctor_asks_the_running_bot(tocsin: Terminal, slack: Sandbox, running: Database) -> None:
    assert checks(tocsin.json("doctor"))["running bot"] == "ok"
    assert "add --to @ana" in tocsin.refuses("doctor", "--live", ends=2)


def test_a_live_test_needs_a_running_bot(tocsin: Terminal, slack: Sandbox) -> None:
    shown = tocsin("doctor", "--live", "--to", "ana", ends=1)
    assert "the bot is not running" in shown
    assert f"✓ templates            Slack takes all {len(files('templates/slack', '*/*.md'))}" in shown


def test_a_live_test_names_the_templates_that_slack_refuses(slack: Sandbox) -> None:
    client = Workspace(slack.api_url, slack.bot_token)
    good, bad = [{"type": "divider"}], [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    many = [(f"good{n}", good * 30) for n in range(5)]
    found = live_templates.judged(client, [*many, ("long", good + bad), ("odd", [{"type": "wat"}, *bad]), *many])
    assert found.state == "failed"
    assert re.findall(r"(\w+) \(", found.said) == ["long", "odd"]
    assert live_templates.judged(client, many).said == "Slack takes all 5"
    fault = {"method": "blocks.validate", "kind": "ok_false:unknown_method"}
    assert httpx.post(f"{slack.url}/_sandbox/faults", json=fault, trust_env=False).status_code == 200
    assert live_templates.judged(client, many).state == "warning"
    client.close()


def test_run_says_what_is_missing(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SLACK_BOT_TOKEN is not set" in tocsin.refuses("run")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-2-3")
    assert "neither SLACK_APP_TOKEN" in tocsin.refuses("run")


def test_run_refuses_a_second_process(tocsin: Terminal, slack: Sandbox, running: Database) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert "SQLite serves one process" in tocsin.refuses("run")
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before  # a child of ours would inherit the difference


# demo


IN_A_SCRIPT = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]  # what a script starts with & does not hear Ctrl-C
HEARING = [  # a run of the tests that was itself started with & passes its deafness on
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(2, signal.default_int_handler); os.execv(sys.argv[1], sys.argv[1:])",
]
DEAF = [
    sys.executable,
    "-c",
    "import os, signal, sys; signal.pthread_sigmask(0, {2, 15}); os.execv(sys.argv[1], sys.argv[1:])",
]


def demo(*words: str, by: Sequence[str] = ()) -> subprocess.Popen[str]:
    env = {**os.environ, "DATABASE_URL": "sqlite:////no/such/place.db", "SLACK_BOT_TOKEN": "xoxb-1-real"}
    command = [*by, sys.executable, "-m", "bot", "demo", *words]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


DEMO_LINES = [
    "/incident declare sev1",
    "no answer for five minutes",
    "presses [Acknowledge]",
    "war room: #incident-",
    "# Postmortem INC-1: Checkout returns 5xx",
    "Rolled back checkout 4812",
]


@pytest.mark.long
def test_the_demo_plays_an_incident_and_hands_over_its_postmortem() -> None:
    process = demo("--exit")
    out, err = process.communicate(timeout=600)
    assert (process.returncode, err) == (0, "")
    assert out.splitlines()[0].startswith("Starting")
    for piece in DEMO_LINES:
        assert piece in out


@pytest.mark.parametrize(
    ("number", "by"),
    [(signal.SIGINT, HEARING), (signal.SIGTERM, []), (signal.SIGTERM, IN_A_SCRIPT), (signal.SIGTERM, DEAF)],
)
def test_the_demo_stops_both_processes(number: signal.Signals, by: list[str]) -> None:
    process = demo("--no-tour", "--json", "--speed", "60", by=by)
    assert process.stdout
    address = json.loads(process.stdout.readline())
    assert set(address) == {"url", "api_url", "bot_token", "app_token", "signing_secret", "bot_url"}
    state = httpx.get(f"{address['url']}/_sandbox/state", trust_env=False, verify=False).json()
    assert state["connections"] >= 1
    assert httpx.get(f"{address['bot_url']}/livez", trust_env=False, verify=False).status_code == 200
    process.send_signal(number)
    out, err = process.communicate(timeout=600)
    assert (process.returncode, out, err) == (0, "", "")
    for url in (address["url"], address["bot_url"]):
        with pytest.raises(httpx.ConnectError):
            httpx.get(url, trust_env=False, verify=False)


def test_what_leaves_the_demo_by_mail_is_in_the_outbox_and_its_link_works() -> None:
    process = demo("--no-tour", "--json")
    assert process.stdout
    address = json.loads(process.stdout.readline())
    with httpx.Client(base_url=f"{address['url']}/_sandbox/", trust_env=False, verify=False, timeout=60) as http:
        declare = {"user": "dee", "channel": "general", "text": "/incident declare sev1 Checkout is down"}
        assert http.post("command", json=declare).json()["ok"]
        until(lambda: [one for one in http.get("outbox").json() if one["service"] == "email"], "the mail")
        mail = next(one for one in http.get("outbox").json() if one["service"] == "email")
    assert mail["wrong"] == []
    link = next(one for one in mail["links"] if one.startswith(f"{address['bot_url']}/ack/"))
    page = httpx.get(link, trust_env=False, verify=False)
    assert (page.status_code, "Checkout is down" in page.text) == (200, True)
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=600)[1] == ""


def test_the_demo_does_not_promise_what_it_leaves_out(tocsin: Terminal) -> None:
    assert "use one of them" in tocsin.refuses("demo", "--exit", "--no-tour", ends=2)


def test_a_port_that_is_taken_is_named(tocsin: Terminal, slack: Sandbox) -> None:
    port = slack.url.rpartition(":")[2]
    tocsin("sandbox", "--port", port, ends=1)
    assert tocsin.err == f"sandbox: port {port} is taken; name another, or none for a free one.\n"
