"""Facts of the further life of an incident: triage, waiting, merging, clocks set by hand, ticked checklists."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class TriageAccepted(Fact, name="lifecycle.triage_accepted"):
    """It is an incident, and was looked at `since` then."""

    since: datetime


@dataclass(frozen=True, kw_only=True)
class TriageDeclined(Fact, name="lifecycle.triage_declined"):
    """It was no incident. `kind` is a key of `triage.KINDS`, or empty."""

    reason: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class IncidentMerged(Fact, name="lifecycle.merged"):
    """It was the same as another one, where the work goes on; `ref` is the name of that one."""

    into: int
    ref: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class IncidentAbsorbed(Fact, name="lifecycle.absorbed"):
    """Another one turned out to be the same as this one, and ended with that; `left` is what it leaves open."""

    other: int
    ref: str
    title: str
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class IncidentHeld(Fact, name="lifecycle.held"):
    """It waits for something: no update is owed and no one is reminded until then."""

    until: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class HoldEnded(Fact, name="lifecycle.hold_ended"):
    """The work goes on, `by_itself` when the time was over."""

    reason: str
    by_itself: bool


@dataclass(frozen=True, kw_only=True)
class ClockSet(Fact, name="lifecycle.clock_set"):
    """When something happened was put right by hand; `was` is what stood there before."""

    clock: str
    at: datetime
    was: datetime | None


@dataclass(frozen=True, kw_only=True)
class ItemTicked(Fact, name="lifecycle.item_ticked"):
    """What a person has said of an item of a checklist; `text` is the item in words, `state` done, open or none."""

    item: str
    text: str
    state: str
