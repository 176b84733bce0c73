"""Facts of problems, each told to the incident in which it was said."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class ProblemLinked(Fact, name="learning.problem_linked"):
    """The problem explains this incident; `new`: it was written down for it."""

    problem: int
    title: str
    by: str
    new: bool


@dataclass(frozen=True, kw_only=True)
class ProblemUnlinked(Fact, name="learning.problem_unlinked"):
    """The problem does not explain this incident after all."""

    problem: int
    title: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ProblemChanged(Fact, name="learning.problem_changed"):
    """Its state, workaround, fix, owner or date: what it is now."""

    problem: int
    title: str
    state: str
    words: str
    owner: str | None
    due: str | None
    by: str
