"""What a war room hears within a minute is one message, with one line for each subject."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.incidents.surfaces import post_key

MERGED = timedelta(minutes=1)

Change = Mapping[str, Any]


def joins(first: datetime, at: datetime) -> bool:
    """Whether what changes at `at` belongs into the message that was begun at `first`."""
    return timedelta(0) <= at - first < MERGED


def merged(changes: Sequence[Change]) -> list[Change]:
    """One line for each subject: what is true now, and what was before the first of them."""
    lines: dict[str, Change] = {}
    for one in changes:
        earlier = lines.pop(one["about"], None)
        lines[one["about"]] = {**one, "was": earlier["was"]} if earlier and "was" in earlier else one
    return list(lines.values())


def key(number: int) -> str:
    """What the keys of all these messages of an incident begin with."""
    return post_key(number, "heard:")
