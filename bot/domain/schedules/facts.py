"""Facts about schedules: what was changed at short notice, who asked whom for cover, and who was on call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class OverrideAdded(Fact, name="schedules.override_added", line=False):
    """`changes`: {person, gains, start, end} for everybody who gains or loses a stretch by it. `gathered`: one of
    several at once, of which people hear together."""

    override: int
    schedule: str
    kind: str
    person: str
    substitute: str | None
    people: list[str]
    start: datetime
    end: datetime
    note: str
    by: str
    cover: int | None
    changes: list[dict[str, Any]]
    gathered: bool = False


@dataclass(frozen=True, kw_only=True)
class OverrideCancelled(Fact, name="schedules.override_cancelled", line=False):
    override: int
    schedule: str
    by: str
    changes: list[dict[str, Any]]
    gathered: bool = False


@dataclass(frozen=True, kw_only=True)
class RotaEdited(Fact, name="schedules.rota_edited", line=False):
    """An edit of tocsin.yml has moved shifts of the coming eight weeks. `people` are on call now, `before` were.

    `moved`: {person, was, now, more_was, more_now}, with [start, end or None] each; `windows`: {start, end, was, now},
    with people, and `more` of them.
    `state`: changed, new or gone; `place` is where a schedule that is gone was spoken of.
    """

    schedule: str
    state: str
    people: list[str]
    before: list[str]
    moved: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    more: int
    place: str | None


@dataclass(frozen=True, kw_only=True)
class OverrideOutdone(Fact, name="schedules.override_outdone", line=False, reaction=False):
    """By an edit of tocsin.yml an override changes nothing any more: `instead` are on call in its time."""

    override: int
    schedule: str
    kind: str
    person: str
    substitute: str | None
    people: list[str]
    start: datetime
    end: datetime
    cover: int | None
    instead: list[str]


@dataclass(frozen=True, kw_only=True)
class GapsOpened(Fact, name="schedules.gaps_opened", line=False):
    """Nobody is on call any more in `gaps`: {start, end, was} each, in order. `owner` looks after the schedule."""

    schedule: str
    gaps: list[dict[str, Any]]
    by: str
    owner: str | None


@dataclass(frozen=True, kw_only=True)
class CoverAsked(Fact, name="schedules.cover_asked", line=False):
    cover: int
    schedule: str
    person: str
    start: datetime
    end: datetime
    note: str
    partner: str | None
    takes: list[list[str]]


@dataclass(frozen=True, kw_only=True)
class CoverStillOpen(Fact, name="schedules.cover_still_open", line=False):
    """Nobody has taken it yet; `left` more follow-ups will come. Of the last one the schedule's `owner` hears."""

    cover: int
    schedule: str
    person: str
    left: int
    partner: str | None
    owner: str | None


@dataclass(frozen=True, kw_only=True)
class CoverTaken(Fact, name="schedules.cover_taken", line=False):
    cover: int
    schedule: str
    person: str
    by: str
    partner: str | None


@dataclass(frozen=True, kw_only=True)
class CoverDeclined(Fact, name="schedules.cover_declined", line=False):
    cover: int
    schedule: str
    person: str
    by: str


@dataclass(frozen=True, kw_only=True)
class CoverVoid(Fact, name="schedules.cover_void", line=False):
    """The shifts it was about were changed: by an override of `by`, or (None) by the configuration."""

    cover: int
    schedule: str
    person: str
    by: str | None
    partner: str | None


@dataclass(frozen=True, kw_only=True)
class CoverWithdrawn(Fact, name="schedules.cover_withdrawn", line=False):
    cover: int
    schedule: str
    person: str
    by: str


@dataclass(frozen=True, kw_only=True)
class CoverUntaken(Fact, name="schedules.cover_untaken", line=False):
    """The time that somebody wanted to be covered for begins, and nobody has taken it."""

    cover: int
    schedule: str
    person: str


@dataclass(frozen=True, kw_only=True)
class CoverExpired(Fact, name="schedules.cover_expired", line=False):
    cover: int
    schedule: str
    person: str
    partner: str | None


@dataclass(frozen=True, kw_only=True)
class OnCallChanged(Fact, name="schedules.on_call_changed", line=False, reaction=False):
    """From `since` on these people are on call; `before` them it was these."""

    schedule: str
    people: list[str]
    before: list[str]
    since: datetime
