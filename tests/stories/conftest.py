"""A world per story, on both databases and by both of Slack's ways, and a command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from storage.db import Database
from tests.calendar import WEDNESDAY, turn_to
from tests.stories.terminal import Terminal, running_bot, sit_down
from tests.stories.world import OVER_HTTP, PATIENT, ROOT, World, by_turns, settings_for, start


@pytest.fixture(autouse=True)
def _way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Slack reaches the bots of half the stories by Socket Mode, those of the other half by HTTP."""
    mark = request.node.get_closest_marker("transport")
    before = OVER_HTTP.set(mark.args[0] == "http" if mark else by_turns(request.node.nodeid))
    yield
    OVER_HTTP.reset(before)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(manifest=ROOT / "manifest.yml", patience=PATIENT) as running:
        running.limits.enabled = False
        turn_to(WEDNESDAY, running)
        yield running


@pytest.fixture
def world(sandbox: Sandbox, database_url: str) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url))
    yield made
    made.http.close()
    made.app.stop()


@pytest.fixture
def tocsin(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Terminal:
    """A command line in an empty folder."""
    return sit_down(capsys, monkeypatch, tmp_path)


@pytest.fixture
def here(tocsin: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The same with a database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    return tocsin


@pytest.fixture
def running(tocsin: Terminal, tmp_path: Path) -> Iterator[Database]:
    """A bot at work in that folder."""
    with running_bot(tmp_path) as database:
        yield database
