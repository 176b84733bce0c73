"""Who has a role: given, and taken away, without asking whether that is right. Its callers have asked."""

from bot.domain.incidents import roles
from bot.services.core.incident import ref
from bot.work import Work
from storage.models import Incident, RoleAssignment
from storage.queries import incidents as incident_queries


def holder(w: Work, incident: Incident, role: str) -> RoleAssignment | None:
    """The row of whoever has this role now."""
    return incident_queries.role_holder(w.session, incident.number or 0, role)


def commander(w: Work, incident: Incident) -> str | None:
    """Who commands this incident."""
    row = holder(w, incident, "ic")
    return row.person if row else None


def give(w: Work, incident: Incident, role: str, person: str, *, told: bool = False, by: str = "") -> bool:
    """Gives the role, and releases whoever had it; False when they have it already. Raises NotOpen.

    `told`: what the caller recorded says it already. `by`: who gives it, when that is not whoever acts.
    """
    rows = [row for row in incident_queries.role_rows(w.session, incident.number or 0) if row.role == role]
    before = next((row for row in rows if role in roles.ALONE or row.person == person), None)
    taken, facts = roles.assign(
        incident, before, role=role, person=person, by=by or w.actor.who, now=w.now, ref=ref(w, incident), told=told
    )
    if taken is None:
        return False
    w.session.flush()  # the holder before leaves the unique row first
    w.session.add(taken)
    w.record(facts, incident=incident)
    return True


def empty(w: Work, incident: Incident, role: str, person: str | None = None) -> list[str]:
    """Takes the role from whoever has it, or from one of them, and says who that was."""
    rows = [row for row in incident_queries.role_rows(w.session, incident.number or 0) if row.role == role]
    gone = [row for row in rows if person in (None, row.person)]
    for row in gone:
        w.record(roles.release(row, w.now, w.actor.who), incident=incident)
    return [row.person for row in gone]
