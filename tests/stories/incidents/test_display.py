"""An installation that calls things otherwise: its own references and severities in every word, command and export."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.stories.terminal import sit_down
from tests.stories.world import ROOT, Json, World, settings_for, start, words

OURS = re.compile(r"(?<![A-Za-z])INC-\d|SEV-?\d|\bsev\d")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    written = tmp_path / "ours.yml"
    demo = (ROOT / "bot" / "catalog" / "demo.yml").read_text()
    shown = 'display: {time_zone: Europe/Madrid, id_prefix: "INCIDENT-", severity_scheme: p}'
    written.write_text(re.sub(r"(?m)^display:.*$", shown, demo))
    return written


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, config: Path) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url, config=config))
    yield made
    made.http.close()
    made.app.stop()


def everything(world: World) -> str:
    """Every word the bot has said in any channel, and what stands above them."""
    channels: list[Json] = world.look("state")["channels"]
    said = [words(one) for channel in channels for one in world.channel(channel["id"]).messages()]
    return "\n".join([*said, *(channel["topic"] for channel in channels), *canvases(world)])


def canvases(world: World) -> list[str]:
    return [str(one["markdown"]) for one in world.look("state")["canvases"]]


def test_no_message_falls_back_to_the_usual_names(world: World) -> None:
    world.ana.says("/incident p0 Checkout returns 5xx --service checkout").says("INCIDENT-1", "P0")
    room = world.room().name
    for typed in (
        "ack", "sev p1 cards only", "sev P0 everything again", "note restarted the gateway", "update cards work again",
        "timeline", "help", "status INCIDENT-1", "page @bo", "resolve gave the gateway more memory",
        "reopen it came back", "timeline INC-1",
    ):  # fmt: skip
        answered = world.ana.says(f"/incident {typed}", channel=room)
        assert answered.ok
        assert not OURS.search(answered.text), f"{typed}: {answered.text}"
    assert canvases(world)
    assert not OURS.search(everything(world)), OURS.findall(everything(world))


def test_the_timeline_says_severities_as_everybody_does(world: World) -> None:
    world.ana.says("/incident p1 Search is slow --service search")
    world.ana.says("/incident sev INCIDENT-1 p0 nobody finds anything")
    shown = world.ana.says("/incident timeline").text
    assert "Declared P1 on search: Search is slow" in shown
    assert "Severity P1 → P0: nobody finds anything" in shown
    assert "severity raised to P0" in shown


def test_the_help_uses_the_references_and_severities_of_this_place(world: World) -> None:
    world.ana.says("/incident help").says("ack [INCIDENT-42]", "sev [INCIDENT-42] [p0..p3]", "write INCIDENT-42 or 42")


def test_the_command_line_and_its_exports_too(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    config: Path,
    database_url: str,
) -> None:
    tocsin = sit_down(capsys, monkeypatch, tmp_path)
    monkeypatch.setenv("TOCSIN_CONFIG", str(config))
    monkeypatch.setenv("DATABASE_URL", database_url)
    tocsin("incident", "declare", "Search", "is", "slow", "--severity", "p1", "--service", "search")
    exported = json.loads(tocsin("export", "INCIDENT-1"))
    assert (exported["reference"], exported["severity"]) == ("INCIDENT-1", "P1")
    assert "Declared P1 on search" in json.dumps(exported["timeline"])
    for words_typed in (("incident", "list"), ("incident", "timeline", "1"), ("postmortem", "INCIDENT-1")):
        printed = tocsin(*words_typed)
        assert "P1" in printed
        assert not OURS.search(printed), printed
