"""The doctor's look at the PostgreSQL server: what could lose an acknowledged page, or makes everything slower in time.

The server is asked once; what its answers mean are pure functions over them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.cli.finding import Finding, failed, warning
from storage.db import Database

Row = Mapping[str, Any]
OLD = 1800.0
"""Seconds for which a transaction may keep rows from being cleared away; a nightly backup takes less."""
DURABLE = "PostgreSQL commits"
STANDBY = "standby"
SNAPSHOT = "old transaction"
SLOT = "replication slot"
_SETTINGS = """SELECT name, setting FROM pg_settings
WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'synchronous_standby_names')"""
_STANDBYS = "SELECT application_name AS name, state, sync_state AS sync FROM pg_stat_replication"
_HOLDERS = """SELECT 'process ' || pid AS who, coalesce(application_name, '') AS name,
extract(epoch FROM now() - xact_start)::float AS seconds FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'
AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
UNION ALL SELECT 'prepared transaction', gid, extract(epoch FROM now() - prepared)::float FROM pg_prepared_xacts
WHERE database = current_database()"""
_SLOTS = """SELECT slot_name AS name, active, wal_status AS status, (pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()
THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, restart_lsn))::float AS held FROM pg_replication_slots
WHERE restart_lsn IS NOT NULL OR xmin IS NOT NULL OR catalog_xmin IS NOT NULL"""


def examine(database: Database) -> Iterator[Finding]:
    """What is wrong with the server; SQLite has none."""
    if database.is_sqlite:
        return
    with database.read() as session:
        ask = session.connection().exec_driver_sql
        settings = {str(name): str(setting) for name, setting in ask(_SETTINGS)}
        standbys, holders, slots = (
            [dict(row) for row in ask(query).mappings()] for query in (_STANDBYS, _HOLDERS, _SLOTS)
        )
    yield from durable(settings)
    yield from standby(settings, standbys)
    yield from snapshots(holders)
    yield from abandoned(slots)


def durable(settings: Mapping[str, str]) -> Iterator[Finding]:
    """Whether what was acknowledged outlives a crash of the server."""
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if settings.get(name) == "off":
            said = f"{name} is off: if the server crashes, pages that were acknowledged may be lost"
            yield failed(DURABLE, said, f"set {name} = on, for the server and for Tocsin's role.")


def standby(settings: Mapping[str, str], standbys: Iterable[Row]) -> Iterator[Finding]:
    """Whether it outlives a failover. A role without pg_monitor is told nothing of how a standby keeps up."""
    waits = settings.get("synchronous_commit") not in ("off", "local")
    named = bool(settings.get("synchronous_standby_names", "").strip())
    found = [one for one in standbys if one["state"] in (None, "streaming", "catchup")]
    if not found or (waits and named and any(one["sync"] in (None, "sync", "quorum") for one in found)):
        return
    names = ", ".join(sorted(str(one["name"] or "one without a name") for one in found))
    cause = "synchronous_standby_names is empty" if not named else "none of them is waited for"
    if named and not waits:
        cause = f"synchronous_commit is {settings['synchronous_commit']}"
    fix = "set synchronous_standby_names = 'ANY 1 (*)' and synchronous_commit = on, with two standbys or more: "
    yield warning(
        STANDBY,
        f"{names} may lag behind, since {cause}: after a failover the newest pages may be missing",
        f"{fix}with one alone, every commit waits while it is away.",
    )


def snapshots(holders: Iterable[Row], old: float = OLD) -> Iterator[Finding]:
    """Transactions that keep rows which nobody needs from being cleared away."""
    for one in sorted(holders, key=lambda one: -(one["seconds"] or 0)):
        if (seconds := one["seconds"] or 0) < old:
            continue
        name = f" ({one['name']})" if one["name"] else ""
        said = f"{one['who']}{name} has been open for {seconds / 60:.0f} min: meanwhile no outdated row is cleared away"
        if one["who"].startswith("process"):
            fix = f"end it: SELECT pg_terminate_backend({one['who'].removeprefix('process ')}); let a backup finish."
        else:
            fix = f"end it: ROLLBACK PREPARED '{one['name']}'; or COMMIT PREPARED, if it is to count."
        yield warning(SNAPSHOT, said, fix)


def abandoned(slots: Iterable[Row]) -> Iterator[Finding]:
    """Slots from which nobody reads: the server keeps its log for them until the disk is full."""
    for one in slots:
        if one["active"]:
            continue
        held = f"{(one['held'] or 0) / 2**20:.0f} MB of the server's log"
        fix = f"start its standby again, or drop it: SELECT pg_drop_replication_slot('{one['name']}')"
        if one["status"] == "lost":
            yield warning(SLOT, f"{one['name']} is of no use any more: the log that it needs is gone", f"{fix}.")
        else:
            said = f"no one reads from {one['name']}, which keeps {held}: it grows until the disk is full"
            yield warning(SLOT, said, f"{fix}.")
