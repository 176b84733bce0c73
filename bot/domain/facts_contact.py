"""Facts about the ways by which one page is told to its person."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class WayTried(Fact):
    """Another way is used now; `reason` says why before its time, "" when its time has come."""

    escalation: int
    page: int
    person: str
    via: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WayFailed(Fact):
    """One way did not work, and there is another. The last one that fails is a PageFailed."""

    escalation: int
    page: int
    person: str
    via: str
    reason: str
