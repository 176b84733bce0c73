"""Facts about escalations, pages, and the installation they run on."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class EscalationStarted(Fact):
    escalation: int
    policy: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LevelReached(Fact):
    """`repeat`: how often the policy has been repeated since it last began; `cycle` counts every beginning."""

    escalation: int
    level: int
    cycle: int
    people: list[str]
    reason: str
    repeat: int = 0


@dataclass(frozen=True, kw_only=True)
class LevelSkipped(Fact):
    escalation: int
    level: int
    cycle: int
    targets: list[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Paged(Fact):
    """A page is owed to one person, by these ways at once."""

    escalation: int
    page: int
    person: str
    why: str
    ways: list[str]


@dataclass(frozen=True, kw_only=True)
class PageSent(Fact):
    """`instead`: another way had failed, or was too slow."""

    escalation: int
    page: int
    person: str
    via: str
    instead: bool


@dataclass(frozen=True, kw_only=True)
class PageFailed(Fact):
    escalation: int
    page: int
    person: str
    via: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PageAcknowledged(Fact):
    escalation: int
    page: int | None
    person: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class PageDeclined(Fact):
    escalation: int
    page: int
    person: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationAdvanced(Fact):
    """Moved on before its time, because somebody asked for it or nobody of the level can answer."""

    escalation: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationExhausted(Fact):
    escalation: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationStopped(Fact):
    escalation: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class TimerWasLate(Fact):
    timer: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class CapabilityLost(Fact):
    """Slack lacks a method or refuses it to us; said once, in the log and in doctor, not in a room."""

    method: str
    error: str


@dataclass(frozen=True, kw_only=True)
class DeliveryDied(Fact):
    """Nobody will send this any more."""

    delivery: int
    kind: str
    reason: str
