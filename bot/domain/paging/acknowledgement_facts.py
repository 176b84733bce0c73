"""Facts about who holds an incident after the acknowledgement, about pauses, and about those who are only informed."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class AckQuestioned(Fact, name="paging.ack_questioned"):
    """The holder has shown no progress for a while and is asked whether they still have it."""

    escalation: int
    person: str


@dataclass(frozen=True, kw_only=True)
class AckConfirmed(Fact, name="paging.ack_confirmed"):
    """The holder is at work: by their word (`said`), or because something was recorded."""

    escalation: int
    person: str
    said: bool


@dataclass(frozen=True, kw_only=True)
class AckWithdrawn(Fact, name="paging.ack_withdrawn"):
    """Nobody has it any more. `by` is who took the acknowledgement back: the holder, somebody else, or the clock."""

    escalation: int
    person: str
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationPaused(Fact, name="paging.escalation_paused"):
    escalation: int
    until: datetime
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationResumed(Fact, name="paging.escalation_resumed"):
    escalation: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReassignmentOffered(Fact, name="paging.reassignment_offered", reaction=False):
    """`note`: what whoever takes it should know."""

    escalation: int
    offer: int
    giver: str
    person: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReassignmentAccepted(Fact, name="paging.reassignment_accepted"):
    escalation: int
    offer: int
    giver: str
    person: str


@dataclass(frozen=True, kw_only=True)
class ReassignmentRefused(Fact, name="paging.reassignment_refused"):
    """Declined, or silent for too long: it stays with the giver."""

    escalation: int
    offer: int
    giver: str
    person: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AlarmRepeated(Fact, name="paging.alarm_repeated", line=False):
    """Still nobody has taken it: the last resort is told once more."""

    escalation: int
    times: int


@dataclass(frozen=True, kw_only=True)
class ExecutiveInformed(Fact, name="paging.executive_informed"):
    """Somebody who is informed, not paged, learnt of an incident that is still open."""

    person: str
    after: int


@dataclass(frozen=True, kw_only=True)
class SeverityRaiseSuggested(Fact, name="paging.severity_raise_suggested"):
    """`why` is one of the reasons to raise a severity; `count` is how many complain, where that is the reason."""

    severity: str
    person: str
    after: int
    why: str = "taking-longer"
    count: int = 0
