"""A machine boots: the bot is there before its database server is."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from psycopg.errors import IdleInTransactionSessionTimeout, LockNotAvailable
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InternalError, OperationalError

from bot import process
from bot.app import build
from bot.process import built
from bot.services.schedules import history
from bot.settings import Settings
from sandbox import Sandbox
from tests.stories.records import until
from tests.stories.world import ROOT, settings_for

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),  # SQLite has no server
]


@pytest.fixture
def corner() -> Iterator[Path]:
    """A folder whose name is short enough for a socket's."""
    with TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def absent(database_url: str, corner: Path) -> str:
    """The database, at an address where its server is not to be found yet."""
    there = corner / "server"
    return make_url(database_url).set(query={"host": str(there)}).render_as_string(hide_password=False)


@pytest.fixture
def bot(sandbox: Sandbox, absent: str, corner: Path) -> Iterator[subprocess.Popen[bytes]]:
    named = settings_for(sandbox, absent)
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": absent,
        "TOCSIN_CONFIG": str(named.config),
        "TOCSIN_HTTP_PORT": "0",
    }
    with (corner / "log").open("wb") as log:
        command = [sys.executable, "-m", "bot", "run"]
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        yield started
        started.kill()
        started.wait()


def waits(corner: Path) -> bool:
    return "the database cannot be opened yet" in (corner / "log").read_text()


def test_it_works_as_soon_as_the_database_does(
    sandbox: Sandbox, bot: subprocess.Popen[bytes], database_url: str, corner: Path
) -> None:
    until(lambda: waits(corner), "the sentence about the database")
    (corner / "server").symlink_to(str(make_url(database_url).query["host"]))
    until(lambda: "connected to Slack" in (corner / "log").read_text(), "the connection")
    bot.send_signal(signal.SIGTERM)
    assert bot.wait(120) == 0
    assert (corner / "log").read_text().count("cannot be opened yet") == 1


def test_it_can_be_stopped_while_it_waits(bot: subprocess.Popen[bytes], corner: Path) -> None:
    """A wish for another reading of the configuration is no wish to stop."""
    until(lambda: waits(corner), "the sentence about the database")
    bot.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        bot.wait(3)
    bot.send_signal(signal.SIGTERM)
    assert bot.wait(120) == 0


def test_it_does_not_wait_for_ever(sandbox: Sandbox, absent: str) -> None:
    settings: Settings = settings_for(sandbox, absent)
    pauses: list[float] = []

    def pause(seconds: float) -> bool:
        pauses.append(seconds)
        return False

    with pytest.raises(OperationalError):
        built(settings, pause)
    assert sum(pauses) == 60


@pytest.mark.parametrize("trouble", [Exception("no space left on device"), LockNotAvailable("lock timeout")], ids=str)
def test_a_database_that_goes_away_or_is_held_while_it_starts_does_not_end_it(
    sandbox: Sandbox, database_url: str, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """Who we are and who is on call are looked up once more a moment later."""
    application = build(settings_for(sandbox, database_url))

    def gone(*given: object) -> None:
        raise OperationalError("SELECT 1", {}, trouble)

    monkeypatch.setattr(application.who, "learn", gone)
    monkeypatch.setattr(history, "sweep", gone)
    application.start()
    assert application.health.started
    application.stop()


def test_who_stood_still_in_the_middle_of_a_start_begins_anew(
    sandbox: Sandbox, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has ended the transaction, and with it the connection."""
    ended = IdleInTransactionSessionTimeout("terminating connection due to idle-in-transaction timeout")
    tries = [InternalError("INSERT", {}, ended, connection_invalidated=True), None]

    def begun(settings: Settings) -> object:
        if trouble := tries.pop(0):
            raise trouble
        return build(settings)

    monkeypatch.setattr(process, "build", begun)
    application = built(settings_for(sandbox, database_url), lambda _: False)
    assert application is not None
    application.database.close()
