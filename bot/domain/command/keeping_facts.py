"""Facts about what is kept while an incident is commanded: decisions, actions and mitigations."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class RulingMade(Fact, name="command.decision_made"):
    """Decision D`number`: it stands, is open to strong objections until `until`, or is still to be made by then."""

    ruling: int
    number: int
    text: str
    state: str
    by: str
    until: datetime | None
    condition: str


@dataclass(frozen=True, kw_only=True)
class RulingObjected(Fact, name="command.decision_objected"):
    ruling: int
    number: int
    text: str
    by: str
    person: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RulingSettled(Fact, name="command.decision_settled"):
    """It stands now, or was dropped; `person` said so, Tocsin when nobody objected in time."""

    ruling: int
    number: int
    text: str
    by: str
    state: str
    person: str


@dataclass(frozen=True, kw_only=True)
class RulingFallsDue(Fact, name="command.decision_falls_due", line=False):
    """A pending decision is to be made now; `person` commands."""

    ruling: int
    number: int
    text: str
    by: str
    condition: str
    due_at: datetime
    person: str


@dataclass(frozen=True, kw_only=True)
class ActionGiven(Fact, name="command.action_given"):
    """Action A`number`: `owner` does it until `due_at`."""

    action: int
    number: int
    text: str
    owner: str
    by: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ActionMoved(Fact, name="command.action_moved", line=False):
    """Its owner has said that they have it (`confirmed`), or has more time."""

    action: int
    number: int
    text: str
    owner: str
    by: str
    due_at: datetime | None
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class ActionSettled(Fact, name="command.action_settled"):
    """Done or dropped, as `person` says."""

    action: int
    number: int
    text: str
    owner: str
    by: str
    state: str
    person: str


@dataclass(frozen=True, kw_only=True)
class ActionOverdue(Fact, name="command.action_overdue", line=False):
    """Its time-box is over, for the `times`-th time that somebody is told; next at `again_at`."""

    action: int
    number: int
    text: str
    owner: str
    due_at: datetime
    times: int
    again_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class MitigationStarted(Fact, name="command.mitigation_started"):
    """Mitigation M`number` is under way; `rollback` says how to take it back."""

    mitigation: int
    number: int
    text: str
    kind: str
    owner: str
    rollback: str


@dataclass(frozen=True, kw_only=True)
class MitigationEnded(Fact, name="command.mitigation_ended"):
    """What became of it: worked, partly or failed. `corrected`: something else had been said before."""

    mitigation: int
    number: int
    text: str
    owner: str
    state: str
    result: str
    person: str
    corrected: bool = False
