"""Rules of problems: the permanent fix of several incidents, begun in one of them and linked from the others.

A problem never leads to a private incident: whoever may not know of that one is shown the others alone.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.core.fact import Fact
from bot.domain.core.typed_text import says_something
from bot.domain.incidents.lifecycle import tidy
from bot.domain.incidents.visibility import is_public
from bot.domain.learning.errors import NoDate, StaysPrivate, WhatProblem, WhatWorkaround
from bot.domain.learning.facts import ProblemChanged, ProblemLinked, ProblemUnlinked
from storage.models import Incident, Problem, ProblemIncident, ProblemState

SAID = {
    "fixed": ("fixed", "fix", "close", "closed", "done", "solved"), "known": ("known", "workaround"),
    "open": ("open", "reopen"), "unlink": ("unlink", "remove"), "owner": ("owner",), "due": ("due",),
}  # fmt: skip
"""What can be said about a problem, by the words for it."""
LISTS = ("list", "ls", "all")
_NAME = re.compile(r"PRB[-\s]?0*(\d{1,9})\b[:,]?\s*(.*)", re.IGNORECASE | re.DOTALL)
MOST = 500


@dataclass(frozen=True)
class Typed:
    """What was typed: about the problem `number`, or a new one; `what` is a key of SAID, "" for linking."""

    number: int | None
    what: str
    words: str


def name(number: int | None) -> str:
    return f"PRB-{number}"


def read(text: str) -> Typed:
    """`PRB-3`, `PRB-3 fixed by 4812`, `PRB-3 workaround restart it`; anything else is a new problem's title."""
    found = _NAME.fullmatch(text.strip())
    if found is None:
        return Typed(None, "", text.strip())
    first, _, rest = found[2].strip().partition(" ")
    what = next((key for key, words in SAID.items() if first.lower().rstrip(":") in words), "")
    return Typed(int(found[1]), what, rest.strip() if what else found[2].strip())


def day(text: str) -> date:
    """Raises NoDate."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NoDate(text=text.strip()[:40]) from None


def begin(incident: Incident, *, title: str, by: str, owner: str | None, now: datetime, ref: str) -> Problem:
    """A new one, to be stored before it is linked. Raises WhatProblem."""
    if not says_something(title):
        raise WhatProblem(ref=ref)
    return Problem(title=tidy(title, 250), private=not is_public(incident), owner=owner, by=by, at=now)


def link(problem: Problem, incident: Incident, *, by: str, now: datetime, ref: str, new: bool) -> ProblemIncident:
    """That it explains this incident. Raises StaysPrivate."""
    if problem.private and not new:
        raise StaysPrivate(name=name(problem.id), ref=ref)
    return ProblemIncident(problem=problem.id or 0, incident=incident.number or 0, by=by, at=now)


def linked(problem: Problem, *, by: str, new: bool) -> list[Fact]:
    return [ProblemLinked(problem=problem.id or 0, title=problem.title, by=by, new=new)]


def unlinked(problem: Problem, *, by: str) -> list[Fact]:
    return [ProblemUnlinked(problem=problem.id or 0, title=problem.title, by=by)]


def known(problem: Problem, words: str) -> bool:
    """It is a known error, with this way around it. Whether that is news. Raises WhatWorkaround."""
    if not says_something(words):
        raise WhatWorkaround(name=name(problem.id))
    text = tidy(words, MOST)
    if (problem.state, problem.workaround) == (ProblemState.KNOWN, text):
        return False
    problem.state, problem.workaround, problem.fixed_at = ProblemState.KNOWN, text, None
    return True


def fixed(problem: Problem, words: str, now: datetime) -> bool:
    """It is fixed for good; said once more with words, those are kept. Whether that is news."""
    text = tidy(words, MOST)
    if problem.state == ProblemState.FIXED and text in ("", problem.fix):
        return False
    problem.state, problem.fix, problem.fixed_at = ProblemState.FIXED, text or problem.fix, problem.fixed_at or now
    return True


def opened(problem: Problem) -> bool:
    """It is not fixed after all; its workaround stays known. Whether that is news."""
    state = ProblemState.KNOWN if problem.workaround else ProblemState.OPEN
    if problem.state != ProblemState.FIXED:
        return False
    problem.state, problem.fixed_at = state, None
    return True


def changed(problem: Problem, words: str, *, by: str) -> list[Fact]:
    return [
        ProblemChanged(
            problem=problem.id or 0, title=problem.title, state=problem.state, words=words, owner=problem.owner,
            due=problem.due.isoformat() if problem.due else None, by=by,
        )
    ]  # fmt: skip


def is_shown(problem: Problem, incidents: Collection[Incident], known: Collection[Incident]) -> bool:
    """Whether somebody may know of a problem: they know of one of its incidents, or there is none any more and never
    was a private one."""
    return bool(known) or not (incidents or problem.private)
