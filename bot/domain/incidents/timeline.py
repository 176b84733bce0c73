"""Which facts of incidents become a line of the timeline, and in what words."""

from bot.domain.core.line import Line, Lines, because, length, line, person, severity
from bot.domain.incidents import severity as severity_rules
from bot.domain.incidents.facts import (
    DeclarationCorrected,
    IncidentCancelled,
    IncidentClosed,
    IncidentDeclared,
    IncidentReopened,
    IncidentResolved,
    InvitesSkipped,
    MirrorFailed,
    MirrorOpened,
    NoteAdded,
    PostmortemDrafted,
    RoleAssigned,
    RoleReleased,
    RoomFailed,
    RoomLost,
    RoomOpened,
    RoomPrivacyChanged,
    RoomRenamed,
    SeverityChanged,
    SeveritySuggested,
    StatusChanged,
    UpdatePublished,
)
from bot.domain.incidents.roles import NAMES
from bot.domain.incidents.severity_facts import ComplaintMade, FieldSet, TargetMissed


def _declared(fact: IncidentDeclared) -> Line:
    service = f" on {fact.service}" if fact.service else ""
    how = "In triage, not sure yet" if fact.triage else "Declared"
    return Line("declared", f"{how} {severity(fact.severity)}{service}: {fact.title}")


def _status(fact: StatusChanged) -> Line:
    return Line("status", f"Status {fact.old} → {fact.new}" + (f" ({fact.reason})" if fact.reason else ""))


def _severity(fact: SeverityChanged) -> Line:
    return Line("severity", f"Severity {severity(fact.old)} → {severity(fact.new)}{because(fact.reason)}")


def _complaint(fact: ComplaintMade) -> Line:
    return Line("complaint", f"It affects {person(fact.person)} too ({fact.count} by now){because(fact.text)}")


def _field(fact: FieldSet) -> Line:
    new, old = (person(one) if one and fact.people else one for one in (fact.new, fact.old))
    return Line("status", f"{fact.label}: {new or 'none'}" + (f" (was {old})" if old else ""))


def _missed(fact: TargetMissed) -> Line:
    text = f"Target missed: {severity_rules.missed(fact.target, fact.within)} ({severity(fact.severity)})"
    return Line("system", text, source_key=severity_rules.key(fact.target, fact.severity))


def _role(fact: RoleAssigned) -> Line:
    before = f" (was {person(fact.before)})" if fact.before else ""
    return Line("role", f"{person(fact.person)} is {NAMES[fact.role]}{before}")


def _update(fact: UpdatePublished) -> Line:
    return Line("update", f"Update {fact.number} ({fact.status}): {fact.text}")


def _resolved(fact: IncidentResolved) -> Line:
    early = f" ({length(fact.left_out)} of the stability hold left out{because(fact.early)})" if fact.left_out else ""
    return Line("resolved", f"Resolved: {fact.resolution}{early}")


def _skips(fact: InvitesSkipped) -> Line:
    people = ", ".join(f"{person(who)} {why}" for who, why in fact.people.items())
    return Line("room", f"Not invited: {people}")


def _corrected(fact: DeclarationCorrected) -> Line:
    title = f"Title: {fact.title} (was {fact.was_title})" if fact.title != fact.was_title else ""
    moved = fact.service != fact.was_service
    service = f"Service: {fact.service or 'none'} (was {fact.was_service or 'none'})" if moved else ""
    drill = "" if fact.drill is None else "It is a drill" if fact.drill else "It is no drill"
    return Line("status", ". ".join(part for part in (title, service, drill) if part) or "Declared as it was")


LINES: Lines = {
    IncidentDeclared: _declared,
    StatusChanged: _status,
    SeverityChanged: _severity,
    SeveritySuggested: line("severity", lambda fact: f"{severity(fact.severity)} suggested: {fact.because}"),
    ComplaintMade: _complaint,
    TargetMissed: _missed,
    FieldSet: _field,
    RoleAssigned: _role,
    RoleReleased: line("role", lambda fact: f"{person(fact.person)} is no longer {NAMES[fact.role]}"),
    NoteAdded: lambda fact: Line("note", fact.text, fact.at, fact.source_key, fact.link),
    UpdatePublished: _update,
    IncidentResolved: _resolved,
    IncidentReopened: line("status", lambda fact: f"Reopened{because(fact.reason)}"),
    DeclarationCorrected: _corrected,
    IncidentClosed: line("status", lambda fact: "Closed"),
    IncidentCancelled: line("status", lambda fact: f"Cancelled{because(fact.reason)}"),
    MirrorOpened: lambda fact: Line("system", f"PagerDuty has it as {fact.id}", link=fact.url or None),
    MirrorFailed: line("system", lambda fact: f"Not kept in step with PagerDuty: {fact.reason}"),
    PostmortemDrafted: line("postmortem", lambda fact: "Postmortem draft written"),
    RoomOpened: line("room", lambda fact: f"War room #{fact.channel_name} opened"),
    RoomLost: line("room", lambda fact: f"War room #{fact.channel_name} can no longer be used: {fact.reason}"),
    RoomRenamed: line("room", lambda fact: f"War room #{fact.before} is now called #{fact.channel_name}"),
    RoomPrivacyChanged: line(
        "room", lambda fact: f"War room #{fact.channel_name} was made {'private' if fact.by_invitation else 'public'}"
    ),
    RoomFailed: line("room", lambda fact: f"No war room: {fact.reason}"),
    InvitesSkipped: _skips,
}
