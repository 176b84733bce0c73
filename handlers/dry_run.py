"""`/incident page --dry-run [policy]`: who would be paged when, by the resolver that pages; nobody is."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.catalog import Catalog, Policy, did_you_mean
from bot.domain import choosing, escalation, override, preview
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

FLAG = "--dry-run"


class NoPolicyNamed(DomainError):
    """Name a policy: `/incident page --dry-run {example}`. Inside a war room its own policy is meant."""


class NoSuchPolicy(DomainError):
    """There is no policy "{text}": {advice}"""


def wanted(said: Said) -> bool:
    """Is only asked who would be paged?"""
    return FLAG in said.text.split()


def shown(door: Door, request: Request, said: Said) -> Reply:
    """The walk of the policy that is named, or of the incident's own. Raises NoPolicyNamed, NoSuchPolicy."""
    name = " ".join(word for word in said.text.split() if word != FLAG).strip().lower()
    return door.look(request, "page", lambda session: _screen(door, session, request, said, name))


def _screen(door: Door, session: Session, request: Request, said: Said, name: str) -> Screen:
    catalog, now = door.catalog, door.desk.clock.now()
    number = said.reference or reference.in_room(session, request.channel)
    incident: Incident | None = reference.known(session, catalog, request, number) if number else None
    if name and name not in catalog.policies:
        raise NoSuchPolicy(text=name[:60], advice=did_you_mean(name, catalog.policies))
    if not name and incident is None:
        raise NoPolicyNamed(example=next(iter(catalog.policies), "critical"))
    chosen, case = _case(catalog, name, incident, now)
    case = replace(case, groups=usergroups.members(session))
    stops = preview.walk(override.rota_of(catalog, *queries.overrides(session, now)), case)
    show = door.composer().showing(session, [one.slack for stop in stops for one in stop.people if one.slack])
    written = answering.written(
        door.composer(), "preview", context(show, chosen.key if chosen else "none", case, stops)
    )
    return Screen("Dry run", written)


def _case(catalog: Catalog, name: str, incident: Incident | None, now: datetime) -> tuple[Policy | None, Case]:
    """By name a policy is asked for by hand, which never waits; an incident's own begins as if it were declared now."""
    if incident is None or name:
        policy, severity = catalog.policies[name], incident.severity if incident else None
        service = incident.service if incident else None
        return policy, Case(escalation.snapshot(policy, severity or ""), now, severity, service)
    choice = choosing.choose(catalog, incident.severity, incident.service, now)
    return choice.policy, preview.declared(choice, now, incident.severity, incident.service)
