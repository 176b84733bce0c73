"""When a policy is at its end: who is told in person beside the incidents channel, and for how long it is repeated.

They are told by every way they have at once: when nobody has answered, Slack may be what is broken.

A policy that could page nobody is a hole in the configuration, so everybody who could mend it is told whatever the
severity. One that nobody answered is insisted upon only for severities that ignore quiet hours.
"""

from bot.domain.contact import methods, planning
from bot.domain.contact.methods import Contactee, Occasion
from bot.domain.core import effect, people
from bot.domain.core.fact import stored_names
from bot.domain.incidents.lifecycle import is_open
from bot.domain.paging import effects, method_effects
from bot.domain.paging.acknowledgement_facts import AlarmRepeated
from bot.domain.paging.facts import EscalationStarted
from bot.work import Work
from storage.models import Escalation, EscalationKind, EscalationState, Incident, PageState
from storage.queries import paging as paging_queries
from storage.queries import paging_evidence

MOST_ALARMS = 12


def tell(w: Work, incident: Incident, escalation: Escalation) -> None:
    """The alarm in the incidents channel is owed already; this adds the owners of the service and the admins."""
    if not _insists(w, incident, escalation):
        return
    number, hindered = escalation.id or 0, methods.hindrances(w.catalog)
    for person in _willing(w, incident, _confidants(w, incident)):
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


def _willing(w: Work, incident: Incident, told: list[str]) -> list[str]:
    """Whoever has said that they cannot take it is left alone, as long as anybody else is told."""
    pages = paging_queries.incident_pages(w.session, incident.number or 0)
    declined = {page.person for page in pages if page.state == PageState.DECLINED}
    left = [who for who in told if not declined & {who, people.slack_id(who, w.catalog)}]
    return left or told


def is_beside(w: Work, incident: Incident | None, ended: Escalation) -> bool:
    """Those who were named have not answered: does somebody else have it, or is somebody else being asked?

    The incident's own policy is never beside others: its end is told whoever was named meanwhile.
    """
    named = ended.kind in (EscalationKind.ASKED, EscalationKind.SPECIALIST)
    if incident is None or ended.state != EscalationState.EXHAUSTED or not named:
        return False
    number = incident.number or 0
    if paging_queries.held_escalations(w.session, number):
        return True
    running = [
        one.id
        for one in paging_queries.running_escalations(w.session, number)
        if one.state == EscalationState.RUNNING and one.kind not in EscalationKind.ASIDE and one.id != ended.id
    ]
    return any(page.state in PageState.WAITING and page.escalation in running
               for page in paging_queries.incident_pages(w.session, number))  # fmt: skip


def tell_requester(w: Work, incident: Incident, ended: Escalation) -> None:
    """Nobody of those who were named takes it: whoever named them hears so, and who is asked or has it."""
    number = incident.number or 0
    asked = paging_queries.starter(w.session, ended, stored_names([EscalationStarted]))
    person = people.slack_id(asked, w.catalog) or people.slack_id(incident.declared_by, w.catalog)
    if person is None:
        return
    held = paging_queries.held_escalations(w.session, number)
    named = {page.person: (page.state.value, page.note) for page in w.pages(ended)}
    values = {"named": named, "by": held[0].acknowledged_by if held else None,
              "still": sorted(paging_queries.being_asked(w.session, number))}  # fmt: skip
    w.carry_out(effect.tell(person, "named_in_vain", f"named-in-vain:{ended.id}:{w.now.isoformat()}", incident=number,
                     values=values))  # fmt: skip


def is_left(w: Work, incident: Incident, declined: Escalation) -> bool:
    """Was that the last one to be asked, while nobody has it? Then only the alarm is left."""
    if declined.state != EscalationState.EXHAUSTED or not declined.alarms or declined.kind == EscalationKind.HANDOVER:
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
