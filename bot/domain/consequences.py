"""What each fact owes to the outside and to the clock: the causality of the whole product in one table.

A plan is data, carried out by `Work` in the transaction that records the fact. What follows from an answer of Slack
(invite after the channel exists, pin after the card) hangs on the fact of that answer (`RoomOpened`, `CardPosted`).
"""

from collections.abc import Callable
from typing import Any

from bot.domain import effects_mirror as mirror
from bot.domain import facts as f
from bot.domain.assistance import effects as asking
from bot.domain.contact import effects as reachability
from bot.domain.core.effect import Effect, Scene
from bot.domain.incidents import effects as incident
from bot.domain.incidents import war_room_effects as room
from bot.domain.oncall import effects as handoff
from bot.domain.paging import acknowledgement_effects as holding
from bot.domain.paging import effects as paging
from bot.domain.paging import method_effects as contact
from bot.domain.schedules import effects as schedules

Rule = Callable[[Any, Scene], list[Effect]]
RULES: dict[type[f.Fact], Rule | None] = {
    f.IncidentDeclared: incident.declared,
    f.StatusChanged: incident.show,
    f.SeverityChanged: incident.severity,
    f.RoleAssigned: incident.role,
    f.RoleReleased: incident.show,
    f.NoteAdded: None,
    f.UpdatePublished: incident.published,
    f.UpdateFallsDue: incident.falls_due,
    f.UpdateSnoozed: incident.snoozed,
    f.IncidentResolved: incident.resolved,
    f.IncidentReopened: incident.reopened,
    f.CloseProposed: incident.close_proposed,
    f.IncidentClosed: incident.closed,
    f.IncidentCancelled: incident.ended,
    f.PostmortemDrafted: incident.drafted,
    f.MirrorWanted: mirror.wanted,
    f.MirrorOpened: mirror.opened,
    f.MirrorFailed: None,
    f.RoomWanted: room.room_wanted,
    f.RoomQuestionAsked: room.room_asked,
    f.RoomDeclined: room.declined,
    f.RoomOpened: room.room_opened,
    f.RoomFailed: room.room_failed,
    f.Joined: room.joined,
    f.InvitesSkipped: room.skipped,
    f.CardPosted: room.card_posted,
    f.Announced: room.announced,
    f.EscalationStarted: paging.started,
    f.LevelReached: paging.level,
    f.LevelSkipped: None,
    f.Paged: contact.paged,
    f.WayTried: contact.tried,
    f.WayFailed: contact.way_failed,
    f.PageSent: contact.sent,
    f.PageFailed: paging.page_failed,
    f.PageAcknowledged: paging.acknowledged,
    f.PageDeclined: paging.declined,
    f.EscalationAdvanced: None,
    f.EscalationExhausted: paging.exhausted,
    f.EscalationStopped: paging.stopped,
    f.AckQuestioned: holding.questioned,
    f.AckConfirmed: holding.confirmed,
    f.AckWithdrawn: holding.withdrawn,
    f.EscalationPaused: holding.paused,
    f.EscalationResumed: holding.resumed,
    f.HandoverOffered: None,
    f.HandoverAccepted: holding.handed_over,
    f.HandoverRefused: holding.refused,
    f.AlarmRepeated: paging.alarm_again,
    f.ExecutiveInformed: holding.informed,
    f.SeverityRaiseSuggested: holding.raise_suggested,
    f.OverrideAdded: schedules.added,
    f.OverrideCancelled: schedules.cancelled,
    f.GapsOpened: schedules.opened,
    f.CoverAsked: schedules.asked,
    f.CoverStillOpen: schedules.still_open,
    f.CoverTaken: schedules.taken,
    f.CoverDeclined: schedules.declined,
    f.CoverVoid: schedules.void,
    f.CoverWithdrawn: schedules.withdrawn,
    f.CoverUntaken: schedules.untaken,
    f.CoverExpired: schedules.expired,
    f.OnCallChanged: None,
    f.HandoffDue: handoff.due,
    f.HandoffTaken: handoff.redrawn,
    f.HandoffEdited: handoff.redrawn,
    f.HandoffRated: None,
    f.RecoverySuggested: handoff.recovery,
    f.SpecialistPaged: asking.specialist_paged,
    f.SpecialistSilent: asking.specialist_silent,
    f.DecisionAsked: None,
    f.Decided: asking.decided,
    f.VendorAsked: asking.vendor_asked,
    f.VendorTicketNoted: None,
    f.VendorSilent: asking.vendor_silent,
    f.VendorEscalated: asking.vendor_escalated,
    f.VendorAnswered: asking.vendor_answered,
    f.TreeWalked: None,
    f.PrivateNoteGiven: asking.note_given,
    f.ReachabilityChanged: reachability.changed,
    f.TimerWasLate: None,
    f.CapabilityLost: None,
    f.WayAiling: None,
    f.WayWell: None,
    f.ConfigurationRefused: None,
    f.ConfigurationMended: None,
    f.DeliveryDied: None,
}


def plan(fact: f.Fact, scene: Scene) -> list[Effect]:
    """Everything that follows from `fact`."""
    rule = RULES[type(fact)]
    return rule(fact, scene) if rule else []
