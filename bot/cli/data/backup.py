"""`tocsin backup`, `tocsin restore` and `tocsin copy`: the whole database, kept, put back, or moved to PostgreSQL."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli import console, installation
from bot.cli.console import Refusal
from bot.cli.terminal import progress
from storage import backup, moving, schema
from storage.backup import BackupProblem, Contents
from storage.db import Database
from storage.filelock import DatabaseInUse, FileLock
from storage.moving import MoveProblem
from storage.schema import SchemaProblem

SQLITE = "sqlite:///"


NOT_HERE = {
    "backup": "this database is PostgreSQL: back it up with `pg_dump`, or by your server's own backups.",
    "restore": "this database is PostgreSQL: restore it with `pg_restore`, or from your server's own backups.",
    "copy": "this database is PostgreSQL already: move it with `pg_dump` and `pg_restore`.",
}


def run(options: Namespace) -> int:
    """Raises Refusal; nothing was changed then."""
    try:
        return VERBS[options.command](options, _file(options.command))
    except (BackupProblem, MoveProblem, SchemaProblem, DatabaseInUse) as problem:
        raise Refusal(str(problem)) from None
    except SQLAlchemyError as error:
        raise Refusal(f"the database cannot be used: {installation.first_line(error)}") from None


def _file(command: str) -> Path:
    """The file of this installation's database, whether it exists or not. Raises Refusal for PostgreSQL."""
    url = installation.settings().database_url
    if not url.startswith(SQLITE):
        raise Refusal(NOT_HERE[command])
    return Path(url.removeprefix(SQLITE))


def _backup(options: Namespace, database: Path) -> int:
    if not database.exists():
        raise Refusal(f"there is no database {database} yet, so there is nothing to back up.")
    with progress() as shown:
        found = backup.save(database, options.file, shown.say)
    if options.json:
        console.document({"ok": not found.faults, "file": str(options.file), **_numbers(found)})
    elif found.faults:
        raise Refusal(f"{options.file} is a true copy, but the database was tampered with: {'; '.join(found.faults)}")
    else:
        print(f"{options.file} holds {_said(found)}; every chain holds.")
    return 1 if found.faults else 0


def _restore(options: Namespace, database: Path) -> int:
    if not options.file.exists():
        raise Refusal(f"there is no file {options.file}.")
    if database.exists():
        raise Refusal(f"there is a database {database} already, and it is never overwritten: stop the bot, and move it "
                      "away together with its -wal and -shm files.")  # fmt: skip
    with _held(database), progress() as shown:
        found = backup.restore(options.file, database, shown.say)
    if options.json:
        console.document({"ok": True, "file": str(database), **_numbers(found)})
        return 0
    print(f"{database} holds {_said(found)}; every chain holds.")
    if found.owed:
        several = "message is" if found.owed == 1 else "messages are"
        print(f"{found.owed} {several} still owed in it: they are sent when the bot starts, however old they are.")
    return 0


def _copy(options: Namespace, database: Path) -> int:
    target = _target(options.to)
    if not database.exists():
        raise Refusal(f"there is no database {database} yet, so there is nothing to copy.")
    with installation.database(exclusive=True, migrate=False) as source, closing(target), progress() as shown:
        moved = moving.move(source, target, shown.say)
    where = target.url.render_as_string(hide_password=True)
    if options.json:
        console.document({"ok": True, "to": where, "rows": moved.rows})
        return 0
    print(
        f"{sum(moved.rows.values())} rows of {len(moved.rows)} tables were copied to {where}; every chain holds there."
    )
    print(f"Set DATABASE_URL to it and start the bot. {database} is as it was: start no bot on it any more, since both "
          "would send what is owed.")  # fmt: skip
    return 0


def _target(url: str) -> Database:
    try:
        if make_url(url).get_backend_name() == "postgresql":
            return Database(url)
    except (SQLAlchemyError, ImportError, ValueError):
        pass
    raise Refusal("--to takes the address of a PostgreSQL database: postgresql+psycopg://user@host/name")


@contextmanager
def _held(database: Path) -> Iterator[None]:
    """No bot starts on this file meanwhile. Raises DatabaseInUse."""
    lock = FileLock(Path(f"{database}.lock"))
    try:
        lock.acquire()
    except OSError as error:
        raise Refusal(f"{database} cannot be written: {error.strerror}.") from None
    try:
        yield
    finally:
        lock.release()


def _numbers(found: Contents) -> dict[str, object]:
    return {"incidents": found.incidents, "entries": found.entries, "owed": found.owed, "faults": list(found.faults)}


def _said(found: Contents) -> str:
    several = "incident" if found.incidents == 1 else "incidents"
    return f"{found.incidents} {several} and {found.entries} journal entries"


VERBS: dict[str, Callable[[Namespace, Path], int]] = {"backup": _backup, "restore": _restore, "copy": _copy}


def migrate() -> int:
    try:
        with installation.database(exclusive=True, migrate=False) as database:
            _migrate(database)
    except DatabaseInUse as held:
        raise Refusal(str(held)) from None
    return 0


def _migrate(database: Database) -> None:
    changed = schema.upgrade(database.engine)
    where = database.url.render_as_string(hide_password=True)
    verb = "was brought to" if changed else "is at"
    print(f"{where} {verb} schema {schema.REVISIONS[-1]}.")
