"""Whoever may read the database is an operator, so a new one is readable by its owner only, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from storage.db import Database


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    database = Database(f"sqlite:///{folder / 'tocsin.db'}")
    schema.ready(database.engine, migrate=True)
    found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    database.close()
    return found


def test_a_new_database_is_its_owners_only(tmp_path: Path) -> None:
    names = ("tocsin.db", "tocsin.db-wal", "tocsin.db-shm", "tocsin.db.lock")
    assert modes(tmp_path) == dict.fromkeys(names, 0o600)


def test_a_database_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "tocsin.db").touch()
    (tmp_path / "tocsin.db").chmod(0o640)
    assert modes(tmp_path)["tocsin.db"] == 0o640
