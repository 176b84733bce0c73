"""Use cases of time alone: executives are informed, and a severity that lasts is questioned. Each step once."""

from datetime import datetime

from bot.domain.core.effect import Arm, Disarm
from bot.domain.core.people import slack_id
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import visibility
from bot.domain.paging import resolver
from bot.domain.paging.acknowledgement_facts import ExecutiveInformed, SeverityRaiseSuggested
from bot.domain.schedules.overrides import rota_of
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries
from storage.queries import schedules as schedule_queries

INFORM, RAISE = "inform", "raise"


def plan(w: Work, incident: Incident) -> None:
    """Arms both timers as severity and configuration ask for; called when the incident begins or its severity moves."""
    subject = f"incident:{incident.number}"
    steps = [at for at in _steps(w, incident) if at > w.now]
    due = w.now if _to_inform(w, incident) else min(steps, default=None)
    w.carry_out(Arm(INFORM, subject, due) if due else Disarm(INFORM, subject))
    length = w.catalog.severities[incident.severity].suggest_raise
    worse = _worse(w, incident)
    w.carry_out(Arm(RAISE, subject, w.now + length) if length and worse else Disarm(RAISE, subject))


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
    if not incidents.is_open(incident) or incident.drill or visibility.why(incident, visibility.ANYBODY) is None:
        return
    facts = [ExecutiveInformed(person=who, after=after) for who, after in _to_inform(w, incident).items()]
    w.record(facts, incident=incident)
    if steps := [at for at in _steps(w, incident) if at > w.now]:
        w.carry_out(Arm(INFORM, f"incident:{incident.number}", min(steps)))


def suggest_raise(w: Work, incident: Incident) -> None:
    """The clock: it has lasted so long that it may be worse than was thought; the commander decides."""
    if not incidents.is_open(incident) or incident.status == "monitoring" or not _worse(w, incident):
        return
    number = incident.number or 0
    if incident_queries.timeline_source(w.session, number, f"raise:{incident.severity}"):
        return
    held = paging_queries.held_escalations(w.session, number)
    holder = held[0].acknowledged_by if held else None
    person = incident_queries.roles(w.session, number).get("ic") or holder or incident.declared_by
    after = int((w.now - incident.declared_at).total_seconds())
    fact = SeverityRaiseSuggested(severity=incident.severity, person=person, after=after)
    w.record([fact], incident=incident)


def _worse(w: Work, incident: Incident) -> str | None:
    """The next worse severity, if there is one."""
    rows = list(w.catalog.severities)
    at = rows.index(incident.severity)
    return rows[at - 1] if at else None
