"""Who acts, when the command line acts."""

import getpass
import os

from bot.catalog import Catalog
from bot.domain.core import people
from bot.domain.core.people import Actor


def acting(name: str | None, catalog: Catalog) -> Actor:
    """The user of this machine, or the person they act for."""
    if name:
        return Actor(people.identify(name, catalog), "cli")
    try:
        return Actor(getpass.getuser(), "cli")
    except (KeyError, OSError):  # a container without an entry for its user
        return Actor(f"user-{os.getuid()}", "cli")
