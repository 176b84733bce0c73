"""Brings a database to the schema of this release: a fast look when it is there already, Alembic when it is not."""

import logging
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""The migrations of this release, oldest first; a test holds them against the files."""
SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 7_260_431
"""Number of PostgreSQL's advisory lock: of several replicas that start together, one migrates."""


class SchemaProblem(Exception):
    """The database cannot be used as it is; the text is the sentence for the operator."""


def upgrade(engine: Engine) -> bool:
    """Creates or upgrades the tables in one transaction; True when anything changed.

    Raises SchemaProblem for a database of a newer release.
    """
    with engine.connect() as connection:
        if not _behind(_revision(connection)):
            return False
    with engine.begin() as connection:
        _take_turn(connection)
        if not _behind(_revision(connection)):  # another replica was quicker
            return False
        _upgrade(connection)
    return True


def require_current(connection: Connection) -> None:
    """Raises SchemaProblem unless the database has exactly the schema of this release."""
    revision = _revision(connection)
    if _behind(revision):
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
    _behind(revision)
    return revision is not None


def _behind(revision: str | None) -> bool:
    """Is there something to do? Raises SchemaProblem when a newer Tocsin has been here."""
    if revision is not None and revision not in REVISIONS:
        raise SchemaProblem(
            f"the database has schema {revision}, and this Tocsin knows {REVISIONS[-1]} at most: "
            "start the newer release again, or restore the backup made before its upgrade."
        )
    return revision != REVISIONS[-1]


def _revision(connection: Connection) -> str | None:
    """What the database says it is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _take_turn(connection: Connection) -> None:
    """Waits for other replicas; the transaction's time limits would cut a long migration short."""
    if connection.dialect.name != "postgresql":
        return  # a write transaction on SQLite is alone already
    for statement in ("SET LOCAL statement_timeout = 0", "SET LOCAL lock_timeout = 0"):
        connection.execute(text(statement))
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


def _upgrade(connection: Connection) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it announces its plug-ins when it is imported
    # Imported here: most starts find nothing to migrate, and Alembic costs a fifth of a cold start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
