"""`tocsin migrate`: brings the database to the schema of this release."""

from bot.cli import installation
from bot.cli.console import Refusal
from storage import schema
from storage.db import Database
from storage.filelock import DatabaseInUse


def run() -> int:
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
