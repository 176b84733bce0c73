"""An incident that is over says in one message what still waits to be said, where many wait for Slack's pace.

Nothing of it is left out: the message holds every line, word for word and in its order. What asks something, what has
been tried already and every page stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.core.effect import NounEffect

SAID = frozenset({"update", "reopened", "resolved", "cancelled", "room_moved"})
LOG = "ladder_"
"""Templates that say what was, below an announcement or in a room; and those of the log of the paging."""
KINDS = ("post", "announcement.reply", "ladder.reply")
MOST, WORDS = 5, 2400
"""Lines of one message, and characters that people wrote in them: its text without blocks has to hold them too."""


@dataclass(frozen=True)
class Gather(NounEffect):
    """What of this incident waits in the same place is told as one."""

    incident: int


@dataclass(frozen=True)
class Waiting:
    """A message that waits, with its templates and how much of it people wrote."""

    key: str
    kind: str
    templates: tuple[str, ...]
    words: int = 0
    asks: bool = False
    tried: bool = False

    @property
    def may_be_told(self) -> bool:
        only_says = all(name in SAID or name.startswith(LOG) for name in self.templates)
        return self.kind in KINDS and only_says and not self.asks and not self.tried


def gathered(lane: Sequence[Waiting]) -> list[tuple[str, ...]]:
    """Which of a lane become one message, by their keys and in their order; a message alone is none."""
    groups: list[list[Waiting]] = [[]]
    for one in lane:
        last = groups[-1]
        if not one.may_be_told:
            groups.append([])
        elif last and (last[-1].kind != one.kind or not _fits([*last, one])):
            groups.append([one])
        else:
            last.append(one)
    return [tuple(one.key for one in group) for group in groups if len(group) > 1]


def _fits(group: Sequence[Waiting]) -> bool:
    return sum(len(one.templates) for one in group) <= MOST and sum(one.words for one in group) <= WORDS
