"""P3 and P4: how long Slack waits for an acknowledgement, alone and in a crowd, beside a stock Bolt app."""

import hashlib
import hmac
import http.client
import itertools
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
from sqlmodel import func, select

from storage.db import Database
from storage.models import Incident
from tests.benchmarks import peer
from tests.benchmarks.bench import Program, Slack, bot, program, slack
from tests.benchmarks.figure import Figure, median, percentile

ALONE, WARM, DECLARES, WORK = 300, 30, 60, 0.9

_number = itertools.count(1)


class Sender:
    """Posts signed commands as Slack does in HTTP mode and takes the time until the answer is read."""

    def __init__(self, where: Slack, url: str) -> None:
        self._secret, self._app = where.sandbox.signing_secret.encode(), where.sandbox.world.app
        self._host = str(urlsplit(url).netloc)
        self._connection = http.client.HTTPConnection(self._host, timeout=60)

    def command(self, text: str) -> float:
        """Seconds until the acknowledgement of `/incident TEXT`. Raises when it is none."""
        return self.post(urlencode(self._form(text)), "application/x-www-form-urlencoded")

    def post(self, body: str, kind: str) -> float:
        """The same for anything that Slack sends."""
        stamp = str(int(time.time()))
        signature = hmac.new(self._secret, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "content-type": kind,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
        }
        started = time.perf_counter()
        self._connection.request("POST", "/slack/events", body, headers)
        answer = self._connection.getresponse()
        answer.read()
        took = time.perf_counter() - started
        if answer.status != 200:
            raise RuntimeError(f"not acknowledged: {answer.status}")
        return took

    def _form(self, text: str) -> dict[str, str]:
        return {
            "command": "/incident", "text": text, "user_id": "U01DEE", "user_name": "dee", "team_id": "T01ACME",
            "team_domain": "acme", "channel_id": "C01GENERAL", "channel_name": "general", "token": "unused",
            "api_app_id": self._app.id, "is_enterprise_install": "false",
            "trigger_id": f"{next(_number)}.{os.urandom(8).hex()}", "response_url": "https://hooks.slack.com/commands/x",
        }  # fmt: skip

    def close(self) -> None:
        self._connection.close()


def alone() -> Iterator[Figure]:
    """P3: one command after the other; ours is committed before it is acknowledged, the stock app's does nothing."""
    with slack() as where:
        with _stock(where, 0.0) as address:
            theirs = _serial(where, address, ["status"] * (ALONE + WARM))
        with bot(where, http_mode=True) as running:
            address = answering(where, running)
            _serial(where, address, ["declare sev4 The first"])
            begun = running.cpu()
            notes = _serial(where, address, ["note INC-1 still slow"] * (ALONE + WARM))
            noted = running.cpu()
            declares = _serial(where, address, [f"declare sev4 Number {n}" for n in range(DECLARES)])
            declared = running.cpu()
            commits = _commits(running.folder / "bare.db")
    limit, by = percentile(theirs, 99) * 1000, "stock Bolt, acknowledges at once"
    yield Figure("P3", "a note acknowledged after its commit, p99", percentile(notes, 99) * 1000, "ms", limit, by, 0.25,
                 cpu=(noted - begun) / (ALONE + WARM))  # fmt: skip
    yield Figure("P3", "the same, median", median(notes) * 1000, "ms", median(theirs) * 1000, by)
    by_disk = "one row committed to the same disk, by nobody else at the time"
    yield Figure("P3", "the same, p99", percentile(notes, 99) * 1000, "ms", percentile(commits, 99) * 1000, by_disk)
    yield Figure("P3", "the same, median", median(notes) * 1000, "ms", median(commits) * 1000, by_disk)
    yield Figure("P3", "a declare acknowledged after its commit, p99", percentile(declares, 99) * 1000, "ms", limit, by,
                 cpu=(declared - noted) / DECLARES)  # fmt: skip
    yield Figure("P3", "the same, median", median(declares) * 1000, "ms", median(theirs) * 1000, by)


def _commits(file: Path) -> list[float]:
    """What the disk asks for a promise: seconds of single-row commits with the settings of our own database."""
    took = []
    with closing(sqlite3.connect(file, isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
        for number in range(ALONE):
            started = time.perf_counter()
            bare.execute("INSERT INTO note (words) VALUES (?)", (f"still slow {number}",))
            took.append(time.perf_counter() - started)
    return took


def crowd() -> Iterator[Figure]:
    """P4: everybody declares at once; the stock app works 0.9 s after each acknowledgement."""
    with slack() as where:
        with _stock(where, WORK) as address:
            limit = max(_at_once(where, address, [f"declare sev3 Crowd {n}" for n in range(40)]))
        for size, goal in ((40, 0.5), (200, 1.5)):
            with bot(where, http_mode=True) as running:
                address, before = answering(where, running), running.cpu()
                took = _at_once(where, address, [f"declare sev3 Crowd {n}" for n in range(size)])
                cpu, lost = (running.cpu() - before) / size, size - _incidents(running)
            what = f"{size} declares at once: the slowest acknowledgement"
            yield Figure("P4", what, max(took), "s", goal=goal, ratio=False, cpu=cpu)
            if size == 40:
                yield Figure("P4", what, max(took), "s", limit, "stock Bolt, 0.9 s of work after each", 0.1)
            yield Figure("P4", f"{size} declares at once: lost", lost, "", goal=0, ratio=False)


class _stock:
    """A stock Bolt app over HTTP for the time of the block; gives its address once it answers."""

    def __init__(self, where: Slack, work: float) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._where, self._url = where, f"http://127.0.0.1:{port}"
        self._program = program(where, *peer.script("stock", str(work), str(port)))

    def __enter__(self) -> str:
        running = self._program.__enter__()
        _listening(self._url, running)
        return self._url

    def __exit__(self, *error: object) -> None:
        self._program.__exit__(None, None, None)


def answering(where: Slack, running: Program) -> str:
    """The bot's address once it knows who it is and its doors are open: what a start costs is measured elsewhere."""
    while not running.url():
        running.lives(0.01)
    _listening(running.url(), running)
    where.do("settle")
    while not any(call["method"] == "users.list" for call in where.calls()):
        running.lives(0.01)
    httpx.get(f"{running.url()}/readyz", trust_env=False, timeout=30)
    return running.url()


def _listening(url: str, running: Program) -> None:
    host, port = str(urlsplit(url).hostname), urlsplit(url).port
    while True:
        running.lives(0.01)
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return


def _serial(where: Slack, address: str, texts: list[str]) -> list[float]:
    sender = Sender(where, address)
    took = [sender.command(text) for text in texts]
    sender.close()
    return took[min(WARM, len(took) // 6) :]


def _at_once(where: Slack, address: str, texts: list[str]) -> list[float]:
    gate = threading.Barrier(len(texts))

    def one(text: str) -> float:
        sender = Sender(where, address)
        gate.wait()
        try:
            return sender.command(text)
        finally:
            sender.close()

    with ThreadPoolExecutor(len(texts)) as pool:
        return list(pool.map(one, texts))


def _incidents(running: Program) -> int:
    database = Database(running.database, exclusive=False)
    with database.read() as session:
        count = session.exec(select(func.count()).select_from(Incident)).one()
    database.close()
    return int(count)
