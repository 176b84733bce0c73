"""Whether an error means that the database cannot be used now, and the sentence that says why and what to do."""

import os
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

GONE = (DBAPIError, TimeoutError)
"""What is raised by a database that is away, among others: `reason` tells which mean that."""
READ_ONLY, TOO_MANY = "25006", "53300"
HELD = ("55P03", "40P01", "57014")
"""The wait for a lock was too long or would never have ended, or a statement took too long."""
_SAYS = (
    ("unsupported startup parameter", "a pooler (pgbouncer) stands in between: give Tocsin the server's own address"),
    ("disk is full", "the disk is full: make room on it"),
    ("could not extend file", "the disk of the server is full: make room on it"),
    ("no space left", "the disk is full: make room on it"),
    ("readonly", "the file cannot be written to: check its owner, its folder and how the disk is mounted"),
    ("unable to open", "the file cannot be opened: check its owner, its folder and how the disk is mounted"),
    ("disk i/o", "the disk does not read or write: look at the system's log"),
    ("malformed", "the file is damaged: restore a backup with `tocsin restore`"),
    ("not a database", "the file is no database: restore a backup with `tocsin restore`"),
    ("session is read-only", "the server is read-only: Tocsin looks for one that is not"),
    ("too many connections", "the server gives no connection: raise its limit, or that of the role"),
    ("too many clients", "the server gives no connection: raise its limit, or that of the role"),
    ("remaining connection slots", "the server gives no connection: raise its limit, or that of the role"),
    ("password authentication failed", "the server refuses the password in DATABASE_URL"),
    ("does not exist", "the server has no such database or role: check DATABASE_URL"),
)  # fmt: skip
_STATES = {READ_ONLY: "the server is read-only: Tocsin looks for one that is not", "53100": _SAYS[2][1]}
_AWAY = "the server does not answer"


class DatabaseLost(OperationalError):
    """The file under us is not the one that was opened; whatever is written to it is gone with the next start."""

    def __init__(self, path: Path) -> None:
        said = (
            f"{path} was removed or replaced while Tocsin ran: put it back, or restore a backup, and start Tocsin again"
        )
        super().__init__(said, None, Exception(said))

    def __str__(self) -> str:
        return str(self.statement)


class Pooled(Exception):
    """PostgreSQL is reached through a pooler; the text says what to do."""


def reason(error: BaseException) -> str:
    """Why the database cannot be used; "" when the error is about one statement: a lock, a time limit, a rule."""
    if isinstance(error, DatabaseLost):
        return str(error)
    if isinstance(error, TimeoutError):
        return "no connection was free for half a minute"
    if not isinstance(error, DBAPIError):
        return ""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    text = str(error.orig).lower()
    if state in _STATES:
        return _STATES[state]
    if state and state[:2] not in ("08", "57", "53", "3D", "28") and not error.connection_invalidated:
        return ""
    if state == "57014":  # a statement took too long and was broken off
        return ""
    said = next((sentence for words, sentence in _SAYS if words in text), "")
    if said or error.connection_invalidated:
        return said or _AWAY
    kind = type(error.orig).__module__
    return _AWAY if kind.startswith("psycopg") and isinstance(error, OperationalError) else ""


def is_held(error: BaseException) -> bool:
    """Whether a statement gave up because another process holds what it needs: the next try may get it."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "") in HELD


class SameFile:
    """Whether a SQLite file, and the log beside it, are still those that were opened."""

    def __init__(self, path: Path) -> None:
        self._path, self._known = path, dict[str, tuple[int, int]]()

    def require(self) -> None:
        """Raises DatabaseLost."""
        for name in (str(self._path), f"{self._path}-wal"):
            try:
                status = os.stat(name)
                found = (status.st_dev, status.st_ino)
            except OSError:
                found = (0, 0)
            if name not in self._known:
                if found != (0, 0):
                    self._known[name] = found
            elif found != self._known[name]:
                raise DatabaseLost(self._path)
