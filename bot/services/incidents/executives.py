"""Use cases of time alone: executives are informed, each of them once."""

from datetime import datetime

from bot.domain.core.effect import Arm, Disarm
from bot.domain.core.people import slack_id
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents.nudges import StartNudges
from bot.domain.incidents.visibility import has_public_place
from bot.domain.paging import resolver
from bot.domain.paging.acknowledgement_facts import ExecutiveInformed
from bot.domain.schedules.overrides import rota_of
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries
from storage.queries import schedules as schedule_queries

INFORM = "inform"


def plan(w: Work, incident: Incident) -> None:
    """Arms what time alone does for an incident of this severity; called when it begins or its severity moves."""
    subject = f"incident:{incident.number}"
    steps = [at for at in _steps(w, incident) if at > w.now]
    due = w.now if _to_inform(w, incident) else min(steps, default=None)
    w.carry_out(Arm(INFORM, subject, due) if due else Disarm(INFORM, subject))
    w.carry_out(StartNudges(incident.number or 0))


def _steps(w: Work, incident: Incident) -> list[datetime]:
    """When somebody is to be informed of an incident of this severity."""
    rows = w.catalog.notifications.executives
    return [incident.declared_at + row.after for row in rows if incident.severity in row.severities]


def _to_inform(w: Work, incident: Incident) -> dict[str, int]:
    """Who should know by now and does not, with the seconds after which they should."""
    due = [
        row
        for row in w.catalog.notifications.executives
        if incident.severity in row.severities and incident.declared_at + row.after <= w.now
    ]
    if not due:
        return {}
    rota = rota_of(w.catalog, *schedule_queries.overrides(w.session, w.now))
    resolve = resolver.resolver(
        rota, w.now, incident=incident, roles=incident_queries.roles(w.session, incident.number or 0)
    )
    found: dict[str, int] = {}
    for row in due:
        for target in row.to:
            for asked in resolve(str(target)):
                if slack_id(asked.person, w.catalog) and not _knows(w, incident, asked.person):
                    found.setdefault(asked.person, int(row.after.total_seconds()))
    return found


def _knows(w: Work, incident: Incident, person: str) -> bool:
    return incident_queries.timeline_source(w.session, incident.number or 0, f"informed:{person}") is not None


def inform(w: Work, incident: Incident) -> None:
    """The clock: tells whoever should know by now. A private incident is nobody's news."""
    if not incidents.is_open(incident) or incident.drill or not has_public_place(incident):
        return
    facts = [ExecutiveInformed(person=who, after=after) for who, after in _to_inform(w, incident).items()]
    w.record(facts, incident=incident)
    if steps := [at for at in _steps(w, incident) if at > w.now]:
        w.carry_out(Arm(INFORM, f"incident:{incident.number}", min(steps)))
