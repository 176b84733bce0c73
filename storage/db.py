"""Opens the database and hands out transactions: one writer at a time on SQLite, row locks on PostgreSQL."""

import os
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from storage.filelock import FileLock

CHECKPOINT = 10_000
"""Pages of the log (40 MB) after which a commit moves them into the file itself, should nobody else have."""


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
        self.file_lock: FileLock | None = None
        if self.is_sqlite:
            if exclusive:
                self.file_lock = FileLock(Path(f"{self.url.database}.lock"))
                self.file_lock.acquire()
                _private(Path(f"{self.url.database}"))
            self._writer = _sqlite(self.url, size=1, begin="BEGIN IMMEDIATE", readonly=not exclusive)
            self._reader = _sqlite(self.url, size=readers, begin="BEGIN", readonly=True)
        else:
            self._writer = _postgres(self.url, size=readers + 8)
            # A delivery is composed from several looks: one must not see the card owed, and the next see it sent.
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ")

    @property
    def engine(self) -> Engine:
        """The engine migrations run on."""
        return self._writer

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        if self.is_sqlite:
            with self._lock, self._transaction(self._writer) as session:
                yield session
        else:
            with self._transaction(self._writer) as session:
                yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view; nothing that happens in it is kept."""
        with Session(self._reader, autoflush=False) as session:
            yield session

    def probe(self) -> None:
        """Raises when the database cannot be written to."""
        with self.write() as session:
            session.execute(text("UPDATE timer SET due_at = due_at WHERE kind = ''"))

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
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=30,
        connect_args={"check_same_thread": False, "timeout": 5, "cached_statements": 512},
    )

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


def _postgres(url: URL, *, size: int) -> Engine:
    options = "-c lock_timeout=5000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=15000"
    return create_engine(
        url,
        pool_size=size,
        max_overflow=8,
        pool_pre_ping=True,
        connect_args={
            "options": f"{options} -c timezone=UTC",
            "connect_timeout": 5,
            # a server that vanished without a word (failover, partition) is noticed before a minute is over
            "tcp_user_timeout": 10_000,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
        },
    )
