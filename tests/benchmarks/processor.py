"""P16: what a command costs the processor, beside the bare SQL that writes the same rows; and the calibrating loop.

Seconds on a clock say little on a busy machine, and a peer that sleeps does not notice how busy it is. So what a figure
costs the processor stands beside it, in milliseconds and in turns of a loop that every machine can run.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest
from sqlalchemy import event

from bot.engine.identity import Identity
from bot.rendering.message import Renderer
from bot.work import WorkFactory
from handlers import register
from handlers.connection import make_bolt
from handlers.door import Door
from tests.benchmarks.desks import desk_at
from tests.benchmarks.figure import Figure, median

WARM, TIMES = 20, 100
WRITES = ("INSERT", "UPDATE", "DELETE")
GOALS = {"declare": 10.0, "note": 5.0}
Written = list[tuple[str, Any, bool]]


def loop() -> float:
    """Milliseconds of processor time of a fixed piece of work, the quickest of ten: words to JSON and back."""
    record = {f"key {n}": ["a word", n, {"nested": str(n)}] for n in range(1000)}

    def turn() -> float:
        begun = time.process_time()
        assert json.loads(json.dumps(record)) == record
        return (time.process_time() - begun) * 1000

    return min(turn() for _ in range(10))


@dataclass
class Command:
    """One command after the other, straight into Bolt: what it costs until it is acknowledged, and what it writes."""

    desk: WorkFactory
    bolt: App
    took: list[float] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def give(self, text: str, *, counted: bool) -> None:
        body = json.dumps({
            "command": "/incident", "text": text, "user_id": "U01DEE", "user_name": "dee", "team_id": "T01ACME",
            "channel_id": "C01GENERAL", "channel_name": "general", "trigger_id": f"{time.time_ns()}.1",
            "response_url": "https://hooks.slack.com/commands/x", "is_enterprise_install": "false",
        })  # fmt: skip
        self.written.append([])
        begun = time.process_time()
        answer = self.bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))
        took = (time.process_time() - begun) * 1000
        if answer.status != 200 or "text" not in (answer.body or ""):
            raise RuntimeError(f"not acknowledged: {answer.status} {answer.body}")
        if not any(words.startswith("INSERT INTO journal") for words, _, _ in self.written[-1]):
            raise RuntimeError(f"{text} was not carried out: {answer.body}")
        if counted:
            self.took.append(took)
        else:
            self.written.clear()

    def note(self, _connection: object, _cursor: object, words: str, values: Any, _: object, many: bool) -> None:
        """Keeps what changes a row."""
        if words.startswith(WRITES) or words.startswith("WITH"):
            self.written[-1].append((words, values, many))


def cost() -> Iterator[Figure]:
    """P16: a declare and a note, with Bolt, the rules and the answer, beside the statements that change rows."""
    for name, text in (
        ("declare", "declare sev1 Checkout returns 5xx for {n} people"),
        ("note", "note INC-1 still slow {n}"),
    ):
        with desk_at("sqlite") as desk:
            ours, theirs = _both(desk, text.format)
        yield Figure("P16", f"CPU of a {name}, until it is acknowledged", ours, "ms", theirs,
                     "the same rows by bare SQL, one transaction", GOALS[name], cpu=ours)  # fmt: skip


def _both(desk: WorkFactory, text: Callable[..., str]) -> tuple[float, float]:
    """Milliseconds of a command, and of what it writes, replayed on a copy of the database from before."""
    path = Path(str(desk.database.url.database))
    door = Door(desk, Renderer())
    bolt = make_bolt(api_url="http://127.0.0.1:9/api/", bot_token="xoxb-unused", identity=lambda: WE)
    register(bolt, door)
    command = Command(desk, bolt)
    event.listen(desk.database.engine, "before_cursor_execute", command.note)
    command.give("declare sev1 The first", counted=False)
    for n in range(WARM):
        command.give(text(n=n), counted=False)
    desk.database.checkpoint()
    before = path.with_name("before.db")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(before)) as copy:
        source.backup(copy)
    for n in range(WARM, WARM + TIMES):
        command.give(text(n=n), counted=True)
    return median(command.took), median(_replayed(before, command.written))


WE = Identity(user="U0BOT", bot="B0BOT", team="T01ACME", url="https://acme.slack.com/")


def _replayed(path: Path, written: list[Written]) -> list[float]:
    took = []
    with closing(sqlite3.connect(path, isolation_level=None, cached_statements=512)) as bare:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            bare.execute(f"PRAGMA {pragma}")
        for statements in written:
            begun = time.process_time()
            bare.execute("BEGIN IMMEDIATE")
            for words, values, many in statements:
                if many:
                    bare.executemany(words, values)
                else:
                    bare.execute(words, values).fetchall()
            bare.execute("COMMIT")
            took.append((time.process_time() - begun) * 1000)
    return took
