"""Copies of a SQLite database that are whole: made beside a running bot, checked, and put in place in one step."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, func, select

from storage import journal, schema
from storage.db import Database
from storage.models import Delivery, DeliveryState, Incident, JournalEntry


class BackupProblem(Exception):
    """The copy cannot be made; the text is the sentence for the operator. Nothing was put in place."""


@dataclass(frozen=True)
class Contents:
    """What a database holds: its numbers, what it still owes, and a sentence for each chain that is broken."""

    incidents: int
    entries: int
    owed: int
    faults: tuple[str, ...]


def save(source: Path, target: Path, begins: Callable[[str], None] = lambda text: None) -> Contents:
    """A consistent copy of a database that may be in use. A broken chain does not keep it from being kept.

    `begins` is told what is done next.

    Raises BackupProblem when there is a target already, or the copy is no whole database.
    """
    begins(f"Copying {source} ({_size(source)})")
    with _in_place(source, target) as part:
        begins("Checking the journal of the copy")
        return _checked(part)


def restore(source: Path, target: Path, begins: Callable[[str], None] = lambda text: None) -> Contents:
    """Puts a copy where no database is. Raises BackupProblem, also when a chain of the copy is broken."""
    for left in (Path(f"{target}{end}") for end in ("-wal", "-shm", "-journal")):
        if left.exists():
            raise BackupProblem(f"{left} is left of another database: move it away first, it would be mixed in.")
    begins(f"Copying {source} ({_size(source)})")
    with _in_place(source, target) as part:
        begins("Checking the journal of the copy")
        found = _checked(part)
        if found.faults:
            raise BackupProblem(f"{source} was tampered with or is damaged: {'; '.join(found.faults)}")
        return found


def _size(file: Path) -> str:
    return f"{max(1, file.stat().st_size // 1_000_000)} MB"


@contextmanager
def _in_place(source: Path, target: Path) -> Iterator[Path]:
    """A copy under another name, which becomes `target` when the block ends well and is gone when it does not."""
    part = target.with_name(f"{target.name}.part")
    if target.exists():
        raise BackupProblem(f"{target} exists already: it is never overwritten.")
    _remove(part)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy(source, part)
        yield part
        _seal(part)
        os.link(part, target)  # unlike a rename it never replaces what somebody else has made meanwhile
        _sync(target.parent)
    except FileExistsError:
        raise BackupProblem(f"{target} exists already: it is never overwritten.") from None
    except OSError as error:
        raise BackupProblem(f"{target} cannot be written: {error.strerror}.") from None
    except sqlite3.Error as error:
        raise BackupProblem(f"{source} cannot be copied: {error}.") from None
    finally:
        _remove(part)


def _copy(source: Path, part: Path) -> None:
    """By SQLite's own backup interface: one moment of the database, commits beside the file included."""
    with closing(sqlite3.connect(source, timeout=5)) as one, closing(sqlite3.connect(part)) as other:
        one.execute("PRAGMA query_only=ON")
        one.backup(other)
        if other.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupProblem(f"{source} is damaged: SQLite's own check of the copy fails.")


def _seal(part: Path) -> None:
    """One file without others beside it, and on disk."""
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _sync(part)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(part: Path) -> None:
    for name in (part, *(Path(f"{part}{end}") for end in ("-wal", "-shm", "-journal"))):
        name.unlink(missing_ok=True)


def _checked(path: Path) -> Contents:
    database = Database(f"sqlite:///{path}", exclusive=False)
    try:
        with database.read() as session:
            if not schema.is_ours(session.connection()):
                raise BackupProblem("this is no database of Tocsin.")
            owed = select(func.count()).select_from(Delivery).where(col(Delivery.state).in_(DeliveryState.UNSETTLED))
            return Contents(
                incidents=session.exec(select(func.count()).select_from(Incident)).one(),
                entries=session.exec(select(func.count()).select_from(JournalEntry)).one(),
                owed=session.exec(owed).one(),
                faults=tuple(journal.faults(session)),
            )
    finally:
        database.close()
