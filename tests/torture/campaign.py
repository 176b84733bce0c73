"""Many trials side by side, and what they amount to."""

import math
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import plan as plans
from tests.torture.checker import Verdict, judge
from tests.torture.databases import Databases
from tests.torture.plan import Plan
from tests.torture.processes import ForkServer
from tests.torture.replicas import Stuck
from tests.torture.trial import Trial


@dataclass
class Result:
    """What one trial came to. `kills` counts everything that was killed, stopped or cut off. `folder` (ledgers, log,
    database) is kept when it went wrong."""

    database: str
    plan: Plan
    verdict: Verdict
    kills: int = 0
    ambiguous: int = 0
    folder: Path | None = None


@dataclass
class Row:
    """Results of one kind on one database, added up."""

    trials: int = 0
    kills: int = 0
    ambiguous: int = 0
    incidents: int = 0
    pages: int = 0
    lost: int = 0
    doubled: int = 0
    excess: int = 0
    stuck: int = 0
    ways: int = 0
    leases: int = 0
    recovery: float | None = None

    def add(self, one: Result) -> None:
        self.trials += 1
        self.kills += one.kills
        self.ambiguous += one.ambiguous
        self.incidents += one.verdict.incidents
        self.pages += one.verdict.pages
        self.lost += len(one.verdict.lost)
        self.doubled += one.verdict.doubled
        self.excess += len(one.verdict.excess)
        self.stuck += len(one.verdict.stuck)
        self.ways += one.verdict.ways
        self.leases = max(self.leases, one.verdict.leases)
        if one.verdict.recovery is not None:
            self.recovery = max(self.recovery or 0.0, one.verdict.recovery)


@dataclass
class Campaign:
    """`run(plans)` on one database; results gather in `results`. `tell` hears of each. After `until` (monotonic
    seconds) no trial is begun."""

    nursery: ForkServer
    databases: Databases
    workers: int
    tell: Callable[[Result], None] = lambda _: None
    results: list[Result] = field(default_factory=list)
    length: float = 3.0
    until: float = math.inf
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def explore(self) -> list[str]:
        """One undisturbed trial; the crash points it passed, in order. Notes how long it took."""
        with tempfile.TemporaryDirectory(prefix="tocsin-torture-") as folder:
            record, started = Path(folder) / "passed", time.monotonic()
            self._try(plans.undisturbed(f"record:{record}"))
            self.length = time.monotonic() - started
            return record.read_text().split() if record.exists() else []

    def run(self, many: Iterable[Plan]) -> None:
        with ThreadPoolExecutor(self.workers, thread_name_prefix="trial") as pool:
            for _ in pool.map(self._try, many):
                pass

    def _try(self, plan: Plan) -> None:
        if time.monotonic() > self.until:
            return
        folder = Path(tempfile.mkdtemp(prefix="tocsin-trial-"))
        try:
            found = Trial(plan, self.nursery, self.databases, folder).run()
            result = Result(self.databases.name, plan, judge(found), found.interrupted, found.ambiguous)
        except Stuck as stuck:
            result = Result(self.databases.name, plan, Verdict(stuck=[str(stuck)]))
        if result.verdict.good:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            result.folder = folder
        with self._lock:
            self.results.append(result)
            self.tell(result)


def everything(
    passed: list[str], dice: random.Random, kills: int, length: float, *, once: bool, two: bool
) -> list[Plan]:
    """The long form: crash points (each `once`, or at each occurrence), scenarios, recovery, calls in flight, faults,
    late starts, chance; on a database that allows `two` processes, two replicas."""
    points = plans.once_each(passed, dice) if once else plans.sweep(passed)
    some = max(1, kills // 10)
    fixed = [*points, *plans.scenarios(passed, dice, 2 if once else 6), *plans.unsent(dice, some)]
    fixed += [*plans.relapses(), *plans.in_flight(), *plans.faults(), *plans.ways_fail()]
    fixed += [*plans.late(dice, some, length), *(plans.replicas(dice, some, length) if two else ())]
    return [*fixed, *plans.at_random(dice, kills, length)]


HEAD = ("Database", "Trial", "Trials", "Interruptions", "Incidents", "Pages", "Ways", "Lost", "Twice", "Too often",
        "Stuck", "Most leases", "Slowest restart to page, s")  # fmt: skip


def table(results: Iterable[Result]) -> str:
    """The counts as a table in Markdown, a row per database and kind of trial."""
    rows: dict[tuple[str, str], Row] = {}
    for one in results:
        rows.setdefault((one.database, one.plan.kind), Row()).add(one)
        rows.setdefault(("all", ""), Row()).add(one)
    rows[("all", "")] = rows.pop(("all", ""))
    lines = [HEAD, tuple("---" for _ in HEAD), *((*name, *_cells(row)) for name, row in rows.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    counts = (row.trials, row.kills, row.incidents, row.pages, row.ways, row.lost, row.doubled, row.excess, row.stuck,
              row.leases)  # fmt: skip
    return (*map(str, counts), f"{row.recovery:.1f}" if row.recovery is not None else "")
