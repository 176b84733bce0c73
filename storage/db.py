"""Opens the database and hands out transactions: one writer at a time on SQLite, row locks on PostgreSQL.

That it is lost, and that it is back, is said here, once each; whoever asks for it gets the error and tries again.
"""

import logging
import os
import shutil
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache
from sqlmodel import Session

from storage import loss
from storage.filelock import FileLock
from storage.loss import SameFile
from storage.models import Setting
from storage.postgres import postgres, require_direct
from storage.upsert import put

PROBE = "probe"
FILLER = 8192
"""Characters that the probe writes: more than one page, so that it needs room."""
LEAST_SPACE = 4 * 1024 * 1024
_log = logging.getLogger(__name__)
CHECKPOINT = 10_000
"""Pages of the log (40 MB) after which a commit moves them into the file itself, should nobody else have."""

CONNECTION = {"check_same_thread": False, "timeout": 5, "cached_statements": 512}
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


class FairLock:
    """A lock that serves its waiters in the order they came; threading.Lock lets a busy thread starve the others."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


class Database:
    """`write()` is a transaction that may change rows, `read()` one that cannot. Both yield a Session."""

    def __init__(self, url: str, *, readers: int = 8, exclusive: bool = True) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock = FairLock()
        self._away = ""
        self._file: SameFile | None = None
        self.file_lock: FileLock | None = None
        if self.is_sqlite:
            if exclusive:
                self.file_lock = FileLock(Path(f"{self.url.database}.lock"))
                self.file_lock.acquire()
                _private(Path(f"{self.url.database}"))
                self._file = SameFile(Path(f"{self.url.database}"))
            self._writer = _sqlite(self.url, size=1, begin="BEGIN IMMEDIATE", readonly=not exclusive)
            self._reader = _sqlite(self.url, size=readers, begin="BEGIN", readonly=True)
        else:
            self._writer = postgres(self.url, size=readers + 8, writes=exclusive)
            # A delivery is composed from several looks: one must not see the card owed, and the next see it sent.
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ")

    @property
    def engine(self) -> Engine:
        """The engine migrations run on."""
        return self._writer

    def require_direct(self) -> None:
        """Raises Pooled when PostgreSQL is reached through a pooler that keeps our settings to itself."""
        if not self.is_sqlite:
            require_direct(self._writer)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._told():
            if self.is_sqlite:
                with self._lock, self._transaction(self._writer) as session:
                    if self._file:
                        self._file.require()
                    yield session
            else:
                with self._transaction(self._writer) as session:
                    yield session
        if self._away:
            self._away = ""
            _log.info("the database is back")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view; nothing that happens in it is kept."""
        with self._told(), Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Says once that it is lost, and why."""
        try:
            yield
        except loss.GONE as error:
            if (why := loss.reason(error)) and not self._away:
                self._away = why
                _log.error("the database is lost: %s. It is tried again until it is back", why)
            raise

    def probe(self) -> None:
        """Writes for good. Raises when that is not possible."""
        with self.write() as session:
            put(session, Setting(key=PROBE, value={"filler": os.urandom(FILLER // 2).hex()}))

    def trouble(self) -> str:
        """Why it cannot be written to, or soon cannot; "" when all is well."""
        try:
            self.probe()
        except Exception as error:
            return f"cannot be written to: {loss.reason(error) or type(error).__name__}"
        if self.is_sqlite and self.url.database:
            left = shutil.disk_usage(Path(self.url.database).absolute().parent).free
            if left < LEAST_SPACE:
                return f"its disk is nearly full, {left // 1024} KiB are left: make room on it"
        return ""

    def checkpoint(self) -> None:
        """Moves what was committed from SQLite's log into its file, beside the writers, so that no commit has to."""
        if self.is_sqlite:
            connection = self._reader.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                connection.close()

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()
        if self.file_lock:
            self.file_lock.release()

    @staticmethod
    @contextmanager
    def _transaction(engine: Engine) -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session


def _private(path: Path) -> None:
    """A new database is its owner's only; SQLite gives the files beside it the same mode. One that is there stays."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _sqlite(url: URL, *, size: int, begin: str, readonly: bool) -> Engine:
    """What one engine has compiled serves the other engines of the process too: the writer and the readers ask much the
    same, and to compile it costs ten times as much as to run it."""
    dialect = _dialect()
    where, options = dialect.create_connect_args(url)
    connect = partial(dialect.connect, *where, **{**options, **CONNECTION})
    pool = QueuePool(connect, pool_size=size, max_overflow=0, timeout=30, dialect=dialect)
    engine = Engine(pool, dialect, url, execution_options={"compiled_cache": _COMPILED})

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000",
                       f"wal_autocheckpoint={CHECKPOINT}", "journal_size_limit=67108864",
                       "trusted_schema=OFF"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        if readonly:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


@cache
def _dialect() -> Dialect:
    """SQLite's, once for all engines: SQLAlchemy keeps what it has compiled by dialect. It is complete when it has seen
    a connection."""
    with create_engine("sqlite://").connect() as connection:
        return connection.dialect
