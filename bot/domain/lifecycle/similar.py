"""Which of the last incidents are like a new one: how many pieces of words the titles share, and the service. Pure."""

import re
from collections.abc import Iterable

from storage.models import Incident, IncidentStatus

MOST = 3
ENOUGH = 0.58
"""So alike titles are worth a line; 1 is the same."""
OF_THE_SERVICE = 0.06
"""What the same service counts on top."""
LONGEST = 250
NONE_OF_THEM = (IncidentStatus.CANCELLED, IncidentStatus.MERGED)
"""It was no incident, or it is told of in another one."""
_SMALL = frozenset({
    "the", "a", "an", "is", "are", "was", "were", "in", "on", "of", "to", "for", "and", "or", "with", "at", "by", "it",
    "be", "has", "have", "not", "no", "again", "since",
})  # fmt: skip


def pieces(title: str) -> frozenset[str]:
    """The words without the small ones, cut into threes, so that endings and slips of the keyboard matter little."""
    words = [word for word in re.findall(r"\w+", title[:LONGEST].casefold()) if word not in _SMALL]
    return frozenset(f" {word} "[n : n + 3] for word in words for n in range(len(word)))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Between 0 and 1: twice what both have, of what they have together."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def similar(title: str, service: str, rows: Iterable[Incident]) -> list[Incident]:
    """The most alike first, of equals the newest. The service alone makes nothing alike."""
    wanted, found = pieces(title), []
    for row in rows:
        score = alike(wanted, pieces(row.title))
        if score >= ENOUGH - (OF_THE_SERVICE if service and row.service == service else 0):
            more = OF_THE_SERVICE if service and row.service == service else 0.0
            if row.status not in NONE_OF_THEM and not row.drill:
                found.append((score + more, row.number or 0, row))
    found.sort(key=lambda one: (-one[0], -one[1]))
    return [row for _, _, row in found[:MOST]]
