"""Facts about an incident and its war room."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class IncidentDeclared(Fact, name="incidents.declared"):
    title: str
    severity: str
    service: str | None
    source: str
    drill: bool
    private: bool
    triage: bool = False
    """It is not sure yet whether it is an incident."""


@dataclass(frozen=True, kw_only=True)
class StatusChanged(Fact, name="incidents.status_changed"):
    old: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SeverityChanged(Fact, name="incidents.severity_changed"):
    old: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SeveritySuggested(Fact, name="incidents.severity_suggested", reaction=False):
    """Rules or answers lead to this severity; `because` says which, with the severity that each means."""

    severity: str
    because: str


@dataclass(frozen=True, kw_only=True)
class RoleAssigned(Fact, name="incidents.role_assigned"):
    """`before` had it until then, `by` gave it. `told`: another fact of the same moment says more of it."""

    role: str
    person: str
    before: str | None
    by: str
    told: bool = False


@dataclass(frozen=True, kw_only=True)
class RoleReleased(Fact, name="incidents.role_released"):
    """`by` emptied it; None: the account of its holder was deactivated."""

    role: str
    person: str
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Fact, name="incidents.note_added", reaction=False):
    """`source_key` is the message that it was captured from, `mark` how that was marked: pinned or shortcut."""

    text: str
    at: datetime
    source_key: str | None
    link: str | None
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteCorrected(Fact, name="incidents.note_corrected", line=False, reaction=False):
    """The message that a line was captured from was edited or deleted; this is what the line says now."""

    source_key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class NoteWithdrawn(Fact, name="incidents.note_withdrawn", line=False, reaction=False):
    """The last pushpin was taken off a captured message; this is what its line said."""

    source_key: str
    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class UpdatePublished(Fact, name="incidents.update_published"):
    number: int
    status: str
    text: str
    impact: str
    next_update_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class UpdateFallsDue(Fact, name="incidents.update_falls_due", line=False):
    """The next update is due soon (`overdue` false) or was due by now."""

    due_at: datetime
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class UpdateSnoozed(Fact, name="incidents.update_snoozed", line=False):
    until: datetime


@dataclass(frozen=True, kw_only=True)
class IncidentResolved(Fact, name="incidents.resolved"):
    resolution: str
    impact: str
    mitigated_at: datetime
    update: str
    left_out: int = 0
    """Seconds of the stability hold that were left out, and `early`, why, where that was said apart."""
    early: str = ""


@dataclass(frozen=True, kw_only=True)
class IncidentReopened(Fact, name="incidents.reopened"):
    reason: str


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Fact, name="incidents.closed"):
    pass


@dataclass(frozen=True, kw_only=True)
class CloseProposed(Fact, name="incidents.close_proposed", line=False):
    """Resolved for as long as the configuration says: somebody is asked whether it can be filed away."""


@dataclass(frozen=True, kw_only=True)
class DeclarationCorrected(Fact, name="incidents.declaration_corrected"):
    """`was_title` and `was_service` stood there before; `drill` is what it is now, when that was wrong too."""

    title: str
    service: str | None
    was_title: str
    was_service: str | None
    drill: bool | None = None


@dataclass(frozen=True, kw_only=True)
class IncidentCancelled(Fact, name="incidents.cancelled"):
    reason: str


@dataclass(frozen=True, kw_only=True)
class PostmortemDrafted(Fact, name="incidents.postmortem_drafted"):
    owner: str | None


@dataclass(frozen=True, kw_only=True)
class RoomWanted(Fact, name="incidents.room_wanted", line=False):
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoomQuestionAsked(Fact, name="incidents.room_question_asked", line=False):
    """The severity leaves the war room to the declarer."""

    person: str


@dataclass(frozen=True, kw_only=True)
class RoomDeclined(Fact, name="incidents.room_declined", line=False):
    pass


@dataclass(frozen=True, kw_only=True)
class RoomOpened(Fact, name="incidents.room_opened"):
    channel: str
    channel_name: str


@dataclass(frozen=True, kw_only=True)
class RoomReplaced(Fact, name="incidents.room_replaced", line=False):
    """The room that was opened follows another, called `before`."""

    channel: str
    before: str


@dataclass(frozen=True, kw_only=True)
class RoomLost(Fact, name="incidents.room_lost"):
    """Nothing that is posted in the room arrives any more; a person archived it, say, or took the bot out."""

    channel: str
    channel_name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoomRegained(Fact, name="incidents.room_regained", line=False):
    """Somebody has brought the room back, and the bot into it."""

    channel: str


@dataclass(frozen=True, kw_only=True)
class RoomRenamed(Fact, name="incidents.room_renamed"):
    before: str
    channel_name: str


@dataclass(frozen=True, kw_only=True)
class RoomPrivacyChanged(Fact, name="incidents.room_privacy_changed"):
    """A person has made the room private, or public."""

    channel_name: str
    by_invitation: bool


@dataclass(frozen=True, kw_only=True)
class RoomFailed(Fact, name="incidents.room_failed"):
    reason: str


@dataclass(frozen=True, kw_only=True)
class Joined(Fact, name="incidents.joined", line=False):
    person: str


@dataclass(frozen=True, kw_only=True)
class InvitesSkipped(Fact, name="incidents.invites_skipped"):
    """People who could not be invited: {person: reason}."""

    people: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class CardPosted(Fact, name="incidents.card_posted", line=False):
    ts: str


@dataclass(frozen=True, kw_only=True)
class Announced(Fact, name="incidents.announced", line=False):
    channel: str
    ts: str


@dataclass(frozen=True, kw_only=True)
class MirrorWanted(Fact, name="incidents.mirror_wanted", line=False):
    """`key` finds the twin again, `urgency` is high or low."""

    key: str
    urgency: str


@dataclass(frozen=True, kw_only=True)
class MirrorOpened(Fact, name="incidents.mirror_opened"):
    id: str
    url: str


@dataclass(frozen=True, kw_only=True)
class MirrorNoted(Fact, name="incidents.mirror_noted", line=False):
    """The twin hears this; `urgency` is the one that it has from now on, "" when it keeps its own."""

    text: str
    urgency: str


@dataclass(frozen=True, kw_only=True)
class MirrorFailed(Fact, name="incidents.mirror_failed", reaction=False):
    reason: str


@dataclass(frozen=True, kw_only=True)
class NudgeGiven(Fact, name="incidents.nudge_given", line=False):
    """A reminder was said for the `n`-th time, by the template `message`; after the `last` no other follows."""

    nudge: str
    person: str
    message: str
    n: int
    last: bool


@dataclass(frozen=True, kw_only=True)
class NudgeSnoozed(Fact, name="incidents.nudge_snoozed", line=False):
    nudge: str
    message: str
    until: datetime
