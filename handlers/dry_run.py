"""`/incident page --dry-run [policy]`: who would be paged when, by the resolver that pages; nobody is."""

from sqlmodel import Session

from bot.catalog import did_you_mean
from bot.domain import escalation, override, preview
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
    severity = incident.severity if incident else ""
    if name and name not in catalog.policies:
        raise NoSuchPolicy(text=name[:60], advice=did_you_mean(name, catalog.policies))
    if not name and incident is None:
        raise NoPolicyNamed(example=next(iter(catalog.policies), "critical"))
    policy = catalog.policies[name] if name else catalog.policy_for(severity, incident.service if incident else None)
    snapshot = escalation.snapshot(policy, severity) if policy else {"levels": [], "repeat": 0}
    groups = usergroups.members(session)
    case = Case(snapshot, now, severity or None, incident.service if incident else None, groups)
    rota = override.rota_of(catalog, *queries.overrides(session, now))
    stops = preview.walk(rota, case)
    show = door.composer().showing(session, [one.slack for stop in stops for one in stop.people if one.slack])
    written = answering.written(
        door.composer(), "preview", context(show, policy.key if policy else "none", case, stops)
    )
    return Screen("Dry run", written)
