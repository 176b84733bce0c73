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


def json(to: ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def ref(to: ArgumentParser) -> None:
    to.add_argument("ref", metavar="INC", help="INC-1, or 1")


def acting(*shapes: Shape) -> Shape:
    """Something that is done to an incident: its own arguments, and those that all such commands have."""

    def shape(to: ArgumentParser) -> None:
        for one in shapes:
            one(to)
        to.add_argument("--as", dest="actor", metavar="PERSON", help="act for somebody in tocsin.yml, such as ana")
        json(to)

    return shape


def text(help_text: str) -> Shape:
    """Words without quotes, at the end."""

    def shape(to: ArgumentParser) -> None:
        to.add_argument("text", nargs="+", help=help_text)

    return shape


def reason(to: ArgumentParser) -> None:
    to.add_argument("reason", nargs="*", metavar="WHY", help="why; it stands in the timeline")
