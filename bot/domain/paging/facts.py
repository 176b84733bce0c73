"""Facts about escalations, pages, and the installation they run on."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class EscalationStarted(Fact, name="paging.escalation_started", line=False):
    escalation: int
    policy: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LevelReached(Fact, name="paging.level_reached"):
    """`repeat`: how often the policy has been repeated since it last began; `cycle` counts every beginning."""

    escalation: int
    level: int
    cycle: int
    people: list[str]
    reason: str
    repeat: int = 0


@dataclass(frozen=True, kw_only=True)
class LevelSkipped(Fact, name="paging.level_skipped", reaction=False):
    escalation: int
    level: int
    cycle: int
    targets: list[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class PeoplePassed(Fact, name="paging.people_passed"):
    """Whom a level stands for and cannot ask, each with why: {person: reason}. The others of it are asked."""

    escalation: int
    level: int
    people: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Paged(Fact, name="paging.paged", line=False):
    """A page is owed to one person, by these ways at once."""

    escalation: int
    page: int
    person: str
    why: str
    ways: list[str]


@dataclass(frozen=True, kw_only=True)
class PageSent(Fact, name="paging.page_sent", line=False):
    """`instead`: another way had failed, or was too slow."""

    escalation: int
    page: int
    person: str
    via: str
    instead: bool


@dataclass(frozen=True, kw_only=True)
class PageFailed(Fact, name="paging.page_failed"):
    escalation: int
    page: int
    person: str
    via: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PageAcknowledged(Fact, name="paging.page_acknowledged"):
    escalation: int
    page: int | None
    person: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class PageDeclined(Fact, name="paging.page_declined"):
    escalation: int
    page: int
    person: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationAdvanced(Fact, name="paging.escalation_advanced", line=False, reaction=False):
    """Moved on before its time, because somebody asked for it or nobody of the level can answer."""

    escalation: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationExhausted(Fact, name="paging.escalation_exhausted"):
    """`alarm`: nobody else is asked and nobody has it, so everybody is told."""

    escalation: int
    reason: str
    alarm: bool = True


@dataclass(frozen=True, kw_only=True)
class EscalationStopped(Fact, name="paging.escalation_stopped"):
    escalation: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class TimerWasLate(Fact, name="paging.timer_was_late", reaction=False):
    timer: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class MethodTried(Fact, name="paging.method_tried", line=False):
    """Another way is used now; `reason` says why before its time, "" when its time has come."""

    escalation: int
    page: int
    person: str
    via: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MethodFailed(Fact, name="paging.method_failed"):
    """One way did not work, and there is another. The last one that fails is a PageFailed."""

    escalation: int
    page: int
    person: str
    via: str
    reason: str
