"""The whole database at a command line: kept while the bot runs, put back, and moved to PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel, select

from storage import schema
from storage.db import Database
from tests.stories.terminal import DECLARE, Terminal


def spoil(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    with database.write() as session:
        session.execute(text("UPDATE journalentry SET actor = 'mallory' WHERE subject = 'incident:1' AND n = 2"))
    database.close()


def test_a_backup_is_made_beside_a_running_bot_and_put_back(
    tocsin: Terminal, running: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tocsin(*DECLARE)
    assert "backup.db holds 1 incident and" in tocsin("backup", "backup.db")
    left = sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("backup"))
    assert left == ["backup.db"], "one file, with nothing beside it"
    assert os.stat("backup.db").st_mode & 0o077 == 0
    assert "is never overwritten" in tocsin.refuses("backup", "backup.db")
    tocsin("incident", "note", "1", "after the backup")
    assert "never overwritten: stop the bot" in tocsin.refuses("restore", "backup.db")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.db")
    Path("other.db-wal").touch()
    assert "left of another database" in tocsin.refuses("restore", "backup.db")
    Path("other.db-wal").unlink()
    assert "are still owed in it" in tocsin("restore", "backup.db")
    assert "every chain holds" in tocsin("audit", "verify")
    assert "after the backup" not in tocsin("incident", "timeline", "1")
    tocsin("incident", "note", "1", "life goes on")


def test_a_copy_that_was_tampered_with_is_kept_but_not_put_back(
    tocsin: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nothing to back up" in tocsin.refuses("backup", "backup.db")
    tocsin(*DECLARE)
    spoil(tmp_path / "tocsin.db")
    assert "incident:1: entry 2" in tocsin.refuses("backup", "backup.db")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.db")
    assert "incident:1: entry 2" in tocsin.refuses("restore", "backup.db")
    Path("letter.db").write_text("this is a letter, and no database at all" * 50)
    assert "letter.db cannot be copied" in tocsin.refuses("restore", "letter.db")
    assert "no file" in tocsin.refuses("restore", "lunch.db")
    assert not list(tmp_path.glob("other.db*.part"))
    assert not Path("other.db").exists()


@pytest.fixture
def elsewhere(postgres_url: str) -> Iterator[str]:
    """An empty PostgreSQL database."""
    name = f"empty_{uuid4().hex[:8]}"
    administration = create_engine(make_url(postgres_url), isolation_level="AUTOCOMMIT")
    with administration.connect() as run:
        run.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
        run.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    administration.dispose()


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    database = Database(url)
    with database.read() as session:
        found = {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in SQLModel.metadata.sorted_tables
        }
    database.close()
    return found


def test_everything_moves_to_postgresql(
    tocsin: Terminal, elsewhere: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "nothing to copy" in tocsin.refuses("copy", "--to", elsewhere)
    tocsin(*DECLARE)
    tocsin("incident", "vendor", "1", "aws", "CASE-7")
    tocsin("incident", "ack", "1", "--as", "ana")
    held = Database("sqlite:///tocsin.db")
    assert "is in use by another Tocsin" in tocsin.refuses("copy", "--to", elsewhere)
    held.close()
    assert "--to takes the address" in tocsin.refuses("copy", "--to", "sqlite:///other.db")
    said = tocsin("copy", "--to", elsewhere)
    assert "every chain holds there" in said
    assert "start no bot on it any more" in said
    assert rows(elsewhere) == rows("sqlite:///tocsin.db")
    assert "is not empty" in tocsin.refuses("copy", "--to", elsewhere)
    monkeypatch.setenv("DATABASE_URL", elsewhere)
    tocsin("incident", "note", "1", "goes on there")  # new rows get numbers of their own
    tocsin("incident", "page", "1", "bo")
    assert "every chain holds" in tocsin("audit", "verify")
    for command, sentence in (("backup", "pg_dump"), ("restore", "pg_restore")):
        assert sentence in tocsin.refuses(command, "copy.db")
    assert "PostgreSQL already" in tocsin.refuses("copy", "--to", elsewhere)


def test_a_broken_chain_is_not_moved(tocsin: Terminal, elsewhere: str, tmp_path: Path) -> None:
    tocsin(*DECLARE)
    spoil(tmp_path / "tocsin.db")
    assert "incident:1: entry 2" in tocsin.refuses("copy", "--to", elsewhere)
    there = rows(elsewhere)
    assert there.pop("setting") == [(schema.BESIDE, schema.SERVES)], "what its migration wrote, and nothing of ours"
    assert not any(there.values())
