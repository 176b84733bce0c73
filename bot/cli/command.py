"""One command of the command line, as data."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Shape = Callable[[ArgumentParser], Any]


@dataclass(frozen=True)
class Command:
    """One command or one verb of a command; `example` is shown by --help."""

    name: str
    summary: str
    example: str
    shape: Shape = lambda parser: None
    verbs: tuple["Command", ...] = field(default=())
