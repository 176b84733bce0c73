"""What many trials amount to, and many runs: a large run may be done in parts whose counts add up."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from tests.torture.campaign import Result

HEAD = ("Database", "Trial", "Trials", "Limits on", "Interruptions", "Incidents", "Pages", "Ways", "Lost", "Twice",
        "Too often", "Stuck", "Most leases", "Slowest restart to page, s")  # fmt: skip
MOST = ("leases", "recovery")
"""Of these the largest counts; of all else the sum."""
Name = tuple[str, str]


@dataclass
class Row:
    """Results of one kind on one database, added up. `kills`: everything that was killed, stopped or cut off."""

    trials: int = 0
    limits: int = 0
    kills: int = 0
    incidents: int = 0
    pages: int = 0
    ways: int = 0
    lost: int = 0
    doubled: int = 0
    excess: int = 0
    stuck: int = 0
    leases: int = 0
    recovery: float | None = None

    def add(self, other: "Row") -> None:
        for one in fields(self):
            mine, more = getattr(self, one.name), getattr(other, one.name)
            if one.name in MOST:
                setattr(self, one.name, max((value for value in (mine, more) if value is not None), default=None))
            else:
                setattr(self, one.name, mine + more)

    def cells(self) -> tuple[str, ...]:
        values: dict[str, Any] = asdict(self)
        recovery = values.pop("recovery")
        return (*map(str, values.values()), f"{recovery:.1f}" if recovery is not None else "")


def row_of(one: Result) -> Row:
    judged = one.verdict
    return Row(1, one.plan.limits, one.kills, judged.incidents, judged.pages, judged.ways, len(judged.lost),
               judged.doubled, len(judged.excess), len(judged.stuck), judged.leases, judged.recovery)  # fmt: skip


def rows(results: Iterable[Result]) -> dict[Name, Row]:
    """A row per database and kind of trial."""
    found: dict[Name, Row] = {}
    for one in results:
        found.setdefault((one.database, one.plan.kind), Row()).add(row_of(one))
    return found


def table(found: dict[Name, Row]) -> str:
    """The counts as a table in Markdown, the sum of all below."""
    whole = Row()
    for row in found.values():
        whole.add(row)
    lines = [HEAD, tuple("---" for _ in HEAD)]
    lines += [(*name, *row.cells()) for name, row in (*sorted(found.items()), (("all", ""), whole))]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def keep(path: Path, found: dict[Name, Row], command: str) -> None:
    """Adds the counts of one run to a file, a line for each run."""
    listed = [{"database": database, "kind": kind, **asdict(row)} for (database, kind), row in found.items()]
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"command": command, "rows": listed}) + "\n")


def kept(path: Path) -> tuple[dict[Name, Row], list[str]]:
    """The sum of all runs that a file has, and their commands."""
    runs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found: dict[Name, Row] = {}
    for row in (row for run in runs for row in run["rows"]):
        found.setdefault((row.pop("database"), row.pop("kind")), Row()).add(Row(**row))
    return found, [str(run["command"]) for run in runs]
