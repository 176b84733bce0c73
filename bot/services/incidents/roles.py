"""Use case: a role that stays with whoever had it, in the incident in which the work goes on."""

from bot.domain.incidents import roles
from bot.work import Work
from storage.models import Incident


def keep_role(w: Work, incident: Incident, role: str, person: str) -> None:
    """A role that no one has here goes to whoever had it in an incident that was merged into this one."""
    ref = w.catalog.reference(incident.number or 0)
    taken, facts = roles.assign(incident, None, role=role, person=person, by=w.actor.who, now=w.now, ref=ref)
    w.session.add(taken)
    w.record(facts, incident=incident)
