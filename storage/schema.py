"""Brings a database to the schema of this release: a fast look when it is there already, Alembic when it is not."""

import logging
import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import OperationalError

from storage.models import Setting
from storage.upsert import upsert

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""The migrations of this release, oldest first; a test holds them against the files."""
SERVES = "0002"
"""The oldest schema whose release may go on beside this one: since then tables have only grown, by columns that it need
not fill. A migration that takes something away, or wants something filled, moves it to itself."""
BESIDE = "schema.serves"
"""The setting that tells releases to come before us which of them may."""
PATIENCE = 3
"""Seconds that a migration waits for a table. All who want to read it wait behind it meanwhile: pages too."""
TRIES = 20
BETWEEN = 2.0
HELD = ("55P03", "40P01")
"""What PostgreSQL says of a table that somebody holds: the wait was too long, or would never have ended."""
SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 7_260_431
"""Number of PostgreSQL's advisory lock: of several replicas that start together, one migrates."""
_KEY, _VALUE = Setting.__table__.c.key, Setting.__table__.c.value  # type: ignore[attr-defined]
_pause = threading.Event()
_log = logging.getLogger(__name__)


class SchemaProblem(Exception):
    """The database cannot be used as it is; the text is the sentence for the operator."""


def upgrade(engine: Engine) -> bool:
    """Creates or upgrades the tables in one transaction; True when anything changed.

    Raises SchemaProblem for a database of a newer release that this one may not serve beside, and when someone holds
    a table for more than a minute and a half.
    """
    with engine.connect() as connection:
        if not _behind(connection):
            return False
    for _ in range(TRIES):
        try:
            return _upgraded(engine)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in HELD:
                raise
            _log.warning("a table is in use, by a backup perhaps: the migration stands back and tries again")
            _pause.wait(BETWEEN)
    raise SchemaProblem(
        "the tables are in use, by a backup perhaps, and nothing was changed: try again when it is over."
    )


def _upgraded(engine: Engine) -> bool:
    with engine.begin() as connection:
        _take_turn(connection)
        if not _behind(connection):  # another replica was quicker
            return False
        _upgrade(connection)
    return True


def require_current(connection: Connection) -> None:
    """Raises SchemaProblem unless the database has the schema of this release, or a newer one that it may serve."""
    if _behind(connection):
        revision = _revision(connection)
        state = f"has the old schema {revision}" if revision else "has no tables yet"
        raise SchemaProblem(f"the database {state}: run `tocsin migrate` first.")


def ready(engine: Engine, *, migrate: bool) -> None:
    """What a start needs: the schema of this release, by migrating or (TOCSIN_MIGRATE=0) by refusing to go on."""
    if migrate:
        upgrade(engine)
    else:
        with engine.connect() as connection:
            require_current(connection)


def is_ours(connection: Connection) -> bool:
    """Has some Tocsin made this database? Raises SchemaProblem when it was a newer one."""
    revision = _revision(connection)
    if revision is not None and revision not in REVISIONS:
        raise _newer(revision)
    return revision is not None


def _behind(connection: Connection) -> bool:
    """Is there something to do? Not where a newer Tocsin has been that we may serve beside, while it takes our place.

    Raises SchemaProblem where we may not.
    """
    revision = _revision(connection)
    if revision is not None and revision not in REVISIONS:
        serves = connection.execute(select(_VALUE).where(_KEY == BESIDE)).scalar()
        if serves not in REVISIONS:
            raise _newer(revision)
        _log.warning(
            "the database is of a newer release (schema %s): this one serves until that has its place", revision
        )
        return False
    return revision != REVISIONS[-1]


def _newer(revision: str) -> SchemaProblem:
    return SchemaProblem(
        f"the database has schema {revision}, and this Tocsin knows {REVISIONS[-1]} at most: "
        "start the newer release again, or restore the backup made before its upgrade."
    )


def _revision(connection: Connection) -> str | None:
    """What the database says it is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _take_turn(connection: Connection) -> None:
    """Waits for other replicas as long as they take; for a table that somebody holds, for moments only.

    The transaction's time limits would cut a long migration short.
    """
    if connection.dialect.name != "postgresql":
        return  # a write transaction on SQLite is alone already
    for statement in ("SET LOCAL statement_timeout = 0", "SET LOCAL lock_timeout = 0"):
        connection.execute(text(statement))
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))


def _upgrade(connection: Connection) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it announces its plug-ins when it is imported
    # Imported here: most starts find nothing to migrate, and Alembic costs a fifth of a cold start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    serves = upsert(connection.dialect.name, Setting).values(key=BESIDE, value=SERVES)
    connection.execute(serves.on_conflict_do_update(index_elements=["key"], set_={"value": SERVES}))
