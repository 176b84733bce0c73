"""One table out of the rows that the nouns own: what a roof does before it looks a row up."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Row = TypeVar("Row")


def merged(tables: Iterable[Mapping[Key, Row]]) -> dict[Key, Row]:
    """All rows of these tables. Raises ValueError when two nouns own a row of the same name: one of them would be
    ignored without a word."""
    found: dict[Key, Row] = {}
    for table in tables:
        if twice := found.keys() & table.keys():
            raise ValueError(f"two nouns own the row {', '.join(sorted(map(str, twice)))}")
        found |= table
    return found
