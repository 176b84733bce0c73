"""P20: what people wait for while thousands of messages wait for Slack's pace, and what finding the next one costs."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from sqlalchemy import insert, update
from sqlmodel import col, func, select

from bot import clock as clocks
from bot.catalog import load
from bot.clock import SystemClock
from bot.engine.queue import Queue
from bot.engine.sender_pools import Line
from bot.services import work_factory
from storage import schema
from storage.db import Database
from storage.models import Delivery, DeliveryState
from tests.benchmarks.acknowledgement import Sender, answering
from tests.benchmarks.bench import ROOT, Program, Slack, bot, slack
from tests.benchmarks.figure import Figure, median
from tests.torture.databases import server

INCIDENTS, SAMPLE = 360, 60
FEW, MANY, LOOKS = 10, 10_000, 60
NEVER = 3600.0
COURSE = ("ack INC-{0}", "note INC-{0} still slow", "update INC-{0} we look into it", "resolve INC-{0} restarted",
          "close INC-{0}")  # fmt: skip


def behind() -> Iterator[Figure]:
    """Incidents go their whole way by command, far quicker than Slack lets their messages go: the acknowledgement of
    the last ones beside that of the first, for which little waited."""
    with slack() as where, bot(where, http_mode=True) as running:
        yield from _behind(where, [running], "")


def behind_two() -> Iterator[Figure]:
    """The same with two bots that share a PostgreSQL database, each of which gets every second command."""
    with server() as database, slack() as where, ExitStack() as stack:
        both = [stack.enter_context(bot(where, http_mode=True, database=database)) for _ in range(2)]
        yield from _behind(where, both, ", two bots")


def _behind(where: Slack, bots: list[Program], who: str) -> Iterator[Figure]:
    senders = [Sender(where, answering(where, one)) for one in bots]
    turns = cycle(senders)
    took: dict[str, list[float]] = defaultdict(list)
    for number in range(1, INCIDENTS + 1):
        next(turns).command(f"declare sev3 Number {number}")
        for text in COURSE:
            took[text.partition(" ")[0]].append(next(turns).command(text.format(number)))
    waiting = _waiting(bots[0])
    for sender in senders:
        sender.close()
    for verb in ("ack", "note"):
        first, last = median(took[verb][5 : 5 + SAMPLE]) * 1000, median(took[verb][-SAMPLE:]) * 1000
        what = f"{verb}, {waiting} messages waiting{who}: acknowledged, median"
        yield Figure("P20", what, last, "ms", first, "the first incidents of the same run", 1.2)
    yield Figure("P20", f"messages waiting for each incident that is over{who}", waiting / INCIDENTS, "")


def _waiting(running: Program) -> int:
    database = Database(running.database, exclusive=False)
    with database.read() as session:
        unsettled = select(func.count()).where(col(Delivery.state).in_(DeliveryState.UNSETTLED))
        count = session.exec(unsettled).one()
    database.close()
    return int(count)


def looks() -> Iterator[Figure]:
    """One more message is owed, found, claimed and settled, beside few and many that wait at the same gate."""
    few, many = _turns(FEW), _turns(MANY)
    what = f"a look and a claim, {MANY} waiting for a channel's pace"
    yield Figure("P20", what, many, "ms", few, f"{FEW} waiting", 1.2)


def _turns(size: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 't.db'}")
        schema.ready(database.engine, migrate=True)
        catalog = load(ROOT / "bot" / "catalog" / "demo.yml")
        queue = Queue(work_factory.make(database, SystemClock(), lambda: catalog), lease=15)
        _owe(database, 1, size)
        queue.look()
        while claimed := queue.claim(Line.REST, 500):
            for one in claimed:
                one.row.state = DeliveryState.PENDING
                queue.back(one, one.row, "post C1", NEVER)
        with database.write() as session:
            session.execute(update(Delivery).values(state=DeliveryState.PENDING))
        took = []
        for number in range(size + 1, size + 1 + LOOKS):
            _owe(database, number, 1)
            started = time.perf_counter()
            queue.tell([number])
            queue.look()
            (one,) = queue.claim(Line.REST, 6)
            took.append(time.perf_counter() - started)
            with database.write() as session:
                sent = update(Delivery).where(col(Delivery.id) == number)
                session.execute(sent.values(state=DeliveryState.SENT, settled_at=clocks.real()))
                one.row.state = DeliveryState.SENT
            queue.back(one, one.row)
        database.close()
    return median(took) * 1000


def _owe(database: Database, first: int, count: int) -> None:
    at = clocks.real()
    rows = [
        {"id": n, "key": f"k{n}", "kind": "post", "lane": f"l{n}", "priority": 3, "payload": {}, "state": "pending",
         "attempts": 0, "created_at": at, "not_before": at}
        for n in range(first, first + count)
    ]  # fmt: skip
    with database.write() as session:
        session.execute(insert(Delivery), rows)
