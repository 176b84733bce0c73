"""Use cases: who has which role in an incident."""

from bot.domain.core.eligibility import Task
from bot.domain.incidents import roles
from bot.services.core.answer import Answer
from bot.services.paging import side_escalations
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries


def take_role(w: Work, incident: Incident, name: str, person: str) -> Answer:
    """Gives a role to somebody; the holder before them is released."""
    key = roles.parse(name)
    number = incident.number or 0
    holder = incident_queries.role_holder(w.session, number, key)
    if person != w.actor.who:
        eligibility.require(w, person, Task.ROLE, side_escalations.on_call(w, incident))
    ref = w.catalog.reference(number)
    taken, facts = roles.assign(incident, holder, role=key, person=person, by=w.actor.who, now=w.now, ref=ref)
    if taken is None:
        return Answer("role_held", number, {"role": key, "person": person})
    w.session.flush()  # the holder before leaves the unique row first
    w.session.add(taken)
    w.record(facts, incident=incident)
    return Answer("role_taken", number, {"role": key, "person": person})


def keep_role(w: Work, incident: Incident, role: str, person: str) -> None:
    """A role that no one has here goes to whoever had it in an incident that was merged into this one."""
    ref = w.catalog.reference(incident.number or 0)
    taken, facts = roles.assign(incident, None, role=role, person=person, by=w.actor.who, now=w.now, ref=ref)
    w.session.add(taken)
    w.record(facts, incident=incident)


def take_vacant_role(w: Work, incident: Incident, name: str) -> Answer:
    """For a button that shows while nobody has the role: whoever has taken it meanwhile keeps it, and is named."""
    key = roles.parse(name)
    holder = incident_queries.role_holder(w.session, incident.number or 0, key)
    if holder and holder.person != w.actor.who:
        return Answer("role_held", incident.number, {"role": key, "person": holder.person})
    return take_role(w, incident, name, w.actor.who)
