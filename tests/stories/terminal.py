"""Somebody at a command line: what they type, what it prints, how it ends."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.catalog import load
from bot.clock import SystemClock
from bot.health import Health
from bot.rendering.message import Renderer
from bot.services import work_factory
from handlers.door import Door
from handlers.web.server import WebServer
from handlers.web.site import Site
from sandbox import Sandbox
from storage import schema
from storage.db import Database
from tests.stories.world import PATIENT

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "bot" / "catalog" / "demo.yml"
DECLARE = ["incident", "declare", "Checkout", "returns", "5xx", "--severity", "sev1", "--service", "checkout"]


class Terminal:
    """Runs a command in this process and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: str, ends: int = 0) -> str:
        try:
            code = main(words)
        except SystemExit as usage:  # argparse
            code = int(usage.code or 0)
        self.out, self.err = self._capsys.readouterr()
        assert code == ends, f"{words}: {code}\n{self.out}\n{self.err}"
        return self.out

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--json"))

    def refuses(self, *words: str, ends: int = 1) -> str:
        """The sentence on standard error; nothing else is printed."""
        self(*words, ends=ends)
        assert self.out == ""
        assert "Traceback" not in self.err
        return self.err


def sit_down(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Terminal:
    """A user called kim in an empty folder, with the demo company's configuration and nothing else set."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "TOCSIN_", "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TOCSIN_CONFIG", str(DEMO))
    monkeypatch.setenv("USER", "kim")
    monkeypatch.setenv("LOGNAME", "kim")
    return Terminal(capsys)


@contextmanager
def workspace(monkeypatch: pytest.MonkeyPatch, manifest: Path = ROOT / "manifest.yml") -> Iterator[Sandbox]:
    """A Slack workspace, and an environment that points at it."""
    with Sandbox(manifest=manifest, patience=PATIENT) as sandbox:
        monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
        monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", sandbox.app_token)
        yield sandbox


@contextmanager
def running_bot(folder: Path) -> Iterator[Database]:
    """A process that holds the database and answers, as the bot does."""
    database = Database(f"sqlite:///{folder / 'tocsin.db'}")
    schema.ready(database.engine, migrate=True)
    catalog = load(DEMO)
    door = Door(work_factory.make(database, SystemClock(), lambda: catalog), Renderer())
    server = WebServer(Site(door, Health(started=True), lambda: b"", "secret-of-the-process"), "127.0.0.1", 0)
    server.start()
    assert database.file_lock
    database.file_lock.describe({"pid": 4711, "url": server.url, "token": "secret-of-the-process"})
    yield database
    server.stop()
    database.close()
