"""A file lock beside a SQLite database: a second process is refused, and finds in the file whom to ask instead."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO, Any


class DatabaseInUse(Exception):
    """Another process holds the database. `holder` is what that process wrote about itself ({pid, url, token})."""

    def __init__(self, path: Path, holder: dict[str, Any]) -> None:
        self.holder = holder
        who = f" (process {holder['pid']})" if "pid" in holder else ""
        super().__init__(
            f"{path.with_suffix('')} is in use by another Tocsin{who}: SQLite serves one process. "
            "Stop that one, or use PostgreSQL (DATABASE_URL=postgresql+psycopg://...) to run several."
        )


class FileLock:
    """Held until the process ends, however it ends: the kernel lets go of a flock with the last descriptor."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = _parse(file.read())
            file.close()
            raise DatabaseInUse(self.path, holder) from None
        self._file = file
        self.describe({"pid": os.getpid()})

    def describe(self, holder: dict[str, Any]) -> None:
        """Tells a later process how to reach this one; the file is readable by its owner only."""
        if self._file:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(json.dumps(holder))
            self._file.flush()

    def release(self) -> None:
        if self._file:
            self._file.truncate(0)
            self._file.close()
            self._file = None


def _parse(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
