"""Facts about a rotation's change: the note, who took it, what was added, how the turn was, rest after nights."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class ShiftHandoffDue(Fact, name="oncall.shift_handoff_due", line=False):
    """The rotation went from `outgoing` to `incoming`; a note is owed to the team and to whoever comes."""

    note: int
    schedule: str
    outgoing: list[str]
    incoming: list[str]
    start: datetime


@dataclass(frozen=True, kw_only=True)
class ShiftHandoffTaken(Fact, name="oncall.shift_handoff_taken", line=False):
    """`shown`: the messages that show the note, and are drawn anew."""

    note: int
    schedule: str
    person: str
    shown: list[str]


@dataclass(frozen=True, kw_only=True)
class ShiftHandoffEdited(Fact, name="oncall.shift_handoff_edited", line=False):
    note: int
    schedule: str
    person: str
    words: str
    shown: list[str]


@dataclass(frozen=True, kw_only=True)
class ShiftHandoffRated(Fact, name="oncall.shift_handoff_rated", line=False, reaction=False):
    """1 (rough) to 5 (clean), by somebody who went off call."""

    note: int
    schedule: str
    person: str
    score: int
    words: str


@dataclass(frozen=True, kw_only=True)
class RecoverySuggested(Fact, name="oncall.recovery_suggested", line=False):
    """Somebody was paged `pages` times in the night that ended at `until`; `owner` looks after the schedule."""

    person: str
    schedule: str
    pages: int
    until: datetime
    owner: str | None


@dataclass(frozen=True, kw_only=True)
class GroupIncomplete(Fact, name="oncall.group_incomplete", line=False):
    """A user group does not hold everybody who is on call: `left` says of whom and why, `problem` what else is wrong.

    `owner` looks after the schedules; without one it is said in `place`.
    """

    group: str
    schedules: list[str]
    left: dict[str, str]
    problem: str
    owner: str | None
    place: str
