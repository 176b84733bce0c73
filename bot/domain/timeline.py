"""Which facts become a line of the timeline, and in what words. Names of people stay ids: they are shown at the edge.

A person in the text is written as {person:ID} and a severity as {severity:KEY}, so that every surface can show them
its own way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain import facts as f
from bot.domain.contact import methods
from bot.domain.core.people import TOCSIN
from bot.domain.incidents.roles import NAMES


@dataclass(frozen=True)
class Line:
    """A timeline line; `at` None means the time of the fact."""

    kind: str
    text: str
    at: datetime | None = None
    source_key: str | None = None
    link: str | None = None


def person(who: str) -> str:
    return f"{{person:{who}}}"


def severity(key: str) -> str:
    return f"{{severity:{key}}}"


def entry(fact: f.Fact) -> Line | None:
    """The line of this fact, or None when the timeline does not show it."""
    word = LINES[type(fact)]
    return word(fact) if word else None


def _declared(fact: f.IncidentDeclared) -> Line:
    service = f" on {fact.service}" if fact.service else ""
    return Line("declared", f"Declared {severity(fact.severity)}{service}: {fact.title}")


def _status(fact: f.StatusChanged) -> Line:
    return Line("status", f"Status {fact.old} → {fact.new}" + (f" ({fact.reason})" if fact.reason else ""))


def _severity(fact: f.SeverityChanged) -> Line:
    return Line("severity", f"Severity {severity(fact.old)} → {severity(fact.new)}{_reason(fact.reason)}")


def _role(fact: f.RoleAssigned) -> Line:
    before = f" (was {person(fact.before)})" if fact.before else ""
    return Line("role", f"{person(fact.person)} is {NAMES[fact.role]}{before}")


def _update(fact: f.UpdatePublished) -> Line:
    return Line("update", f"Update {fact.number} ({fact.status}): {fact.text}")


def _resolved(fact: f.IncidentResolved) -> Line:
    return Line("resolved", f"Resolved: {fact.resolution}")


def _level(fact: f.LevelReached) -> Line:
    people = ", ".join(person(one) for one in fact.people)
    again = f", round {fact.repeat + 1}" if fact.repeat else ""
    return Line(
        "page", f"Level {fact.level + 1}{again}: paging {people}" + (f" ({fact.reason})" if fact.reason else "")
    )


def _skipped(fact: f.LevelSkipped) -> Line:
    return Line("page", f"Level {fact.level + 1} skipped: {fact.reason} ({', '.join(fact.targets)})")


def _acknowledged(fact: f.PageAcknowledged) -> Line:
    return Line("page", f"{person(fact.person)} acknowledged after {_length(fact.seconds)}")


def _declined(fact: f.PageDeclined) -> Line:
    return Line("page", f"{person(fact.person)} cannot take it" + (f": {fact.reason}" if fact.reason else ""))


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _skips(fact: f.InvitesSkipped) -> Line:
    people = ", ".join(f"{person(who)} {why}" for who, why in fact.people.items())
    return Line("room", f"Not invited: {people}")


def _line(kind: str, text: Callable[[Any], str]) -> Callable[[Any], Line]:
    return lambda fact: Line(kind, text(fact))


def _by(via: str) -> str:
    return methods.NAMES.get(via, via)


def _reason(reason: str) -> str:
    return f": {reason}" if reason else ""


def _paused(fact: f.EscalationPaused) -> Line:
    who = "Paging waits" if fact.by == TOCSIN.who else f"{person(fact.by)} paused the paging"
    return Line("page", f"{who} until {fact.until:%Y-%m-%d %H:%M} UTC{_reason(fact.reason)}")


def _informed(fact: f.ExecutiveInformed) -> Line:
    return Line("page", f"{person(fact.person)} was informed", source_key=f"informed:{fact.person}")


def _suggested(fact: f.SeverityRaiseSuggested) -> Line:
    text = f"Still {severity(fact.severity)} after {_length(fact.after)}: {person(fact.person)} is asked to raise it"
    return Line("page", text, source_key=f"raise:{fact.severity}")


def _decided(fact: f.Decided) -> Line:
    said = "yes" if fact.answer == "yes" else "no"
    return Line("decision", f"{person(fact.person)} decided {said}: {fact.text}{_because(fact.rationale)}")


def _because(rationale: str) -> str:
    return f" (because: {rationale})" if rationale else ""


def _ticket(ticket: str) -> str:
    return f", ticket {ticket}" if ticket else ""


LINES: dict[type[f.Fact], Callable[[Any], Line | None] | None] = {
    f.IncidentDeclared: _declared,
    f.StatusChanged: _status,
    f.SeverityChanged: _severity,
    f.RoleAssigned: _role,
    f.RoleReleased: _line("role", lambda fact: f"{person(fact.person)} is no longer {NAMES[fact.role]}"),
    f.NoteAdded: lambda fact: Line("note", fact.text, fact.at, fact.source_key, fact.link),
    f.UpdatePublished: _update,
    f.UpdateFallsDue: None,
    f.UpdateSnoozed: None,
    f.IncidentResolved: _resolved,
    f.IncidentReopened: _line("status", lambda fact: f"Reopened{_reason(fact.reason)}"),
    f.CloseProposed: None,
    f.IncidentClosed: _line("status", lambda fact: "Closed"),
    f.IncidentCancelled: _line("status", lambda fact: f"Cancelled{_reason(fact.reason)}"),
    f.MirrorWanted: None,
    f.MirrorOpened: lambda fact: Line("system", f"PagerDuty has it as {fact.id}", link=fact.url or None),
    f.MirrorFailed: _line("system", lambda fact: f"Not kept in step with PagerDuty: {fact.reason}"),
    f.PostmortemDrafted: _line("postmortem", lambda fact: "Postmortem draft written"),
    f.RoomWanted: None,
    f.RoomQuestionAsked: None,
    f.RoomDeclined: None,
    f.RoomOpened: _line("room", lambda fact: f"War room #{fact.channel_name} opened"),
    f.RoomFailed: _line("room", lambda fact: f"No war room: {fact.reason}"),
    f.Joined: None,
    f.InvitesSkipped: _skips,
    f.CardPosted: None,
    f.Announced: None,
    f.EscalationStarted: None,
    f.LevelReached: _level,
    f.LevelSkipped: _skipped,
    f.Paged: None,
    f.PageSent: None,
    f.WayTried: None,
    f.WayFailed: _line("page", lambda fact: f"{_by(fact.via)} to {person(fact.person)} failed: {fact.reason}"),
    f.PageFailed: _line("page", lambda fact: f"Page to {person(fact.person)} failed: {fact.reason}"),
    f.PageAcknowledged: _acknowledged,
    f.PageDeclined: _declined,
    f.EscalationAdvanced: None,
    f.EscalationExhausted: _line("page", lambda fact: f"Escalation exhausted: {fact.reason}"),
    f.EscalationStopped: _line("page", lambda fact: f"Paging stopped: {fact.reason}"),
    f.AckQuestioned: _line("page", lambda fact: f"{person(fact.person)} is asked whether they still have it"),
    f.AckConfirmed: lambda fact: Line("page", f"{person(fact.person)} is still on it") if fact.said else None,
    f.AckWithdrawn: _line("page", lambda fact: f"{person(fact.person)} has it no longer{_reason(fact.reason)}"),
    f.EscalationPaused: _paused,
    f.EscalationResumed: _line("page", lambda fact: f"Paging goes on{_reason(fact.reason)}"),
    f.HandoverOffered: _line("page", lambda fact: f"{person(fact.giver)} offers it to {person(fact.person)}"),
    f.HandoverAccepted: _line("page", lambda fact: f"{person(fact.person)} took it over from {person(fact.giver)}"),
    f.HandoverRefused: _line("page", lambda fact: f"It stays with {person(fact.giver)}: {fact.reason}"),
    f.AlarmRepeated: None,
    f.ExecutiveInformed: _informed,
    f.SeverityRaiseSuggested: _suggested,
    f.OverrideAdded: None,
    f.OverrideCancelled: None,
    f.GapsOpened: None,
    f.CoverAsked: None,
    f.CoverStillOpen: None,
    f.CoverTaken: None,
    f.CoverDeclined: None,
    f.CoverVoid: None,
    f.CoverWithdrawn: None,
    f.CoverUntaken: None,
    f.CoverExpired: None,
    f.OnCallChanged: None,
    f.HandoffDue: None,
    f.HandoffTaken: None,
    f.HandoffEdited: None,
    f.HandoffRated: None,
    f.RecoverySuggested: None,
    f.SpecialistPaged: _line(
        "page", lambda fact: f"Specialists {fact.specialist}: an answer is promised until {fact.due_at:%H:%M} UTC"
    ),
    f.SpecialistSilent: _line("page", lambda fact: f"Specialists {fact.specialist} have not answered in time"),
    f.DecisionAsked: _line("decision", lambda fact: f"A decision is asked for: {fact.text}"),
    f.Decided: _decided,
    f.VendorAsked: _line("vendor", lambda fact: f"Asked {fact.vendor} for support{_ticket(fact.ticket)}"),
    f.VendorTicketNoted: _line("vendor", lambda fact: f"The ticket at {fact.vendor} is {fact.ticket}"),
    f.VendorSilent: _line("vendor", lambda fact: f"{fact.vendor} has not answered in time{_ticket(fact.ticket)}"),
    f.VendorEscalated: _line("vendor", lambda fact: f"Escalated at {fact.vendor}{_ticket(fact.ticket)}"),
    f.VendorAnswered: _line("vendor", lambda fact: f"{fact.vendor} answered after {_length(fact.seconds)}"),
    f.TreeWalked: _line("page", lambda fact: f"Who else is needed: {' · '.join(fact.path)} → {fact.deed}"),
    f.PrivateNoteGiven: _line(
        "page", lambda fact: f"A private note went to {', '.join(person(one) for one in fact.people)}"
    ),
    f.ReachabilityChanged: None,
    f.TimerWasLate: _line(
        "system", lambda fact: f"Late by {_length(fact.seconds)}: Tocsin was down, or its clock was moved"
    ),
    f.CapabilityLost: None,
    f.WayAiling: None,
    f.WayWell: None,
    f.ConfigurationRefused: None,
    f.ConfigurationMended: None,
    f.DeliveryDied: None,
}
