"""The migrations lead to exactly what the models say, once, from empty or old, and never from newer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from storage import schema
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
