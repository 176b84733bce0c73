"""The command line: its shape, and the commands that only read files."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import RUN
from bot.catalog import load
from bot.cli import arguments, manifest
from bot.cli.arguments import Command
from sandbox import Sandbox
from tests.stories.terminal import DEMO, ROOT, Terminal, workspace


@pytest.fixture
def slack(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    with workspace(monkeypatch) as sandbox:
        yield sandbox


# the shape


def every(commands: tuple[Command, ...], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    for one in commands:
        yield (*before, one.name), one
        yield from every(one.verbs, (*before, one.name))


@pytest.mark.parametrize(("words", "command"), list(every(arguments.COMMANDS)), ids=lambda value: str(value)[:30])
def test_every_command_has_help_with_an_example_that_works(
    tocsin: Terminal, words: tuple[str, ...], command: Command
) -> None:
    shown = tocsin(*words, "--help")
    assert "example:" in shown
    assert command.example in shown
    example = [word for word in shlex.split(command.example) if "=" not in word]
    assert example[0] == "tocsin"
    assert arguments.parser(arguments.COMMANDS).parse_args(example[1:]).command == words[0]


def test_every_command_runs_something() -> None:
    assert {one.name for one in arguments.COMMANDS} == set(RUN)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["check", "--json"],
        ["check", "--effective"],
        ["oncall", "who", "--json"],
        ["oncall", "shifts", "--schedule", "ic-oncall"],
        ["oncall", "gaps"],
        ["manifest"],
    ],
)
def test_quick_commands_load_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom bot.__main__ import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'slack_bolt', 'slack_sdk', 'sqlalchemy', 'sqlmodel', 'matplotlib', 'fastapi', 'httpx'}\n"
        "sys.exit(' '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    env = {**os.environ, "TOCSIN_CONFIG": str(DEMO)}
    ran = subprocess.run([sys.executable, "-c", code, *words], env=env, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout


@pytest.mark.parametrize("words", [[], ["lunch"], ["oncall"], ["incident", "lunch"], ["check", "--lunch"]])
def test_a_wrong_use_ends_with_2(tocsin: Terminal, words: list[str]) -> None:
    assert "usage: tocsin" in tocsin.refuses(*words, ends=2)


# check


def test_check_counts_what_is_there(tocsin: Terminal) -> None:
    assert "is valid: 6 people, 2 teams, 3 services, 3 schedules" in tocsin("check")
    assert tocsin.json("check")["ok"] is True
    Path("one.yml").write_text("version: 1\npeople: {ana: {}}\nteams: {web: {members: [ana]}}\n")
    assert "is valid: 1 person, 1 team, 0 services, 0 schedules" in tocsin("check", "one.yml")


def test_check_tells_every_mistake_with_its_place(tocsin: Terminal) -> None:
    Path("bad.yml").write_text("version: 1\npeople:\n  ana: {nmae: Ana}\nteams:\n  web: {members: [bo]}\n")
    lines = tocsin.refuses("check", "bad.yml").splitlines()
    assert lines[0].startswith("bad.yml:3:9: ")
    assert any(line.startswith("bad.yml:5:") and '"bo"' in line for line in lines)
    tocsin("check", "bad.yml", "--json", ends=1)
    report = json.loads(tocsin.out)
    assert report["ok"] is False
    assert {"file", "line", "column", "message"} == set(report["problems"][0])


def test_check_names_the_origin_of_every_value(tocsin: Terminal) -> None:
    lines = {line.split()[0]: line for line in tocsin("check", "--effective").splitlines()}
    assert lines["incidents_channel"].split()[1:] == ["#incidents", "demo.yml:3"]
    assert "defaults.yml:" in lines["display.severity_scheme"]


def test_a_file_that_was_named_must_exist(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nothing.yml does not exist" in tocsin.refuses("check", "nothing.yml")
    monkeypatch.delenv("TOCSIN_CONFIG")
    assert "the shipped defaults hold" in tocsin("check")


# on call


def test_who_is_on_call_in_the_shape_of_the_contract(tocsin: Terminal) -> None:
    answer = tocsin.json("oncall", "who", "--schedule", "primary-oncall", "--at", "2026-11-04T12:00")
    expected = {
        "schedule": "primary-oncall",
        "at": "2026-11-04T12:00:00+01:00",
        "people": ["bo"],
        "until": "2026-11-09T09:00:00+01:00",
    }
    assert {key: answer[key] for key in expected} == expected
    assert [one["schedule"] for one in tocsin.json("oncall", "who")] == [
        "primary-oncall",
        "secondary-oncall",
        "ic-oncall",
    ]
    assert "Bo Lindqvist (bo)  until Mon 09 Nov 2026 09:00 CET" in tocsin(
        "oncall", "who", "--schedule", "primary-oncall", "--at", "2026-11-04T12:00"
    )


def test_shifts_are_clipped_to_the_window(tocsin: Terminal) -> None:
    window = ["--from", "2026-11-04T00:00", "--to", "2026-11-10T00:00+01:00"]
    assert tocsin.json("oncall", "shifts", "--schedule", "primary-oncall", *window) == [
        {"start": "2026-11-04T00:00:00+01:00", "end": "2026-11-09T09:00:00+01:00", "people": ["bo"],
         "layer": "primary", "override": False},
        {"start": "2026-11-09T09:00:00+01:00", "end": "2026-11-10T00:00:00+01:00", "people": ["cy"],
         "layer": "primary", "override": False},
    ]  # fmt: skip


def test_gaps_are_listed(tocsin: Terminal) -> None:
    window = ["--schedule", "primary-oncall", "--from", "2026-01-01", "--to", "2026-01-10"]
    assert tocsin.json("oncall", "gaps", *window) == [
        {
            "schedule": "primary-oncall",
            "start": "2026-01-01T00:00:00+01:00",
            "end": "2026-01-05T09:00:00+01:00",
        }
    ]
    assert "No gaps" in tocsin("oncall", "gaps", "--from", "2026-02-01")


def test_preview_walks_the_ladder_over_a_hand_off(tocsin: Terminal) -> None:
    words = ["oncall", "preview", "--policy", "critical", "--at", "2026-11-09T08:57"]
    levels = tocsin.json(*words)["levels"]
    assert [(one["after"], [who["person"] for who in one["people"]]) for one in levels] == [
        ("0m", ["bo"]),
        ("5m", ["ana"]),  # the secondary of the new week, which begins at 09:00
        ("10m", ["ana", "bo", "cy", "dee"]),
        ("15m", ["eve"]),
    ]
    assert "level 2  +5m" in tocsin(*words)


ONCALL_MISTAKES = [
    (["who", "--schedule", "primry-oncall"], 1, 'did you mean "primary-oncall"?'),
    (["who", "--at", "lunch"], 2, "is not a time"),
    (["shifts", "--schedule", "ic-oncall", "--from", "2026-02-01", "--to", "2026-01-01"], 2, "ends before it begins"),
    (["preview", "--policy", "critcal"], 1, 'did you mean "critical"?'),
    (["preview", "--policy", "critical", "--severity", "sev9"], 1, "is not a severity"),
]


@pytest.mark.parametrize(("words", "ends", "sentence"), ONCALL_MISTAKES)
def test_a_mistake_about_schedules_is_a_sentence(tocsin: Terminal, words: list[str], ends: int, sentence: str) -> None:
    said = tocsin.refuses("oncall", *words, ends=ends)
    assert sentence in said
    assert len(said.splitlines()) == 1


# manifest, init


def test_the_manifest_is_the_file_or_one_for_http(tocsin: Terminal) -> None:
    assert tocsin("manifest") == (ROOT / "manifest.yml").read_text()
    shown = manifest.for_http(manifest.shipped(), "https://t.example/slack/events")
    assert tocsin("manifest", "--mode", "http", "--url", "https://t.example/").count(
        "https://t.example/slack/events"
    ) == (2 + len(shown["features"]["slash_commands"]))
    assert "socket_mode_enabled: false" in tocsin.out
    assert "add --url" in tocsin.refuses("manifest", "--mode", "http", ends=2)
    assert "must begin with https" in tocsin.refuses("manifest", "--mode", "http", "--url", "http://x", ends=2)


def test_init_writes_a_file_that_check_accepts_and_never_overwrites(tocsin: Terminal) -> None:
    tocsin("init")
    before = Path("tocsin.yml").read_text()
    tocsin("check", "tocsin.yml")
    assert "exists already" in tocsin.refuses("init")
    assert Path("tocsin.yml").read_text() == before
    assert "cannot be written" in tocsin.refuses("init", "no/such/folder.yml")
    assert "needs SLACK_BOT_TOKEN" in tocsin.refuses("init", "other.yml", "--from-slack")


def test_init_reads_the_people_of_the_workspace(tocsin: Terminal, slack: Sandbox) -> None:
    assert "with 6 people" in tocsin("init", "--from-slack")
    people = load(Path("tocsin.yml")).people
    assert people["ana"].slack == "U01ANA"
    assert not {"gus", "otto"} & set(people)  # a guest, and somebody who left
