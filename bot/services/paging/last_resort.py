"""When a policy is at its end: who is told in person beside the incidents channel, and for how long it is repeated.

They are told by every way they have at once: when nobody has answered, Slack may be what is broken.

A policy that could page nobody is a hole in the configuration, so everybody who could mend it is told whatever the
severity. One that nobody answered is insisted upon only for severities that ignore quiet hours.
"""

from bot.domain.contact import methods, planning
from bot.domain.contact.methods import Contactee, Occasion
from bot.domain.core import people
from bot.domain.incidents.lifecycle import is_open
from bot.domain.paging import effects, method_effects
from bot.domain.paging.acknowledgement_facts import AlarmRepeated
from bot.work import Work
from storage.models import Escalation, EscalationKind, EscalationState, Incident
from storage.queries import paging as paging_queries
from storage.queries import paging_evidence

MOST_ALARMS = 12


def tell(w: Work, incident: Incident, escalation: Escalation) -> None:
    """The alarm in the incidents channel is owed already; this adds the owners of the service and the admins."""
    if not _insists(w, incident, escalation):
        return
    number, hindered = escalation.id or 0, methods.hindrances(w.catalog)
    for person in _confidants(w, incident):
        slack = people.slack_id(person, w.catalog)
        if slack:
            w.carry_out(effects.alarm_in_person(number, slack, escalation.alarms))
        ways = planning.plan(
            Contactee.of(person, slack, w.catalog), Occasion(incident.severity, priority="high"), hindered
        )
        for way in ways:
            if way.via != methods.SLACK and not way.unused:
                lane = method_effects.lane_of(incident.number, slack or person, way.via, "")
                w.carry_out(effects.alarm_by_way(number, person, way.via, escalation.alarms, lane))


def is_left(w: Work, incident: Incident, declined: Escalation) -> bool:
    """Was that the last one to be asked, while nobody has it? Then only the alarm is left."""
    if declined.state != EscalationState.EXHAUSTED or declined.kind == EscalationKind.HANDOVER:
        return False
    number = incident.number or 0
    asking = any(one.state in EscalationState.GOING_ON for one in paging_queries.running_escalations(w.session, number))
    return not asking and not paging_queries.held_escalations(w.session, number)


def over(w: Work, escalation: Escalation) -> None:
    """Somebody has answered, or nobody is needed: pagers that were told of the alarm are told of its end."""
    for alarm in paging_evidence.keyed(w.session, f"alarm:{escalation.id}:", "alarm.way"):
        via = alarm.payload["via"]
        if via in method_effects.PAGERS:
            person = people.slack_id(alarm.payload["to"], w.catalog) or alarm.payload["to"]
            w.carry_out(method_effects.alarm_withdrawal(escalation, person, via, w.now))


def again(w: Work, incident: Incident, escalation: Escalation) -> None:
    """The clock: still nobody has it. Repeated every ten minutes, twelve times at most."""
    if escalation.state != EscalationState.EXHAUSTED or not is_open(incident) or not _insists(w, incident, escalation):
        return
    if escalation.alarms >= MOST_ALARMS:
        return
    escalation.alarms += 1
    fact = AlarmRepeated(escalation=escalation.id or 0, times=escalation.alarms)
    w.record([fact], incident=incident, escalation=escalation, pages=w.pages(escalation))
    tell(w, incident, escalation)


def _insists(w: Work, incident: Incident, escalation: Escalation) -> bool:
    return not w.pages(escalation) or w.catalog.severities[incident.severity].quiet_hours == "ignore"


def _confidants(w: Work, incident: Incident) -> list[str]:
    """The lead of the service's team, or else its members, then the admins: keys of tocsin.yml."""
    service = w.catalog.services.get(incident.service or "")
    team = w.catalog.teams.get(service.team or "") if service else None
    owners = ([team.lead] if team.lead else list(team.members)) if team else []
    admins = [one.key for one in w.catalog.admins()]
    return [name for name in dict.fromkeys([*owners, *admins]) if name in w.catalog.people]
