"""A line of the timeline, and how its words are put together. Names of people stay ids: they are shown at the edge.

A person in the text is written as {person:ID} and a severity as {severity:KEY}, so that every surface can show them
its own way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.core.fact import Fact


@dataclass(frozen=True)
class Line:
    """A timeline line; `at` None means the time of the fact."""

    kind: str
    text: str
    at: datetime | None = None
    source_key: str | None = None
    link: str | None = None


Wording = Callable[[Any], Line | None]
"""The line of a fact, or None when this one is not shown."""
Lines = Mapping[type[Fact], Wording]


def person(who: str) -> str:
    return f"{{person:{who}}}"


def severity(key: str) -> str:
    return f"{{severity:{key}}}"


def moment(at: datetime) -> str:
    return f"{{time:{at.astimezone(UTC):%Y-%m-%dT%H:%M}Z}}"


def line(kind: str, text: Callable[[Any], str]) -> Wording:
    """The wording of a fact whose line is one text."""
    return lambda fact: Line(kind, text(fact))


def because(reason: str) -> str:
    return f": {reason}" if reason else ""


def length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
