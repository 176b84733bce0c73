"""What a fact is: something that became true, as plain JSON (times as ISO 8601 text).

It is written to the journal as it is, under a name that no refactoring changes. People are Slack ids, or catalogue
keys of people without one.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from bot.domain.core.former_names import FORMER


@dataclass(frozen=True, kw_only=True)
class Fact:
    """The base of all facts: `class PageSent(Fact, name="paging.page_sent")`.

    `name` is its name in the journal for good. `line=False`: the timeline never shows it. `reaction=False`: nothing
    follows from it. Both are said here so that a forgotten row in the tables of lines and consequences is noticed.
    """

    all: ClassVar[dict[str, type["Fact"]]] = {}
    name: ClassVar[str]
    has_line: ClassVar[bool]
    has_reaction: ClassVar[bool]

    def __init_subclass__(cls, *, name: str, line: bool = True, reaction: bool = True) -> None:
        if name in Fact.all:
            raise TypeError(f"two facts are called {name}")
        cls.name, cls.has_line, cls.has_reaction = name, line, reaction
        Fact.all[name] = cls

    def body(self) -> dict[str, Any]:
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def shape(cls) -> list[str]:
        return [field.name for field in fields(cls)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def of_entry(stored: str) -> type[Fact]:
    """The fact that a journal entry tells of, whatever it was called when it was written. Raises KeyError."""
    return Fact.all[FORMER.get(stored, stored)]


def stored_names(facts: Iterable[type[Fact]]) -> list[str]:
    """Every name under which these facts stand in journals."""
    names = {fact.name for fact in facts}
    return sorted(names | {former for former, name in FORMER.items() if name in names})
