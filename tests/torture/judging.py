"""`make torture ARGS=--judge`: bugs are planted one at a time, and the judge must see each, and nothing without one."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.torture import databases
from tests.torture.campaign import Campaign, Result
from tests.torture.databases import Databases, Postgresql, Sqlite
from tests.torture.plan import SCENARIOS, Plan
from tests.torture.planted import BUGS, every
from tests.torture.processes import UNPLANTED, ForkServer


def run(*, only: str = "", workers: int = 4, postgresql: bool = True, report: Path | None = None) -> int:
    """How many verdicts were wrong: 0 when every bug is seen, and none where there is none."""
    chosen = [bug.plan for name, bug in every().items() if only in name and (postgresql or not bug.two)]
    healthy = [Plan("unpatched", name, name) for name in SCENARIOS if not only]
    healthy += [Plan("unpatched", "two replicas", seats=2)] if postgresql and not only else []
    with ForkServer() as nursery, _databases(postgresql and any(one.seats > 1 for one in chosen)) as given:
        campaigns = [Campaign(nursery, one, workers, tell=_tell) for one in given]
        parts = [[one for one in (*chosen, *healthy) if (one.seats > 1) == number] for number in range(len(campaigns))]
        with ThreadPoolExecutor(len(campaigns)) as both:
            for done in [both.submit(one.repeat, part) for one, part in zip(campaigns, parts, strict=True)]:
                done.result()
    results = [result for campaign in campaigns for result in campaign.results]
    table = "\n".join(verdicts(results))
    print(f"\n{table}")
    if report:
        report.write_text(f"{table}\n", encoding="utf-8")
    return sum(not _right(one) for one in results)


def verdicts(results: list[Result]) -> Iterator[str]:
    """A table in Markdown: the bug, and the first thing that the judge said of it."""
    yield "| What the bot does | Verdict |\n|---|---|"
    for name, bug in BUGS.items():
        for one in (one for one in results if one.plan.planted == name):
            yield f"| {bug.says} | {_said(one)} |"
    for one in (one for one in results if not one.plan.planted):
        yield f"| No bug, {one.plan.name} | {_said(one)} |"


def _said(one: Result) -> str:
    wrong = one.verdict.wrong
    more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return f"red: {wrong[0]}{more}" if wrong else "green"


def _right(one: Result) -> bool:
    unplanted = any(f"ended with {UNPLANTED}," in line for line in one.verdict.wrong)
    return one.verdict.good != bool(one.plan.planted) and not unplanted


def _tell(one: Result) -> None:
    print(f"{'' if _right(one) else 'WRONG: '}{one.plan.name}: {_said(one)}", flush=True)


@contextmanager
def _databases(two: bool) -> Iterator[list[Databases]]:
    with tempfile.TemporaryDirectory(prefix="tocsin-torture-") as folder:
        if not two:
            yield [Sqlite(Path(folder))]
            return
        with databases.server() as url:
            server = Postgresql(url)
            yield [Sqlite(Path(folder)), server]
            server.close()
