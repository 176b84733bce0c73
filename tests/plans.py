"""What a database does for each statement that was run: what it reads of tables that grow with every incident."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.sql import Literal
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL

from tests.past import GROWING

MOST_ROWS = 1000
"""What the longest list takes: a hundred that were cancelled, where a tenth was."""
MOST_STEPS = 10_000
"""Instructions of SQLite's machine, for as many rows with all their columns."""
GRAIN = 10
_LISTS = re.compile(r"\((?:\?|%\(\w+\)s(?:::\w+)?)(?:, (?:\?|%\(\w+\)s(?:::\w+)?))+\)")
_KINDS = ("SELECT", "UPDATE", "DELETE", "WITH")


@dataclass
class Statements:
    """Every statement that was sent to one database, but for the lengths of lists, with the parameters it had first."""

    url: URL
    seen: dict[str, tuple[str, Any]] = field(default_factory=dict)

    @contextmanager
    def listening(self) -> Iterator["Statements"]:
        event.listen(Engine, "before_cursor_execute", self._note)
        try:
            yield self
        finally:
            event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, connection: Any, _: Any, statement: str, parameters: Any, __: Any, many: bool) -> None:
        if connection.engine.url == self.url and statement.lstrip().startswith(_KINDS):
            alike = _LISTS.sub("(...)", statement)
            self.seen.setdefault(alike, (statement, parameters[0] if many else parameters))

    def costly(self) -> Iterator[str]:
        """One paragraph for each statement that reads more of a growing table than what it is about."""
        judge = _sqlite if self.url.get_backend_name() == "sqlite" else _postgres
        with judge(self.url) as judged:
            for alike, (statement, parameters) in sorted(self.seen.items()):
                if not any(table in alike for table in GROWING):
                    continue
                if reason := judged(statement, parameters):
                    yield f"{reason}\n    {' '.join(alike.split())}\n    {str(parameters)[:300]}"


@contextmanager
def _sqlite(url: URL) -> Iterator[Any]:
    with closing(sqlite3.connect(str(url.database), isolation_level=None)) as database:

        def judged(statement: str, parameters: Any) -> str:
            plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            steps = _steps(database, statement, parameters)
            scans = [line for line in plan if _is_scan(line, statement)]
            return f"{steps} steps; {'; '.join(plan)}" if scans or steps > MOST_STEPS else ""

        yield judged


def _is_scan(line: str, statement: str) -> bool:
    """A whole growing table, from one end to the other; not the newest rows, nor an index that holds few.

    Whether the newest rows are found at once, the steps tell.
    """
    found = re.match(r"SCAN (\w+?)(?:_\d+)?(?: USING (?:COVERING )?INDEX (\w+))?$", line)
    return found is not None and found[1] in GROWING and found[2] not in _few() and "LIMIT" not in statement


def _few() -> frozenset[str]:
    """Indexes that hold only what is open."""
    from sqlmodel import SQLModel

    indexes = [index for table in SQLModel.metadata.tables.values() for index in table.indexes]
    return frozenset(str(one.name) for one in indexes if one.dialect_options["sqlite"]["where"] is not None)


def _steps(database: sqlite3.Connection, statement: str, parameters: Any) -> int:
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += GRAIN

    database.execute("BEGIN")
    database.set_progress_handler(step, GRAIN)
    try:
        database.execute(statement, parameters).fetchall()
    finally:
        database.set_progress_handler(None, 0)
        database.execute("ROLLBACK")
    return steps


WINDOWS = ("page.owed_at >=", "pagestep.settled_at >=", "incident.resolved_at >=")
"""Conditions that a plan made for any parameters takes for a third of the table; PostgreSQL sees that it is dearer than
a plan for the days that are asked about, and makes that one each time."""
RUNS = 7


@contextmanager
def _postgres(url: URL) -> Iterator[Any]:
    """The plan that a prepared statement gets from its sixth execution on: made for any parameters."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True, prepare_threshold=None) as database:
        database.execute("SET timezone = 'UTC'")

        def judged(statement: str, parameters: Any) -> str:
            names: list[str] = []
            prepared = re.sub(r"%\((\w+)\)s", lambda found: _place(names, found[1]), statement).replace("%%", "%")
            database.execute(f"PREPARE judged AS {prepared}")
            given = ", ".join(Literal(parameters[name]).as_string(database) for name in names)
            call = f"EXECUTE judged({given})" if names else "EXECUTE judged"
            database.execute("BEGIN")
            mode = "auto" if any(window in statement for window in WINDOWS) else "force_generic_plan"
            database.execute(f"SET LOCAL plan_cache_mode = {mode}")
            try:
                for _ in range(RUNS):
                    database.execute(f"EXPLAIN {call}")
                explained = database.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {call}").fetchone()
            finally:
                database.execute("ROLLBACK")
                database.execute("DEALLOCATE judged")
            assert explained is not None
            nodes = [one for one in _nodes(explained[0][0]["Plan"]) if _visited(one) > MOST_ROWS]
            return "; ".join(f"{_visited(one)} rows by {_named(one)}" for one in nodes)

        yield judged


def _place(names: list[str], name: str) -> str:
    if name not in names:
        names.append(name)
    return f"${names.index(name) + 1}"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if plan["Node Type"].endswith("Scan") and "CTE" not in plan["Node Type"]:
        yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _visited(node: dict[str, Any]) -> int:
    left = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + left) * node["Actual Loops"])


def _named(node: dict[str, Any]) -> str:
    shown = ("Node Type", "Relation Name", "Index Name", "Index Cond", "Filter")
    return json.dumps({name: node[name] for name in shown if name in node})
