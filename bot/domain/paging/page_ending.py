"""How the asking of one person ended without an answer of theirs: written into the note of their page, and read back.

Only this module knows how such a note is spelled; everybody else compares the ending.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from storage.models import Page


class Ending(StrEnum):
    """Why others were asked, or nobody any more. The value is what the note of the page begins with."""

    #: Their time ran out.
    NO_ANSWER = "no answer"
    #: Somebody asked the next level before their time was over: they have let none run out.
    ESCALATED = "escalated by"
    #: They had acknowledged, and somebody took that back.
    TAKEN_BACK = "taken back by"


@dataclass(frozen=True)
class PageEnding:
    """`ending` is None when the note says something else; `by` is who ended it, None for time alone."""

    ending: Ending | None = None
    by: str | None = None


_BY_SOMEBODY = re.compile(rf"({Ending.ESCALATED}|{Ending.TAKEN_BACK}) \{{person:([^}}]+)\}}")


def note(ending: Ending, by: str = "") -> str:
    """The note of a page that ended so. The person stands in it by id; every reader is shown a name instead."""
    return f"{ending} {{person:{by}}}" if by else ending.value


def of(page: Page) -> PageEnding:
    """How the page ended, as its note has it."""
    if page.note == Ending.NO_ANSWER:
        return PageEnding(Ending.NO_ANSWER)
    found = _BY_SOMEBODY.fullmatch(page.note)
    return PageEnding(Ending(found.group(1)), found.group(2)) if found else PageEnding()
