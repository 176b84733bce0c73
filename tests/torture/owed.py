"""What is owed to whom: computed from what people did, the scenario's policy and the schedules, before the bot is
looked at. Moments are those of the clock that everybody in the trial lives by, in epoch seconds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tests.torture.rota import Choice, asked_by
from tests.torture.scenarios import LEVELS, REPEATS, WAIT, Scenario

MARGIN = 20.0
"""Seconds after a command's answer within which an unanswered one may still be heard."""


@dataclass(frozen=True)
class Deed:
    """What someone did: `kind` is declare, rest, answer, decline, offer, again, note, update or resolve.

    It lasted from `since` to `until` on the common clock, from `began` to `ended` in real time. `title` names the
    incident; a rest and `again` are about all of them. `person` did it, or is who it was offered to. `text` was typed.
    `done`: it was acknowledged. `asking`: who could answer what in Slack when it ended, as (person, title).
    """

    kind: str
    since: float
    until: float
    began: float = 0.0
    ended: float = 0.0
    title: str = ""
    person: str = ""
    text: str = ""
    done: bool = True
    asking: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Ask:
    """One turn of one level: it falls due between `first` and `last`. `who`: one of each choice is asked."""

    level: int
    first: float
    last: float
    who: tuple[Choice, ...]

    def people(self) -> frozenset[str]:
        return frozenset().union(*self.who)


@dataclass
class Course:
    """One incident's pages: `owed` must have come when the rest that stands beside it ended; `possible` may have come
    besides. `over`: since when no one may be asked any more."""

    owed: list[tuple[Ask, Deed]] = field(default_factory=list)
    possible: list[Ask] = field(default_factory=list)
    over: float | None = None

    def asks(self) -> list[Ask]:
        return [*(ask for ask, _ in self.owed), *self.possible]


def course(title: str, deeds: Iterable[Deed], scenario: Scenario) -> Course:
    """The pages that this incident owes, and may owe."""
    found, rungs, due = Course(), _Rungs(), list[Ask]()
    answered: Deed | None = None
    for deed in deeds:
        if deed.kind == "rest":
            due += rungs.until(deed.until)
            for ask in [one for one in due if one.last <= deed.since]:
                due.remove(ask)
                found.owed.append((replace(ask, who=_who(ask, deed)), deed))
        elif deed.kind == "again" and answered is not None and scenario.withdrawn_after:
            rungs.begin(0, answered.since + scenario.withdrawn_after, deed.until)
            due, found.over, answered = rungs.until(deed.until), None, None
        elif deed.title == title and deed.kind == "declare":
            rungs.begin(0, deed.since, deed.until + (0 if deed.done else MARGIN))
        elif deed.title == title and deed.kind == "decline":
            due += rungs.until(deed.since)
            rungs.begin(rungs.level, deed.since, deed.until)
        elif deed.title == title and deed.kind == "offer":
            due.append(Ask(-1, deed.since, deed.until, (frozenset({deed.person}),)))
        elif deed.title == title and deed.kind in ("answer", "resolve"):
            found.possible += [*due, *rungs.until(deed.until)]
            due, answered, found.over = [], deed, deed.until if deed.done else found.over
            rungs.end()
    found.possible += due
    return found


@dataclass
class _Rungs:
    """The ladder while it runs: which level comes next, and when."""

    level: int = 0
    first: float = 0.0
    last: float = 0.0
    left: int = 0

    def begin(self, level: int, first: float, last: float) -> None:
        self.level, self.first, self.last = level, first, last
        self.left = len(LEVELS) * (1 + REPEATS) - level

    def end(self) -> None:
        self.left = 0

    def until(self, clock: float) -> list[Ask]:
        """What may have fallen due since the last look, each level once."""
        return list(self._falling(clock))

    def _falling(self, clock: float) -> Iterator[Ask]:
        while self.left and self.first <= clock:
            target = LEVELS[self.level % len(LEVELS)]
            yield Ask(self.level % len(LEVELS), self.first, self.last, asked_by(target, self.first, self.last))
            self.level, self.left = self.level + 1, self.left - 1
            self.first, self.last = self.first + WAIT, self.last + WAIT


def _who(ask: Ask, rest: Deed) -> tuple[Choice, ...]:
    """Who is on call may have changed until it was really sent."""
    return ask.who if ask.level < 0 else asked_by(LEVELS[ask.level], ask.first, ask.last, rest.until)
