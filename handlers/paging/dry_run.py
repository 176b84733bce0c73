"""`/incident page --dry-run [whom]`: who would be paged when, by the resolver that pages; nobody is."""

from dataclasses import replace

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.paging import policy_choice
from bot.domain.preview import policy_walk
from bot.domain.preview.policy_walk import Case
from bot.domain.schedules import overrides
from bot.rendering.contexts import render
from bot.rendering.contexts.preview.policy_walk import preview as context
from bot.services.workspace import user_groups
from handlers import incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply, Screen
from handlers.words.command import Command
from storage.models import Incident
from storage.queries import schedules as schedule_queries


class NoPolicyNamed(DomainError):
    """Name a policy, a service or a person: `/incident page --dry-run {example}`. Inside a war room its own policy is
    meant."""


def shown(door: Door, request: Request, said: Command) -> Reply:
    """The walk for whoever is named, or for the incident's own policy. Raises NoPolicyNamed, UnknownTarget."""
    return door.look(request, "page", lambda session: _screen(door, session, request, said))


def _screen(door: Door, session: Session, request: Request, said: Command) -> Screen:
    catalog, now = door.catalog, door.desk.clock.now()
    number = said.reference or incident_reference.in_room(session, request.channel)
    incident: Incident | None = incident_reference.known(session, catalog, request, number) if number else None
    if not said.text and incident is None:
        raise NoPolicyNamed(example=next(iter(catalog.policies), "critical"))
    severity, service = (incident.severity, incident.service) if incident else (None, None)
    asked = Case({}, now, severity, service, user_groups.members(session))
    if said.text:
        name, case = policy_walk.by_words(catalog, said.text, asked)
    else:
        choice = policy_choice.choose(catalog, severity or "", service, now)
        name = choice.policy.key if choice.policy else "none"
        case = replace(policy_walk.declared(choice, now, severity or "", service), groups=asked.groups)
    stops = policy_walk.walk(overrides.rota_of(catalog, *schedule_queries.overrides(session, now)), case)
    show = door.composer().showing(session, [one.slack for stop in stops for one in stop.people if one.slack])
    return Screen("Dry run", render.written(door.composer(), "preview", context(show, name, case, stops)))
