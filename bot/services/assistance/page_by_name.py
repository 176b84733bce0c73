"""Use case: page somebody by name beside those on call."""

from bot.domain.assistance import specialists
from bot.domain.core import people
from bot.domain.core.errors import DomainError, UnknownPolicy, Unreachable
from bot.domain.incidents import lifecycle as incidents
from bot.domain.paging import escalation as escalations
from bot.domain.paging.targets import Unnamed
from bot.services.assistance import specialists as specialist_service
from bot.services.core.answer import Answer
from bot.services.paging import escalations as escalation_service
from bot.services.paging import resolver
from bot.work import Work
from storage.models import EscalationKind, Incident


def page(w: Work, incident: Incident, target: str) -> Answer:
    """Pages specialists, a policy, a team, a schedule, a user group, or one person, now, beside what is running."""
    number = incident.number or 0
    incidents.require_open(incident, w.catalog.reference(number), "paging")
    if experts := specialists.find(w.catalog, target):
        return specialist_service.page(w, incident, experts.key)
    if found := resolver.named(w, incident, target):
        name, snapshot = found
        escalation_service.start(w, incident, name, snapshot, f"paged by {w.actor.who}", kind=EscalationKind.ASKED)
        return Answer("paging", number, {"who": [name]})
    person = _person(w, target)
    snapshot = escalations.direct([f"person:{person}"], w.catalog.ack_target(incident.severity))
    escalation_service.start(
        w, incident, Unnamed.PERSON, snapshot, f"paged by {w.actor.who}", kind=EscalationKind.ASKED
    )
    return Answer("paging", number, {"people": [person]})


def _person(w: Work, target: str) -> str:
    try:
        person = people.identify(target, w.catalog)
    except DomainError:
        raise UnknownPolicy(text=target, choices=", ".join(w.catalog.policies)) from None
    if people.slack_id(person, w.catalog) is None:
        raise Unreachable(who=person)
    return person
