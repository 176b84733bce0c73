"""The engine of PostgreSQL: its limits, and how it stays usable when the server changes under it."""

import logging
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.util.queue import Empty

from storage.loss import READ_ONLY, TOO_MANY, Pooled

SETTINGS = {"lock_timeout": "5s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "15s"}
logging.getLogger(f"{__name__}.Patient").setLevel(logging.WARNING)
"""SQLAlchemy tells under the name of the class that a pool was made anew; our log is for what is wrong."""
LOOK = 0.25
"""Seconds between two looks for a connection that somebody has given back, while the server gives no more."""


class Patient(QueuePool):
    """Where the server gives no further connection, one of those that we have is waited for."""

    def _do_get(self) -> ConnectionPoolEntry:
        waited = 0.0
        while True:
            try:
                return super()._do_get()
            except OperationalError as error:
                if waited >= self._timeout or not _is_full(error.orig):
                    raise
            except Exception as error:  # the pool calls the driver itself
                if waited >= self._timeout or not _is_full(error):
                    raise
            try:
                return self._pool.get(True, LOOK)
            except Empty:
                waited += LOOK


def _is_full(error: BaseException | None) -> bool:
    text = str(error).lower()
    return getattr(error, "sqlstate", None) == TOO_MANY or any(
        words in text for words in ("too many connections", "too many clients", "remaining connection slots")
    )


def postgres(url: URL, *, size: int, writes: bool = True) -> Engine:
    """Twenty-four connections at most, each with its own time limits; `writes`: none to a server that is read-only."""
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    engine = create_engine(
        url,
        poolclass=Patient,
        pool_size=size,
        max_overflow=8,
        pool_timeout=30,
        pool_pre_ping=True,
        connect_args={
            "options": f"{options} -c timezone=UTC",
            "connect_timeout": 5,
            # after a failover the former server may still answer, and can only be read
            **({"target_session_attrs": "read-write"} if writes and "target_session_attrs" not in url.query else {}),
            # a server that vanished without a word (failover, partition) is noticed before a minute is over
            "tcp_user_timeout": 10_000,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
        },
    )

    @event.listens_for(engine, "handle_error")
    def leave(context: Any) -> None:
        """A server that became read-only is left: every connection to it is closed, and the next finds another."""
        if getattr(context.original_exception, "sqlstate", None) == READ_ONLY:
            context.is_disconnect = True

    return engine


def require_direct(engine: Engine) -> None:
    """Raises Pooled when what we set for a connection does not reach the server: a pooler is in between."""
    try:
        with engine.connect() as connection:
            held = connection.exec_driver_sql("SHOW lock_timeout").scalar()
    except OperationalError as error:
        if "unsupported startup parameter" in str(error.orig):
            raise Pooled(POOLER) from None
        raise
    if held != SETTINGS["lock_timeout"]:
        raise Pooled(POOLER)


POOLER = (
    "PostgreSQL is reached through a pooler that does not pass on the settings of a connection, such as pgbouncer in "
    "transaction mode. Set DATABASE_URL to the address of the server itself: Tocsin keeps its own pool of connections."
)
