"""Colours and progress: on a terminal only, none with NO_COLOR, and nothing of them in a file or in JSON."""

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress

import pytest

from bot.cli import console
from bot.cli.terminal import Progress, painted, progress, width

ESCAPE = "\x1b["


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("name", "value", "coloured"),
    [("NO_COLOR", "", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False), ("TERM", "xterm", True)],
)
def test_colours_are_for_terminals_that_want_them(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, coloured: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(name, value)
    assert (painted("✗", "red", Tty()) == "\x1b[31m✗\x1b[0m") is coloured
    assert (ESCAPE in painted("✗", "red", Tty())) is coloured
    assert painted("✗", "red", io.StringIO()) == "✗", "a pipe gets plain text"


def test_columns_stay_in_line_beside_colours(capsys: pytest.CaptureFixture[str]) -> None:
    red = "\x1b[31mSEV-1\x1b[0m"
    assert width(red) == 5
    console.columns([("INC-1", red, "x"), ("INC-22", "SEV-2", "y")])
    lines = re.sub(r"\x1b\[\d+m", "", capsys.readouterr().out).splitlines()
    assert lines == ["INC-1   SEV-1  x", "INC-22  SEV-2  y"]


def test_progress_makes_room_for_lines_that_stay_and_is_gone_in_the_end() -> None:
    seen = Tty()
    with suppress(RuntimeError), progress(seen) as shown:
        shown.say("Asking Slack")
        shown.clear()
        shown.again()
        raise RuntimeError
    assert seen.getvalue() == "Asking Slack ...\r\x1b[2KAsking Slack ...\r\x1b[2K"
    silent = io.StringIO()
    Progress(silent).say("Asking Slack")
    assert silent.getvalue() == "", "into a file goes nothing"


def test_the_release_is_named() -> None:
    said = subprocess.run([sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"tocsin \d+\.\d+\.\d+\S*\n", said.stdout)


def test_a_refusal_is_red_on_a_terminal_alone() -> None:
    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
    words = [sys.executable, "-m", "bot", "doctor", "--live"]
    assert subprocess.run(words, stderr=theirs, stdout=subprocess.PIPE, env=env, check=False).returncode == 2
    assert os.read(ours, 4096).startswith(b"\x1b[31m--live needs to know who to page")
    plain = subprocess.run(words, capture_output=True, env=env, check=False)
    assert plain.stderr.startswith(b"--live needs to know who to page")
    os.close(ours)
    os.close(theirs)
