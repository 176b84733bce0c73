"""Use cases of conducting an incident: roles, notes, updates, the war room, pages by name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.assistance import specialists
from bot.domain.core import people
from bot.domain.core.effect import FURNISHING
from bot.domain.core.errors import DomainError, NoRoomAtThisSeverity, UnknownPolicy, Unreachable
from bot.domain.facts import Joined
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import roles, updates, war_room
from bot.domain.paging import escalation as escalations
from bot.services import targets
from bot.services.assistance import specialists as specialist_service
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.services.paging import escalations as escalation_service
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries


def take_role(w: Work, incident: Incident, name: str, person: str) -> Answer:
    """Gives a role to somebody; the holder before them is released."""
    key = roles.parse(name)
    number = incident.number or 0
    holder = incident_queries.role_holder(w.session, number, key)
    ref = w.catalog.reference(number)
    taken, facts = roles.assign(incident, holder, role=key, person=person, by=w.actor.who, now=w.now, ref=ref)
    if taken is None:
        return Answer("role_held", number, {"role": key, "person": person})
    w.session.flush()  # the holder before leaves the unique row first
    w.session.add(taken)
    w.record(facts, incident=incident)
    return Answer("role_taken", number, {"role": key, "person": person})


def take_vacant_role(w: Work, incident: Incident, name: str) -> Answer:
    """For a button that shows while nobody has the role: whoever has taken it meanwhile keeps it, and is named."""
    key = roles.parse(name)
    holder = incident_queries.role_holder(w.session, incident.number or 0, key)
    if holder and holder.person != w.actor.who:
        return Answer("role_held", incident.number, {"role": key, "person": holder.person})
    return take_role(w, incident, name, w.actor.who)


def note(
    w: Work,
    incident: Incident,
    text: str,
    *,
    at: datetime | None = None,
    source_key: str | None = None,
    link: str | None = None,
) -> Answer:
    """A timeline line. The same message marked twice (`source_key`) is one line."""
    number = incident.number or 0
    if source_key and incident_queries.timeline_source(w.session, number, source_key):
        return Answer("note_known", number)
    facts = incidents.note(incident, text, at=at or w.now, source_key=source_key, link=link)
    w.record(facts, incident=incident)
    return Answer("note_added", number)


@dataclass(frozen=True)
class Update:
    """A status update. `status` and `severity` empty mean unchanged; `next_in` None promises no further update."""

    text: str
    status: str = ""
    severity: str = ""
    impact: str = ""
    next_in: timedelta | None = None
    keep_cadence: bool = True


def publish(w: Work, incident: Incident, what: Update) -> Answer:
    """Says where things stand to the room and the announcement, and promises when the next update comes."""
    number = incident.number or 0
    if what.severity and lifecycle.parse_severity(w.catalog, what.severity) != incident.severity:
        lifecycle.set_severity(w, incident, what.severity, "changed with an update")
    if what.status and what.status != incident.status:
        lifecycle.set_status(w, incident, what.status)
    cadence = w.catalog.severities[incident.severity].cadence
    update, facts = updates.publish(
        incident,
        text=what.text,
        now=w.now,
        by=w.actor.who,
        ref=w.catalog.reference(number),
        impact=what.impact,
        next_in=cadence if what.keep_cadence else what.next_in,
    )
    w.session.add(update)
    w.record(facts, incident=incident)
    return Answer("update_published", number, {"number": update.number})


def say_unchanged(w: Work, incident: Incident, promise: str) -> Answer:
    """Nothing has changed, and when the next update comes: the answer to a reminder of `promise`, once."""
    if _is_over(w, incident, promise):
        return Answer("update_settled", incident.number)
    return publish(w, incident, Update(text=updates.unchanged(incident)))


def _is_over(w: Work, incident: Incident, promise: str) -> bool:
    """Was what the reminder spoke of done or moved meanwhile? Raises NotOpen."""
    incidents.require_open(incident, w.catalog.reference(incident.number or 0), "an update")
    return promise != updates.promise(incident)


def snooze(w: Work, incident: Incident, promise: str, by: timedelta = timedelta(minutes=15)) -> Answer:
    """Moves the next update: the answer to a reminder of `promise`, once."""
    if _is_over(w, incident, promise):
        return Answer("update_settled", incident.number)
    facts = updates.snooze(incident, now=w.now, ref=w.catalog.reference(incident.number or 0), by=by)
    w.record(facts, incident=incident)
    return Answer("update_snoozed", incident.number)


def open_room(w: Work, incident: Incident, reason: str = "asked for") -> Answer:
    """A war room for this incident; an existing one is named."""
    number = incident.number or 0
    incidents.require_open(incident, w.catalog.reference(number), "a war room")
    row = w.catalog.severities[incident.severity]
    if row.war_room == "never" and incident.room == "none":
        label = w.catalog.severity_label(incident.severity)
        raise NoRoomAtThisSeverity(severity=label, ref=w.catalog.reference(number))
    facts = war_room.want(incident, reason, w.now)
    if not facts:
        return Answer("room_exists", number)
    w.record(facts, incident=incident)
    return Answer("room_opening", number)


def decline_room(w: Work, incident: Incident) -> Answer:
    facts = war_room.decline(incident)
    w.record(facts, incident=incident)
    return Answer("room_declined" if facts else "room_exists", incident.number)


def joined(w: Work, incident: Incident, person: str) -> None:
    """Somebody came into the room: they are told where things stand, and nobody else is disturbed.

    Whoever comes with the first invitations sees the card and nothing else, and needs no more.
    """
    new = incident.room_since is not None and w.now - incident.room_since < FURNISHING
    if person != incident.declared_by and not new:
        w.record([Joined(person=person)], incident=incident)


def page(w: Work, incident: Incident, target: str) -> Answer:
    """Pages specialists, a policy, a team, a schedule, a user group, or one person, now, beside what is running."""
    number = incident.number or 0
    incidents.require_open(incident, w.catalog.reference(number), "paging")
    if experts := specialists.find(w.catalog, target):
        return specialist_service.page(w, incident, experts.key)
    if found := targets.named(w, incident, target):
        name, snapshot = found
        escalation_service.start(w, incident, name, snapshot, f"paged by {w.actor.who}", kind="asked")
        return Answer("paging", number, {"who": [name]})
    person = _person(w, target)
    snapshot = escalations.direct([f"person:{person}"])
    escalation_service.start(w, incident, "by name", snapshot, f"paged by {w.actor.who}", kind="asked")
    return Answer("paging", number, {"people": [person]})


def _person(w: Work, target: str) -> str:
    try:
        person = people.identify(target, w.catalog)
    except DomainError:
        raise UnknownPolicy(text=target, choices=", ".join(w.catalog.policies)) from None
    if people.slack_id(person, w.catalog) is None:
        raise Unreachable(who=person)
    return person


def test_page(w: Work) -> Answer:
    """A page to whoever asks, through the same engine as a real one, belonging to no incident."""
    policy = escalations.direct([f"person:{w.actor.who}"], timedelta(minutes=5))
    policy["repeat"] = 0
    escalation_service.start(w, None, "test page", policy, "test", kind="test")
    return Answer("test_page_sent")
