"""Which configuration a command reads, and the sentences when it cannot be read."""

import os
from pathlib import Path

from bot.catalog import Catalog, ConfigError, load
from bot.cli.console import Refusal

DEFAULT = "tocsin.yml"


def path(chosen: Path | None) -> Path:
    """The file named on the command line, or else by TOCSIN_CONFIG, or else tocsin.yml here.

    A file that somebody named must exist; without tocsin.yml the shipped defaults hold.
    """
    named = chosen or (Path(os.environ["TOCSIN_CONFIG"]) if os.environ.get("TOCSIN_CONFIG") else None)
    if named is not None and not named.is_file():
        raise Refusal(f"{named} does not exist: name a configuration file, or write one with `tocsin init`.")
    return named or Path(DEFAULT)


def catalog(chosen: Path | None) -> Catalog:
    """The configuration in force. Raises Refusal with every problem, one a line."""
    try:
        return load(path(chosen))
    except ConfigError as error:
        raise Refusal(str(error)) from None
