"""P7, P8 and P12: how late timers are in a storm, what claims cost, what armed timers weigh, how fast shifts are."""

import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import SQLModel, col, select

from bot import clock as clocks
from bot.engine.dispatcher import Dispatcher
from bot.engine.metrics import Metrics
from bot.engine.queue import Queue
from bot.engine.sender_pools import Line
from bot.engine.timers import TimerLoop
from bot.integrations.outbound import Outbound, Post
from bot.integrations.outcome import Outcome, Sent
from bot.work import WorkFactory
from storage.models import Delivery, Escalation, Incident, Page, Timer
from tests.benchmarks.bench import ROOT
from tests.benchmarks.desks import BOTH, analyzed, desk_at
from tests.benchmarks.figure import Figure, percentile

DUE, SOON, LATER = 1000, timedelta(seconds=2), timedelta(days=1)
POLICY = {
    "levels": [{"to": ["person:ana"], "via": [], "wait": 300}, {"to": ["person:bo"], "via": [], "wait": 300}],
    "repeat": 0,
}
STORM, SLOW = 10_000, 0.1
CLAIMED, BATCH = 10_000, 100


def _rows(desk: WorkFactory, model: type[SQLModel], rows: list[dict[str, object]]) -> None:
    with desk.database.write() as session:
        for start in range(0, len(rows), 5000):
            session.connection().execute(insert(model.__table__), rows[start : start + 5000])  # type: ignore[attr-defined]


def _escalations(desk: WorkFactory, first: int, count: int, due: datetime) -> None:
    """So many incidents whose first level is silent until `due`."""
    numbers, now = range(first, first + count), desk.clock.now()
    incidents = [Incident(number=n, title=f"Storm {n}", severity="SEV-3", declared_by="U01DEE", started_at=now,
                          detected_at=now, declared_at=now) for n in numbers]  # fmt: skip
    waiting = [Escalation(id=n, incident=n, policy_name="storm", policy=POLICY, started_at=now, next_at=due)
               for n in numbers]  # fmt: skip
    pages = [Page(id=n, escalation=n, incident=n, cycle=0, level=0, person="U01ANA", slack="U01ANA", why="storm",
                  state="sent", owed_at=now, sent_at=now) for n in numbers]  # fmt: skip
    for model, records in ((Incident, incidents), (Escalation, waiting), (Page, pages)):
        _rows(desk, model, [record.model_dump() for record in records])
    _rows(desk, Timer, [{"kind": "escalation", "subject": f"escalation:{n}", "due_at": due} for n in numbers])


def _lateness(kind: str, armed: int, count: int = DUE, send: float | None = None) -> tuple[list[float], int, float]:
    """Seconds from the due time until the next page was owed and committed, for each; how many were lost; and
    milliseconds of processor time for each.

    With `send`, each page is sent meanwhile, and takes so long.
    """
    with desk_at(kind) as desk:
        _escalations(desk, count + 1, armed, desk.clock.now() + LATER)
        analyzed(desk)
        due = desk.clock.now() + SOON + timedelta(seconds=count / 500)
        _escalations(desk, 1, count, due)
        before = time.process_time()
        loop = TimerLoop(desk)
        sending = Dispatcher(desk, lambda _, row: Post("U01BO", "You are paged", [], row.key), _Slow(send or 0.0),
                             observe=Metrics())  # fmt: skip
        if send is not None:
            desk.on_owed = sending.owed
            sending.start()
        loop.start()
        owed: list[datetime] = []
        silent = threading.Event()
        while len(owed) < count and not silent.wait(0.5):
            owed = _pages_owed(desk)
            if not owed and clocks.real() > due + timedelta(minutes=5):
                break
        loop.stop()
        if send is not None:
            sending.stop()
        cpu = (time.process_time() - before) * 1000 / count
    return [(at - due).total_seconds() for at in owed], count - len(owed), cpu


class _Slow:
    """A Slack that takes its time over every message."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        threading.Event().wait(self._seconds)
        return Sent({"nothing": "for measuring"})


def slow() -> Iterator[Figure]:
    """P7: STORM escalations reach their next level in the same second while each message takes Slack SLOW seconds."""
    alone, _, _ = _lateness("sqlite", 0, STORM)
    late, lost, _ = _lateness("sqlite", 0, STORM, SLOW)
    what = f"{STORM} escalations due in one second, {SLOW * 1000:.0f} ms a message: "
    yield Figure("P7", f"{what}late, p99", percentile(late, 99), "s", percentile(alone, 99), "nothing is sent", 1.5)
    yield Figure("P7", f"{what}lost", lost, "", goal=0, ratio=False)


def _pages_owed(desk: WorkFactory) -> list[datetime]:
    with desk.read() as session:
        return list(session.exec(select(Delivery.created_at).where(Delivery.kind == "page").order_by(col(Delivery.id))))


class _Peer:
    """APScheduler with its SQL store: jobs that note when they ran."""

    ran: list[float] = []  # noqa: RUF012 - a job is named by its path, so what it writes to is shared

    @staticmethod
    def job() -> None:
        _Peer.ran.append(time.time())

    @classmethod
    def lateness(cls, armed: int) -> tuple[list[float], int]:
        from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
        from apscheduler.schedulers.background import BackgroundScheduler

        with tempfile.TemporaryDirectory() as folder:
            scheduler = BackgroundScheduler(timezone="UTC")
            scheduler.add_jobstore(SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db"))
            scheduler.start(paused=True)
            for n in range(armed):
                scheduler.add_job(cls.job, "date", run_date=datetime.now(UTC) + LATER, id=f"later:{n}")
            due = datetime.now(UTC) + timedelta(seconds=10)
            for n in range(DUE):
                scheduler.add_job(cls.job, "date", run_date=due, id=f"due:{n}")
            due_at = due.timestamp()
            cls.ran = []
            scheduler.resume()
            silent, before = threading.Event(), -1
            while time.time() < due_at + 3 or len(cls.ran) != before:
                before = len(cls.ran)
                silent.wait(1.0)
            scheduler.shutdown(wait=True)
        return [at - due_at for at in cls.ran], DUE - len(cls.ran)


def timers() -> Iterator[Figure]:
    """P7: DUE escalations reach their next level in the same second: the page is owed, committed, late by so much."""
    theirs, dropped = _Peer.lateness(2000)
    limit, by = percentile(theirs or [float("nan")], 99), "APScheduler's SQL store, jobs that only note the time"
    for kind, armed in product(BOTH, (10_000, 100_000)):
        late, lost, cpu = _lateness(kind, armed)
        what = f"{DUE} escalations due in one second, {armed} armed, {kind}: "
        yield Figure("P7", f"{what}late, p50", percentile(late, 50), "s")
        yield Figure("P7", f"{what}late, p99", percentile(late, 99), "s", limit, by, cpu=cpu)
        yield Figure("P7", f"{what}lost", lost, "", dropped, by, goal=0, ratio=False)


def claims() -> Iterator[Figure]:
    """Deliveries claimed per second, lanes, leases and order included, beside claims from a bare table of SQLite."""
    bare = _bare_claims()
    for kind in BOTH:
        with desk_at(kind) as desk:
            at = clocks.real()
            _rows(desk, Delivery, [
                Delivery(key=f"k{n}", kind="page", lane=f"l{n}", priority=0, payload={}, created_at=at,
                         not_before=at).model_dump() | {"id": n + 1}
                for n in range(CLAIMED)
            ])  # fmt: skip
            analyzed(desk)
            queue = Queue(desk, lease=15)
            started, before, claimed = time.perf_counter(), time.process_time(), 0
            while claimed < CLAIMED:
                queue.look()
                claimed += len(queue.claim(Line.PAGES, BATCH))
            ours = CLAIMED / (time.perf_counter() - started)
            cpu = (time.process_time() - before) * 1000 / CLAIMED
        what = f"deliveries claimed per second, by {BATCH}, {kind}"
        yield Figure("P7", what, ours, "/s", bare, "a bare table", cpu=cpu)


def _bare_claims() -> float:
    with tempfile.TemporaryDirectory() as folder:
        table = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        table.execute("PRAGMA journal_mode=WAL")
        table.execute("PRAGMA synchronous=FULL")
        table.execute("CREATE TABLE due (id INTEGER PRIMARY KEY, at REAL, taken TEXT)")
        table.execute("BEGIN")
        table.executemany("INSERT INTO due (at) VALUES (?)", [(float(n),) for n in range(CLAIMED)])
        table.execute("COMMIT")
        started, claimed = time.perf_counter(), 0
        while claimed < CLAIMED:
            table.execute("BEGIN IMMEDIATE")
            claimed += len(table.execute(
                "UPDATE due SET taken = 'x' WHERE id IN (SELECT id FROM due WHERE taken IS NULL LIMIT ?) RETURNING id",
                (BATCH,)).fetchall())  # fmt: skip
            table.execute("COMMIT")
        return CLAIMED / (time.perf_counter() - started)


def armed() -> Iterator[Figure]:
    """P8: what armed escalations add to the memory of the process that watches them."""
    for kind, (count, goal) in product(BOTH, ((10_000, 2.0), (100_000, 8.0))):
        with desk_at(kind) as desk:
            _escalations(desk, 1, 1, desk.clock.now() + LATER)
            before = _watched(desk)
            _escalations(desk, 2, count, desk.clock.now() + LATER)
            added = _watched(desk) - before
        what = f"{count} escalations armed, {kind}: memory added"
        yield Figure("P8", what, max(0.0, added), "MB", goal=goal, ratio=False)


def _watched(desk: WorkFactory) -> float:
    """Resident MB of a fresh process that has looked for due timers and deliveries a few times."""
    import subprocess
    import sys

    words = [sys.executable, "-m", "tests.benchmarks.watcher", desk.database.url.render_as_string(hide_password=False)]
    return float(subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
