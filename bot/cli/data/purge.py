"""`tocsin purge`: forgets now what the bot forgets by itself, or more of it."""

from argparse import Namespace

from bot import clock as clocks
from bot.catalog.duration import parse_duration
from bot.cli import chosen_config, console, installation
from bot.cli.console import Refusal
from bot.clock import SystemClock
from bot.services import work_factory
from bot.services.workspace import retention
from storage.filelock import DatabaseInUse


def run(options: Namespace) -> int:
    """Raises Refusal; what was forgotten before a refusal is forgotten."""
    try:
        span = parse_duration(options.older_than) if options.older_than is not None else None
    except ValueError as error:
        raise Refusal(str(error)) from None
    catalog = chosen_config.catalog(None)
    try:
        with installation.database(exclusive=True) as database:
            desk = work_factory.make(database, SystemClock(), lambda: catalog)
            found = retention.forget(desk, clocks.real(), deliveries=span)
    except DatabaseInUse as held:
        raise Refusal(f"{held} The bot itself forgets every six hours what `retention` says.") from None
    if options.json:
        console.document({"ok": True, **vars(found)})
    else:
        print(f"{found.deliveries} deliveries, {found.attempts} tries and {found.keys} keys are forgotten. Incidents, "
              "timelines, pages and the journal stay.")  # fmt: skip
    return 0
