"""While nobody answers: what a level that is asked now is worth saying in the room, and aloud in the channel."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.models import Escalation, EscalationKind, Page

GRAVEST = "SEV-1"
"""What is worth disturbing everybody who is there."""


@dataclass(frozen=True)
class Said:
    """What a level that is asked now is worth: a new message, the edit of the one there is, a call."""

    post: bool = False
    edit: bool = False
    call: bool = False


def said(asked: Iterable[tuple[int, int]], first_cycle: int, cycle: int) -> Said:
    """`asked`: the cycle and level of every page so far, those of the level that is asked now among them."""
    here = {one for one in asked if one[0] >= first_cycle}
    mine = len([one for one in here if one[0] == cycle])
    if len(here) < 2:
        return Said()
    return Said(post=len(here) == 2, edit=len(here) > 2, call=mine == (2 if cycle == first_cycle else 1))


def is_the_incidents_own(escalation: Escalation | None) -> bool:
    """A team beside the people on call, an offer and a question are no silence about the incident."""
    return escalation is not None and escalation.kind not in (*EscalationKind.ASIDE, *EscalationKind.NOT_PAGED)


def unanswered(escalation: Escalation, asked: Iterable[Page]) -> bool:
    """Whether a level has been asked in vain since paging last began."""
    levels = ((page.cycle, page.level) for page in asked)
    return len({one for one in levels if one[0] >= escalation.first_cycle}) > 1


def subject(escalation: int) -> str:
    """What the messages are known by that say that nobody answers."""
    return f"no-answer:{escalation}"
