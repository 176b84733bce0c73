"""Facts about an incident and its war room."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class IncidentDeclared(Fact):
    title: str
    severity: str
    service: str | None
    source: str
    drill: bool
    private: bool


@dataclass(frozen=True, kw_only=True)
class StatusChanged(Fact):
    old: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SeverityChanged(Fact):
    old: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoleAssigned(Fact):
    """`before` is who held it until then, `by` whoever gave it: the holder now, the one before, or somebody else."""

    role: str
    person: str
    before: str | None
    by: str


@dataclass(frozen=True, kw_only=True)
class RoleReleased(Fact):
    role: str
    person: str


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Fact):
    text: str
    at: datetime
    source_key: str | None
    link: str | None


@dataclass(frozen=True, kw_only=True)
class UpdatePublished(Fact):
    number: int
    status: str
    text: str
    impact: str
    next_update_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class UpdateFallsDue(Fact):
    """The next update is due soon (`overdue` false) or was due by now."""

    due_at: datetime
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class UpdateSnoozed(Fact):
    until: datetime


@dataclass(frozen=True, kw_only=True)
class IncidentResolved(Fact):
    resolution: str
    impact: str
    mitigated_at: datetime
    update: str


@dataclass(frozen=True, kw_only=True)
class IncidentReopened(Fact):
    reason: str


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class CloseProposed(Fact):
    """Resolved for as long as the configuration says: somebody is asked whether it can be filed away."""


@dataclass(frozen=True, kw_only=True)
class IncidentCancelled(Fact):
    reason: str


@dataclass(frozen=True, kw_only=True)
class PostmortemDrafted(Fact):
    owner: str | None


@dataclass(frozen=True, kw_only=True)
class RoomWanted(Fact):
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoomQuestionAsked(Fact):
    """The severity leaves the war room to the declarer."""

    person: str


@dataclass(frozen=True, kw_only=True)
class RoomDeclined(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class RoomOpened(Fact):
    channel: str
    channel_name: str


@dataclass(frozen=True, kw_only=True)
class RoomFailed(Fact):
    reason: str


@dataclass(frozen=True, kw_only=True)
class Joined(Fact):
    person: str


@dataclass(frozen=True, kw_only=True)
class InvitesSkipped(Fact):
    """People who could not be invited: {person: reason}."""

    people: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class CardPosted(Fact):
    ts: str


@dataclass(frozen=True, kw_only=True)
class Announced(Fact):
    channel: str
    ts: str
