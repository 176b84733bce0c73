"""Many trials side by side, and what they amount to."""

import math
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.torture import plan as plans
from tests.torture.checker import Verdict, exits, judge
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
        """Each trial once, every second one with Slack's rate limits on."""
        self.repeat(replace(one, limits=number % 2 == 1) for number, one in enumerate(many))

    def repeat(self, many: Iterable[Plan]) -> None:
        """Each trial once, just as it is planned."""
        with ThreadPoolExecutor(self.workers, thread_name_prefix="trial") as pool:
            for _ in pool.map(self._try, many):
                pass

    def _try(self, plan: Plan) -> None:
        if time.monotonic() > self.until:
            return
        folder = Path(tempfile.mkdtemp(prefix="tocsin-trial-"))
        trial = Trial(plan, self.nursery, self.databases, folder)
        try:
            verdict = judge(trial.run())
        except Stuck as stuck:
            verdict = Verdict(lost=list(exits(trial.found)), stuck=[str(stuck)])
        result = Result(self.databases.name, plan, verdict, trial.found.interrupted, trial.found.ambiguous)
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
