"""Use cases of an incident's life: declare, status, severity, resolve, reopen, close, cancel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.catalog.sections.lifecycle import LIFECYCLE
from bot.domain.core.effect import Arm
from bot.domain.core.eligibility import Task
from bot.domain.core.errors import UnknownStatus
from bot.domain.core.fact import Fact
from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents import mirror, states, updates, war_room
from bot.domain.incidents.facts import CloseProposed, IncidentResolved, PostmortemDrafted, SeveritySuggested
from bot.domain.incidents.visibility import require_not_replaced
from bot.domain.lifecycle import detection
from bot.domain.lifecycle import triage as triage_rules
from bot.domain.lifecycle.checklists import ChecklistOpen
from bot.services.core.answer import Answer
from bot.services.core.catalog_words import parse_service
from bot.services.core.incident import ref, responders
from bot.services.incidents import checklists, ending, executives, own_fields, triage
from bot.services.incidents import war_room as war_room_service
from bot.services.incidents.severity import parse_severity
from bot.services.links import links
from bot.services.paging import policies
from bot.services.workspace import directory, eligibility
from bot.work import Work
from storage import journal
from storage.models import ActionState, Incident, IncidentStatus, RoomState, RulingState
from storage.queries import command as command_queries
from storage.queries import incidents as incident_queries


@dataclass(frozen=True)
class Declaration:
    """What somebody declared. `severity` and `service` are words as typed; empty means the default."""

    title: str
    severity: str = ""
    service: str = ""
    description: str = ""
    source: str = "manual"
    drill: bool = False
    private: bool = False
    triage: bool = False
    detection: str = ""
    started_at: datetime | None = None
    channel: str | None = None
    link: str | None = None
    #: How the severity was said: as a `word`, a `flag`, in the `form`, by its `wizard`, or not at all.
    given: str = ""
    #: Why this severity was suggested, when it was.
    because: str = ""
    #: Own fields: key -> what was written.
    own: Mapping[str, str] = field(default_factory=dict)
    #: It was declared before, so no field that it lacks holds it up.
    again: bool = False


def declare(w: Work, what: Declaration) -> Answer:
    """An incident, its announcement, its room as the severity's row says, and the first pages: one transaction.

    In triage it pages, and that is all.
    """
    level = parse_severity(w.catalog, what.severity or "SEV-3")
    service = parse_service(w.catalog, what.service)
    row = w.catalog.severities[level]
    incident, facts = rules.declare(
        number=journal.next_number(w.session, "incident"),
        title=directory.with_names(w, what.title),
        severity=level,
        now=w.now,
        by=w.actor.who,
        service=service,
        description=what.description,
        source=what.source,
        drill=what.drill,
        private=what.private,
        triage=what.triage,
        origin_channel=what.channel,
        detection=detection.parse(what.detection),
        started_at=what.started_at,
    )
    incident.next_update_at = None if what.triage else rules.next_update(w.now, row.cadence)
    w.session.add(incident)
    w.session.flush()  # what follows points at its row
    facts += own_fields.put(w, incident, what.own)
    if not what.again:
        own_fields.require_to_declare(w, incident)
    if what.link:
        text = f"Declared from a message: {what.description or what.title}"
        facts += rules.note(incident, text, at=w.now, link=what.link)
    if what.because:
        facts.append(SeveritySuggested(severity=level, because=what.because))
    facts += [] if what.triage else triage.begin(w, incident)
    w.record(facts, incident=incident, responders=[incident.declared_by])
    policies.page_for(w, incident, f"{level} in triage" if what.triage else f"{level} declared")
    if not what.triage:
        links.open_call(w, incident)
        executives.plan(w, incident)
    return Answer("declared", incident.number, {"given": what.given, "because": what.because})


def set_status(w: Work, incident: Incident, text: str, reason: str = "") -> Answer:
    new = text.strip().lower()
    if new not in IncidentStatus.SETTABLE:
        raise UnknownStatus(text=text)
    facts = rules.set_status(incident, IncidentStatus(new), now=w.now, ref=ref(w, incident), reason=reason)
    w.record(facts, incident=incident)
    hold = w.catalog.severities[incident.severity].stability_hold
    if facts and hold and new == IncidentStatus.MONITORING:
        w.carry_out(Arm("stable", f"incident:{incident.number}", w.now + hold))
    return Answer("status_set" if facts else "no_change", incident.number)


@dataclass(frozen=True)
class Resolution:
    """How it ended. `mitigated_at` is when the impact ended, now when left out."""

    text: str
    impact: str = ""
    mitigated_at: datetime | None = None
    owner: str | None = None
    update: str = ""
    early: str = ""
    """Why what is left of the stability hold is left out; what fixed it counts as the reason where this is empty."""
    own: Mapping[str, str] = field(default_factory=dict)
    """Own fields: key -> what was written."""


def resolve(w: Work, incident: Incident, how: Resolution) -> Answer:
    """Ends the incident: paging and timers stop, everyone is told, the postmortem draft is owed."""
    row = w.catalog.severities[incident.severity]
    unticked, kept = _unticked(w, incident), _still_open(w, incident)
    states.require(incident, states.Step.RESOLVE, ref(w, incident))  # before anything of its own is asked for
    filled = own_fields.put(w, incident, how.own)
    own_fields.require_to_resolve(w, incident)
    if how.owner:
        eligibility.require(w, how.owner, Task.OWN)
    facts = rules.resolve(
        incident,
        now=w.now,
        ref=ref(w, incident),
        resolution=how.text,
        impact=how.impact,
        mitigated_at=how.mitigated_at,
        owner=how.owner or incident_queries.roles(w.session, incident.number or 0).get("ic"),
        update=how.update,
        hold=row.stability_hold,
        early=how.early,
    )
    [left_out] = [fact.left_out for fact in facts if isinstance(fact, IncidentResolved)]
    w.record([*filled, *facts], incident=incident)
    later = w.now + w.catalog.war_room.archive_after
    w.carry_out(Arm("close", f"incident:{incident.number}", later))
    w.record(war_room.decline(incident), incident=incident)
    ending.over(w, incident, "resolved")
    if row.postmortem != "none":
        w.record([PostmortemDrafted(owner=incident.postmortem_owner)], incident=incident)
    hold = int(row.stability_hold.total_seconds())
    values = {"left_out": left_out, "hold": hold, "early": bool(how.early), "unticked": unticked, "kept": kept}
    return Answer("resolved_answer", incident.number, values)


def _unticked(w: Work, incident: Incident) -> list[str]:
    """What is open of the resolution checklist, in words. Raises ChecklistOpen where that is required first."""
    mode = w.catalog.section(LIFECYCLE).resolution_checklist
    if mode == "off" or not rules.is_open(incident):
        return []
    found = [one.text for one in checklists.missing(w, incident)]
    if found and mode == "require" and not incident.drill:
        raise ChecklistOpen(ref=ref(w, incident), items=", ".join(one[0].lower() + one[1:] for one in found))
    return found


def _still_open(w: Work, incident: Incident) -> list[str]:
    """What was kept and is open: its owners are asked after it no more."""
    number = incident.number or 0
    actions = [one for one in command_queries.actions(w.session, number) if one.state == ActionState.OPEN]
    pending = [one for one in command_queries.rulings(w.session, number) if one.state == RulingState.PENDING]
    given = [f"A{one.number} {one.text[:60]} ({eligibility.name(w, one.owner)})" for one in actions]
    return given + [f"D{one.number} {one.text[:60]}" for one in pending]


def reopen(w: Work, incident: Incident, reason: str = "") -> Answer:
    require_not_replaced(incident, ref(w, incident))
    reopened = rules.reopen(incident, ref=ref(w, incident), reason=reason)
    facts: list[Fact] = [*war_room.after_reopening(incident, w.now), *reopened]
    cadence = w.catalog.severities[incident.severity].cadence
    if incident.unaccepted:  # it was declined in triage, and is an incident after all
        triage_rules.begin(incident, now=w.now, cadence=cadence)
        facts = [*reopened, *triage.begin(w, incident)]
    else:
        facts += mirror.want(incident, w.catalog.integrations.mirrored, again=True)
    incident.next_update_at = rules.next_update(w.now, cadence)
    w.record(facts, incident=incident, responders=responders(w, incident))
    if incident.room == RoomState.CREATING:
        war_room_service.invite_asker(w, incident)
    policies.page_for(w, incident, "reopened")
    executives.plan(w, incident)
    return Answer("reopened_answer", incident.number)


def close(w: Work, incident: Incident) -> Answer:
    w.record(rules.close(incident, now=w.now, ref=ref(w, incident)), incident=incident)
    return Answer("closed_answer", incident.number)


def propose_close(w: Work, incident: Incident) -> None:
    """The clock asks whether a resolved incident can be filed away; that is never done without a person."""
    if incident.status == IncidentStatus.RESOLVED:
        w.record([CloseProposed()], incident=incident)


def cancel(w: Work, incident: Incident, reason: str = "") -> Answer:
    w.record(rules.cancel(incident, now=w.now, ref=ref(w, incident), reason=reason), incident=incident)
    w.record(war_room.decline(incident), incident=incident)
    ending.over(w, incident, "cancelled")
    return Answer("cancelled_answer", incident.number)


def undo(w: Work, incident: Incident) -> Answer:
    """A declaration by mistake is taken back: pages are withdrawn, room and announcement say so, the number is kept."""
    declarer = eligibility.name(w, incident.declared_by)
    facts = rules.undo(incident, now=w.now, ref=ref(w, incident), by=w.actor.who, declarer=declarer)
    w.record(facts, incident=incident)
    w.record(war_room.decline(incident), incident=incident)
    ending.over(w, incident, rules.UNDONE)
    return Answer("cancelled_answer", incident.number)


def due_update(w: Work, incident: Incident) -> None:
    """The clock asks for the next update."""
    facts = updates.falls_due(incident, w.now)
    holders = incident_queries.roles(w.session, incident.number or 0)
    asked = [holders[role] for role in ("comms", "ic") if role in holders] or responders(w, incident)
    w.record(facts, incident=incident, responders=asked)
