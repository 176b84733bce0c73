"""Facts about who holds an incident after the acknowledgement, about pauses, and about those who are only informed."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class AckQuestioned(Fact):
    """The holder has shown no progress for a while and is asked whether they still have it."""

    escalation: int
    person: str


@dataclass(frozen=True, kw_only=True)
class AckConfirmed(Fact):
    """The holder is at work: by their word (`said`), or because something was recorded."""

    escalation: int
    person: str
    said: bool


@dataclass(frozen=True, kw_only=True)
class AckWithdrawn(Fact):
    """Nobody has it any more. `by` is who took the acknowledgement back: the holder, somebody else, or the clock."""

    escalation: int
    person: str
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationPaused(Fact):
    escalation: int
    until: datetime
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationResumed(Fact):
    escalation: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandoverOffered(Fact):
    escalation: int
    offer: int
    giver: str
    person: str


@dataclass(frozen=True, kw_only=True)
class HandoverAccepted(Fact):
    escalation: int
    offer: int
    giver: str
    person: str


@dataclass(frozen=True, kw_only=True)
class HandoverRefused(Fact):
    """Declined, or silent for too long: it stays with the giver."""

    escalation: int
    offer: int
    giver: str
    person: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AlarmRepeated(Fact):
    """Still nobody has taken it: the last resort is told once more."""

    escalation: int
    times: int


@dataclass(frozen=True, kw_only=True)
class ExecutiveInformed(Fact):
    """Somebody who is informed, not paged, learnt of an incident that is still open."""

    person: str
    after: int


@dataclass(frozen=True, kw_only=True)
class SeverityRaiseSuggested(Fact):
    severity: str
    person: str
    after: int
