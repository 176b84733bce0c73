"""A sandbox, and programs beside it in processes of their own: the bot, and the apps it is compared with."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from sandbox import Sandbox
from storage import schema
from storage.db import Database
from tests import past as history
from tests.torture.wire import private

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]
UP = re.compile(r"Tocsin is up: (http\S+)")


@dataclass
class Program:
    """A running process beside a sandbox. `started` is when it was launched (seconds, monotonic)."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    started: float
    database: str

    def lives(self, within: float) -> None:
        """Waits that long; raises when it ends meanwhile, with the end of its log."""
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            return
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def memory(self) -> float:
        """Resident set in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def cpu(self) -> float:
        """Milliseconds of processor time that it has taken since its launch."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def url(self) -> str:
        """The bot's own address; "" as long as it is not up."""
        found = UP.search((self.folder / "log").read_text())
        return found[1] if found else ""


@dataclass
class Slack:
    """A sandbox and its control."""

    sandbox: Sandbox
    http: httpx.Client
    latency: float

    def do(self, deed: str, **body: Any) -> Json:
        answer: Json = self.http.post(deed, json=body).json()
        return answer

    def look(self, path: str) -> Any:
        return self.http.get(path).json()

    def calls(self, since: int = 0) -> list[Json]:
        listed: list[Json] = self.look(f"calls?since={since}")
        return listed

    def connected(self, program: Program, within: float = 30.0) -> float:
        """Waits until the program is connected; the moment it was (monotonic)."""
        while time.monotonic() < program.started + within:
            if self.look("state")["connections"]:
                return time.monotonic()
            program.lives(0.005)
        raise RuntimeError("it did not connect in time")


@contextmanager
def slack(latency: float = 0.0) -> Iterator[Slack]:
    """A local Slack without rate limits that answers each call `latency` seconds late."""
    with private(Sandbox(manifest=ROOT / "manifest.yml", latency=latency)) as sandbox:
        sandbox.limits.enabled = False
        with httpx.Client(base_url=f"{sandbox.url}/_sandbox/", timeout=60, trust_env=False) as http:
            yield Slack(sandbox, http, latency)


@contextmanager
def program(
    where: Slack, *arguments: str, http_mode: bool = False, followed: bool = False, past: int = 0, database: str = ""
) -> Iterator[Program]:
    """Runs `python ARGUMENTS` with the environment of an app of this workspace until the block ends.

    `past`: so many incidents are over by then; `database`: its address, unless it is a new SQLite file.
    """
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        folder = Path(name)
        database = database or f"sqlite:///{folder / 'tocsin.db'}"
        _migrate(database, past)
        environment = os.environ | {
            "SLACK_BOT_TOKEN": where.sandbox.bot_token,
            "SLACK_APP_TOKEN": "" if http_mode else where.sandbox.app_token,
            "SLACK_SIGNING_SECRET": where.sandbox.signing_secret,
            "SLACK_API_URL": where.sandbox.api_url,
            "DATABASE_URL": database,
            "TOCSIN_CONFIG": str(ROOT / "bot" / "catalog" / "demo.yml"),
            "TOCSIN_HTTP_PORT": "0",
            **({"TOCSIN_CLOCK": where.sandbox.url} if followed else {}),
        }
        with (folder / "log").open("wb") as log:
            started = time.monotonic()
            process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                yield Program(process, folder, started, database)
            finally:
                _end(process)


def _migrate(url: str, past: int) -> None:
    """Only the first start of an installation does this, so none that is measured does."""
    database = Database(url)
    schema.ready(database.engine, migrate=True)
    if past:
        history.lay(database, past, datetime.now(UTC))
    database.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Asks it to stop; whether it does so in time is the torture's business, not a benchmark's."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def bot(where: Slack, **options: Any) -> Iterator[Program]:
    with program(where, "-m", "bot", "run", **options) as running:
        yield running


def depths(calls: list[Json], latency: float) -> list[int]:
    """How many calls, one after the other, end with each of these: one follows what had ended when it began."""
    found: list[int] = []
    for call in calls:
        before = [depth for other, depth in zip(calls, found, strict=False) if other["time"] + latency <= call["time"]]
        found.append(1 + max(before, default=0))
    return found
