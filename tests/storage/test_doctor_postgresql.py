"""What the doctor says of a PostgreSQL server: rules over its answers, and a real server in the states it can be in."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from bot.cli.doctor import postgresql as doctor
from storage.db import Database

SURE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "synchronous_standby_names": "ANY 1 (*)"}
NAMED, UNNAMED = SURE, SURE | {"synchronous_standby_names": ""}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (SURE, []),
        (SURE | {"synchronous_commit": "local"}, []),
        (SURE | {"fsync": "off"}, ["fsync"]),
        (SURE | {"full_page_writes": "off", "synchronous_commit": "off"}, ["full_page_writes", "synchronous_commit"]),
    ],
)
def test_what_a_crash_of_the_server_may_lose(settings: dict[str, str], said: list[str]) -> None:
    found = list(doctor.durable(settings))
    assert [one.said.split()[0] for one in found] == said
    assert {one.state for one in found} <= {"failed"}


def row(sync: str | None, state: str | None = "streaming", name: str | None = "db2") -> dict[str, Any]:
    return {"name": name, "state": state, "sync": sync}


@pytest.mark.parametrize(
    ("settings", "standbys", "cause"),
    [
        (UNNAMED, [], ""),
        (NAMED, [row("quorum")], ""),
        (NAMED, [row("sync"), row("async", name="db3")], ""),
        (NAMED, [row(None, None)], ""),
        (UNNAMED, [row("async", "backup")], ""),
        (UNNAMED, [row("async")], "synchronous_standby_names is empty"),
        (UNNAMED, [row(None, None, None)], "synchronous_standby_names is empty"),
        (NAMED, [row("async")], "none of them is waited for"),
        (NAMED | {"synchronous_commit": "local"}, [row("sync")], "synchronous_commit is local"),
        (NAMED | {"synchronous_commit": "off"}, [row("sync")], "synchronous_commit is off"),
    ],
)
def test_what_a_failover_may_lose(settings: dict[str, str], standbys: list[dict[str, Any]], cause: str) -> None:
    found = list(doctor.standby(settings, standbys))
    assert len(found) == bool(cause)
    assert all(cause in one.said and "failover" in one.said and one.fix for one in found)


@pytest.mark.parametrize(
    ("who", "seconds", "fix"),
    [
        ("process 7", None, ""),
        ("process 7", doctor.OLD - 1, ""),
        ("process 7", doctor.OLD, "pg_terminate_backend(7)"),
        ("prepared transaction", 9e5, "ROLLBACK PREPARED 'x'"),
    ],
)
def test_what_keeps_rows_from_being_cleared_away(who: str, seconds: float | None, fix: str) -> None:
    found = list(doctor.snapshots([{"who": who, "name": "x", "seconds": seconds}]))
    assert len(found) == bool(fix)
    assert all(fix in one.fix for one in found)


@pytest.mark.parametrize(
    ("active", "status", "said"),
    [(True, "reserved", ""), (False, "reserved", "keeps 3 MB"), (False, "lost", "is of no use any more")],
)
def test_a_slot_from_which_no_one_reads(active: bool, status: str, said: str) -> None:
    found = list(doctor.abandoned([{"name": "old", "active": active, "status": status, "held": 3 * 2.0**20}]))
    assert len(found) == bool(said)
    assert all(said in one.said and "pg_drop_replication_slot('old')" in one.fix for one in found)


@pytest.fixture
def server(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_real_server_in_these_states(server: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the tests writes nothing for good, so that this is said too."""
    slot = f"left_{uuid4().hex[:8]}"

    def found() -> set[str]:
        return {
            f"{one.name}: {one.said}" for one in doctor.examine(server) if slot in one.said or one.name != doctor.SLOT
        }

    assert {one.partition(":")[0] for one in found()} <= {doctor.DURABLE}
    with server.engine.connect() as other:
        other.exec_driver_sql("SELECT pg_create_physical_replication_slot(%s, true)", (slot,))
        other.commit()
        other.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        pid = other.exec_driver_sql("SELECT pg_backend_pid() FROM incident").scalar()
        pid = pid or other.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        monkeypatch.setattr(doctor.snapshots, "__defaults__", (0.0,))
        try:
            said = " ".join(found())
            assert f"process {pid} has been open" in said
            assert f"no one reads from {slot}" in said
        finally:
            other.exec_driver_sql("SELECT pg_drop_replication_slot(%s)", (slot,))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_has_no_server(server: Database) -> None:
    assert list(doctor.examine(server)) == []
