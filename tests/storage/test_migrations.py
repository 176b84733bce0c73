"""The migrations lead to exactly what the models say, once, from empty or old, and never from newer."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from storage import claims, outbox, schema
from storage.db import Database


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    with database.engine.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{table}"' + ("" if database.is_sqlite else " CASCADE")))
    yield database
    database.close()


def test_migrations_and_models_say_the_same(empty: Database) -> None:
    schema.upgrade(empty.engine)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_unique_keys_are_those_of_the_models(empty: Database) -> None:
    """Autogenerate does not see every constraint on SQLite, so they are compared by hand."""
    schema.upgrade(empty.engine)
    found = inspect(empty.engine)
    for table in SQLModel.metadata.sorted_tables:
        wanted = {tuple(sorted(c.name for c in one.columns)) for one in table.constraints if one.__visit_name__ ==
                  "unique_constraint"}  # fmt: skip
        there = {tuple(sorted(one["column_names"])) for one in found.get_unique_constraints(table.name)}
        assert there == wanted, table.name


def test_the_second_start_changes_nothing(empty: Database) -> None:
    assert schema.upgrade(empty.engine) is True
    assert schema.upgrade(empty.engine) is False
    schema.ready(empty.engine, migrate=False)


def test_the_list_of_revisions_is_the_list_of_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    files = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(files)) == schema.REVISIONS


def test_an_empty_database_is_refused_until_it_is_migrated(empty: Database) -> None:
    with pytest.raises(schema.SchemaProblem, match="no tables yet: run `tocsin migrate`"):
        schema.ready(empty.engine, migrate=False)


def test_a_newer_database_is_refused_and_left_alone(empty: Database) -> None:
    schema.upgrade(empty.engine)
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("DELETE FROM setting"))
    for migrate in (True, False):
        with pytest.raises(
            schema.SchemaProblem, match=f"schema 9999, and this Tocsin knows {schema.REVISIONS[-1]} at most"
        ):
            schema.ready(empty.engine, migrate=migrate)


def _cut_short(database: Database) -> None:
    with database.engine.begin() as connection:
        schema._upgrade(connection)
        raise RuntimeError("cut short")


def test_a_migration_that_breaks_leaves_nothing(empty: Database) -> None:
    with pytest.raises(RuntimeError, match="cut short"):
        _cut_short(empty)
    assert inspect(empty.engine).get_table_names() == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite serves one process
def test_replicas_that_start_together_migrate_once(empty: Database) -> None:
    results: list[bool] = []
    threads = [threading.Thread(target=lambda: results.append(schema.upgrade(empty.engine))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, False, False, True]


def test_the_folder_may_have_a_strange_name(tmp_path: Path) -> None:
    folder = tmp_path / "50% off, ünïcode"
    folder.mkdir()
    database = Database(f"sqlite:///{folder}/t.db")
    assert schema.upgrade(database.engine)
    database.close()


NEXT = "ALTER TABLE delivery ADD COLUMN color VARCHAR"


def grown(database: Database, serves: str = schema.REVISIONS[-1]) -> None:
    """What the migration of a newer release leaves: a column, a revision, and which releases may go on beside it."""
    with database.engine.begin() as connection:
        connection.execute(text(NEXT))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        told = {"key": schema.BESIDE, "value": f'"{serves}"'}
        connection.execute(text("UPDATE setting SET value = :value WHERE key = :key"), told)


def test_a_release_serves_beside_a_newer_schema_that_has_only_grown(empty: Database) -> None:
    schema.upgrade(empty.engine)
    grown(empty)
    for migrate in (True, False):
        schema.ready(empty.engine, migrate=migrate)
    with empty.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        with pytest.raises(schema.SchemaProblem, match="schema 9999"):
            schema.is_ours(connection)  # a copy of it would lose what is not known here


def test_a_release_that_a_newer_schema_does_not_serve_is_refused(empty: Database) -> None:
    schema.upgrade(empty.engine)
    grown(empty, serves="9998")
    with pytest.raises(schema.SchemaProblem, match="start the newer release again"):
        schema.ready(empty.engine, migrate=True)


def _columns(database: Database, revision: str) -> dict[tuple[str, str], bool]:
    """Of a database at this revision: (table, column) -> whether who inserts a row has to fill it."""
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    found = inspect(database.engine)
    return {
        (table, column["name"]): not column["nullable"] and column["default"] is None
        for table in found.get_table_names()
        for column in found.get_columns(table)
    }


def test_since_the_oldest_schema_that_is_served_tables_have_only_grown(empty: Database) -> None:
    """Whoever takes something away, or wants something filled, moves SERVES in the same commit."""
    then, now = _columns(empty, schema.SERVES), _columns(empty, "head")
    assert then.keys() - now.keys() == set(), "a replica of the release before still reads it"
    tables = {table for table, _ in then}
    must = {column for column, filled in now.items() if filled and column[0] in tables}
    assert must - {column for column, filled in then.items() if filled} == set(), "it does not know this one"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_migration_passes_under_a_replica_at_work(empty: Database) -> None:
    """Its statements are prepared on the server by then."""
    schema.upgrade(empty.engine)
    at = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

    def work(n: int) -> None:
        row = {"key": f"k{n}", "kind": "dm", "lane": f"l{n}", "after": None, "once": None, "priority": 5, "payload": {},
               "created_at": at, "not_before": at}  # fmt: skip
        with empty.write() as session:
            owed = outbox.add(session, row) or 0
        with empty.write() as session:
            assert claims.claim(session, at, lease="x", seconds=9, ids=[owed])

    for n in range(12):
        work(n)
    newer = Database(empty.url.render_as_string(hide_password=False))
    grown(newer)
    newer.close()
    for n in range(12, 24):
        work(n)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_migration_waits_for_a_backup_without_holding_up_anybody(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for a table holds up all who come later: it stands back, and tries again."""
    _columns(empty, "0001")
    monkeypatch.setattr(schema, "PATIENCE", 1)
    backup = empty.engine.connect()
    backup.execute(text("SELECT count(*) FROM calendarimport"))

    class Pause:
        def wait(self, seconds: float) -> None:
            with empty.read() as session:
                session.execute(text("SELECT count(*) FROM calendarimport"))  # nobody waits in line meanwhile
            backup.close()

    monkeypatch.setattr(schema, "_pause", Pause())
    assert schema.upgrade(empty.engine) is True


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_table_that_is_never_let_go_is_said_and_nothing_is_changed(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _columns(empty, "0001")
    monkeypatch.setattr(schema, "PATIENCE", 1)
    monkeypatch.setattr(schema, "TRIES", 2)
    monkeypatch.setattr(schema, "BETWEEN", 0)
    with empty.engine.connect() as backup:
        backup.execute(text("SELECT count(*) FROM calendarimport"))
        with pytest.raises(schema.SchemaProblem, match="a backup perhaps"):
            schema.upgrade(empty.engine)
    with empty.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
