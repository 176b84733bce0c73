"""`python -m tests.torture`: kill the bot wherever it can be killed, and count what was lost. Exit 1 on any loss."""

import argparse
import logging
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.torture import databases, judging, totals
from tests.torture.campaign import Campaign, Result, everything
from tests.torture.databases import Databases, OwnServers, Postgresql, Sqlite
from tests.torture.plan import Plan
from tests.torture.plan import database as restarted
from tests.torture.processes import ForkServer


def main(argv: list[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    if options.sum:
        counts, commands = totals.kept(options.sum)
        print("\n".join([*commands, "", totals.table(counts)]))
        return 0
    started, results = time.monotonic(), list[Result]()
    print(f"SEED={options.seed}", flush=True)
    logging.disable(logging.ERROR)  # a caller that dies in mid-call is no news here
    if options.judge:
        postgresql = options.postgresql or not options.sqlite
        return judging.run(only=options.only, workers=options.workers, postgresql=postgresql, report=options.report)
    with ForkServer() as nursery, _chosen(options) as chosen:
        for number, one in enumerate(chosen):
            campaign = Campaign(nursery, one, options.workers, tell=Teller())
            passed = campaign.explore()
            print(f"{one.name}: {len(set(passed))} crash points, passed {len(passed)} times", flush=True)
            dice = random.Random(options.seed + number)
            campaign.until = time.monotonic() + 60 * options.minutes
            campaign.run(_plans(one, passed, dice, campaign.length, options))
            results += campaign.results
    again = f'make torture ARGS="{" ".join(argv or sys.argv[1:])}", seed {options.seed}'
    counts = totals.rows(results)
    if options.add:
        totals.keep(options.add, counts, again)
    shown = f"{totals.table(counts)}\n\n`{again}`, {time.monotonic() - started:.0f} s"
    print(f"\n{shown}")
    if options.report:
        options.report.write_text(f"{shown}\n", encoding="utf-8")
    return 0 if results and all(one.verdict.good for one in results) else 1


def _plans(
    databases: Databases, passed: list[str], dice: random.Random, length: float, options: argparse.Namespace
) -> list[Plan]:
    if isinstance(databases, OwnServers):
        plans = list(restarted(dice, max(1, options.kills // 5), length))
    else:
        two = isinstance(databases, Postgresql)
        plans = everything(passed, dice, options.kills, length, once=options.once, two=two)
    plans = [one for one in plans if options.only in one.kind]
    if options.minutes < math.inf:
        dice.shuffle(plans)
    return plans


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="trials with kills at random moments, per database")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--workers", type=int, default=4, help="trials at the same time")
    parser.add_argument("--sqlite", action="store_true", help="on SQLite (both when neither is named)")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL")
    parser.add_argument("--once", action="store_true", help="each crash point once, not each time it is passed")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no trial later than that, per database")
    parser.add_argument("--only", default="", help="only trials whose kind has this in its name")
    parser.add_argument("--judge", action="store_true", help="plant bugs, and see whether each is found")
    parser.add_argument("--add", type=Path, help="add the counts of this run to a file")
    parser.add_argument("--sum", type=Path, help="run nothing; print the sum of all runs in such a file")
    parser.add_argument("--report", type=Path, help="write the table to this file")
    return parser


@contextmanager
def _chosen(options: argparse.Namespace) -> Iterator[list[Databases]]:
    both = options.sqlite == options.postgresql
    with ExitStack() as stack:
        chosen: list[Databases] = []
        if both or options.sqlite:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-torture-"))
            chosen.append(Sqlite(Path(folder)))
        if both or options.postgresql:
            postgresql = Postgresql(stack.enter_context(databases.server()))
            stack.callback(postgresql.close)
            chosen += [postgresql, OwnServers()]
        yield chosen


class Teller:
    """Prints what went wrong at once, and now and then how far it is."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, result: Result) -> None:
        self._count += 1
        if self._count % 50 == 0:
            print(f"{result.database}: {self._count} trials", flush=True)
        if result.verdict.good:
            return
        print(f"{result.database}, {result.plan.kind}, {result.plan.name} (kept in {result.folder}):")
        for line in result.verdict.wrong:
            print(f"    {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
