"""P21: what the home tab costs with hundreds of open incidents, and with as many as it shows."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.catalog import load
from bot.clock import ManualClock
from bot.rendering.contexts import home, render
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.message import Renderer
from bot.services import work_factory
from bot.work import WorkFactory
from storage import schema
from storage.db import Database
from storage.models import Incident, RoleAssignment
from tests.benchmarks.bench import ROOT
from tests.benchmarks.figure import Figure, median

OPEN, TIMES, WARM, GOAL = 500, 40, 5, 3.0
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
VIEWER = "U01DEE"


def _desk(folder: Path, count: int) -> WorkFactory:
    """A database in which so many incidents are open; the viewer commands every fifth, whose update is late."""
    database = Database(f"sqlite:///{folder / f'{count}.db'}")
    schema.ready(database.engine, migrate=True)
    with database.write() as session:
        rows = [
            Incident(title=f"Number {n} is down", severity=f"SEV-{n % 4 + 1}", declared_by="U01BO", declared_at=NOW,
                     started_at=NOW, detected_at=NOW, next_update_at=NOW - timedelta(minutes=n % 30))
            for n in range(count)
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        mine = [row.number or 0 for row in rows[::5]]
        session.add_all(RoleAssignment(incident=one, role="ic", person=VIEWER, since=NOW) for one in mine)
    catalog = load(ROOT / "bot" / "catalog" / "demo.yml")
    return work_factory.make(database, ManualClock(NOW), lambda: catalog)


def _took(desk: WorkFactory, composer: Composer) -> float:
    """Milliseconds for one home, from the reads to the view."""
    begun = time.perf_counter()
    with desk.read() as session:
        render.home(session, composer, VIEWER)
    return (time.perf_counter() - begun) * 1000


def many() -> Iterator[Figure]:
    """P21. Both are drawn in turn, so that whatever else the machine does slows both."""
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        few, lots = (_desk(Path(name), count) for count in (home.INCIDENTS, OPEN))
        composer = Composer(Renderer(), few.catalog, NOW)
        took: tuple[list[float], list[float]] = [], []
        for _ in range(TIMES):
            for desk, times in zip((few, lots), took, strict=True):
                times.append(_took(desk, composer))
        short, long = (median(times[WARM:]) for times in took)
        by = f"with {home.INCIDENTS} open, as many as it shows"
        yield Figure("P21", f"a home tab with {OPEN} open, median", long, "ms", short, by, GOAL, cpu=long)
        for desk in (few, lots):
            desk.database.close()
