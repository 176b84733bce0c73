"""Use cases of conducting an incident: roles, notes, updates, the war room, pages by name."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import mirror, states, updates
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.services.incidents import severity as severity_service
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import Incident


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
    states.require_accepted(incident, w.catalog.reference(number), "an update")
    if what.severity and severity_service.parse_severity(w.catalog, what.severity) != incident.severity:
        severity_service.set_severity(w, incident, what.severity, "changed with an update")
    if what.status and what.status != incident.status:
        lifecycle.set_status(w, incident, what.status)
    cadence = None if incident.held_until else w.catalog.severities[incident.severity].cadence
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
    said = f"Update by {eligibility.name(w, w.actor.who)} ({incident.status}): {update.text}"
    w.record([*facts, *mirror.note(incident, w.catalog.integrations.mirrored, said)], incident=incident)
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
