"""Facts about asking further: specialists, a manager's decision, a vendor's support, and the way that led there."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class SpecialistPaged(Fact, name="assistance.specialist_paged"):
    """A specialist team is paged beside the people on call; an answer is promised until `due_at`."""

    specialist: str
    escalation: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SpecialistSilent(Fact, name="assistance.specialist_silent"):
    """The promised time is over and nobody of the specialist team has answered."""

    specialist: str
    escalation: int
    people: list[str]
    lead: str | None
    commander: str


@dataclass(frozen=True, kw_only=True)
class DecisionAsked(Fact, name="assistance.decision_asked", reaction=False):
    decision: int
    text: str
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class Decided(Fact, name="assistance.decided"):
    """`answer` is yes or no."""

    decision: int
    text: str
    answer: str
    rationale: str
    person: str
    asked_by: str


@dataclass(frozen=True, kw_only=True)
class VendorAsked(Fact, name="assistance.vendor_asked"):
    """A vendor's support was asked for help. `due_at` is when its promised answer is over, None without a promise."""

    case: int
    vendor: str
    ticket: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class VendorTicketNoted(Fact, name="assistance.vendor_ticket_noted", reaction=False):
    case: int
    vendor: str
    ticket: str


@dataclass(frozen=True, kw_only=True)
class VendorSilent(Fact, name="assistance.vendor_silent"):
    """The vendor's promised answer is overdue; the room is told for the `times`-th time, next at `again_at`."""

    case: int
    vendor: str
    ticket: str
    since: datetime
    times: int
    again_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class VendorEscalated(Fact, name="assistance.vendor_escalated"):
    case: int
    vendor: str
    ticket: str
    times: int
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class VendorAnswered(Fact, name="assistance.vendor_answered"):
    case: int
    vendor: str
    ticket: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class TreeWalked(Fact, name="assistance.tree_walked", reaction=False):
    """Somebody asked who else is needed. `path` holds each question with its answer, `deed` what was done then."""

    path: list[str]
    deed: str


@dataclass(frozen=True, kw_only=True)
class PrivateNoteGiven(Fact, name="assistance.private_note_given"):
    """Words for a few people only; the timeline says that they were said, and the journal alone keeps them."""

    people: list[str]
    text: str
