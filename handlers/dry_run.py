"""`/incident page --dry-run [whom]`: who would be paged when, by the resolver that pages; nobody is."""

from dataclasses import replace

from sqlmodel import Session

from bot.domain import choosing, override, preview
from bot.domain.errors import DomainError
from bot.domain.preview import Case
from bot.rendering.contexts import answering
from bot.rendering.contexts.preview import preview as context
from bot.services import usergroups
from handlers import reference
from handlers.door import Door
from handlers.grammar import Said
from handlers.reply import Reply, Screen
from handlers.request import Request
from storage import queries
from storage.models import Incident


class NoPolicyNamed(DomainError):
    """Name a policy, a service or a person: `/incident page --dry-run {example}`. Inside a war room its own policy is
    meant."""


def shown(door: Door, request: Request, said: Said) -> Reply:
    """The walk for whoever is named, or for the incident's own policy. Raises NoPolicyNamed, UnknownTarget."""
    return door.look(request, "page", lambda session: _screen(door, session, request, said))


def _screen(door: Door, session: Session, request: Request, said: Said) -> Screen:
    catalog, now = door.catalog, door.desk.clock.now()
    number = said.reference or reference.in_room(session, request.channel)
    incident: Incident | None = reference.known(session, catalog, request, number) if number else None
    if not said.text and incident is None:
        raise NoPolicyNamed(example=next(iter(catalog.policies), "critical"))
    severity, service = (incident.severity, incident.service) if incident else (None, None)
    asked = Case({}, now, severity, service, usergroups.members(session))
    if said.text:
        name, case = preview.by_words(catalog, said.text, asked)
    else:
        choice = choosing.choose(catalog, severity or "", service, now)
        name = choice.policy.key if choice.policy else "none"
        case = replace(preview.declared(choice, now, severity or "", service), groups=asked.groups)
    stops = preview.walk(override.rota_of(catalog, *queries.overrides(session, now)), case)
    show = door.composer().showing(session, [one.slack for stop in stops for one in stop.people if one.slack])
    return Screen("Dry run", answering.written(door.composer(), "preview", context(show, name, case, stops)))
