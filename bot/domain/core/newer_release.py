"""What a newer release has written beside us: it goes on with that, and we leave it alone."""

from typing import TypeVar

from bot.domain.core.errors import OfANewerRelease
from storage.models.types import strange_words

Row = TypeVar("Row")


def require_known(row: Row) -> Row:
    """The record. Raises OfANewerRelease for one whose state only another release knows: that isn't ours to change."""
    if strange := strange_words(row):
        raise OfANewerRelease(what=f'"{strange[0]}"')
    return row
