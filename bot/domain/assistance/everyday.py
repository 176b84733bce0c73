"""What people call whoever they want without a name: "on-call", "the IC", "my manager", or the service itself. Pure."""

import re
from datetime import datetime

from bot.catalog import Catalog
from bot.domain.core.errors import UnknownPerson
from bot.domain.core.people import identify
from bot.domain.paging import escalation as escalations
from bot.domain.paging import policy_choice, targets
from bot.domain.paging.targets import Named
from bot.domain.paging.whom import bare
from storage.models import Incident

_ON_CALL = re.compile(
    r"(?:whoever(?: is|'s)|who is|who's|the)?\s*(?:on[ _-]?call|primary)(?:\s+(?:engineer|person|dev|developer|now))?",
    re.I,
)
_COMMANDER = re.compile(r"ic|(?:the )?(?:incident )?commander", re.IGNORECASE)
_MANAGER = re.compile(r"(?:(?:my )?(?:manager|boss)|(?P<who>.+?)['’]s (?:manager|boss))", re.IGNORECASE)
_OF_A_SERVICE = re.compile(r"\s+(?:team|service|on[- ]?call|owners?|folks|people)$", re.IGNORECASE)


def named(catalog: Catalog, text: str, incident: Incident, asker: str, now: datetime) -> Named | None:
    """The name and the snapshot of whoever is meant; asked after everything that is configured under that name."""
    word, wait = bare(text), catalog.ack_target(incident.severity)
    if _ON_CALL.fullmatch(word):
        return _policy(catalog, incident, incident.service, now)
    if _COMMANDER.fullmatch(word):
        return "incident commander", escalations.direct(["role:ic"], wait)
    if found := _MANAGER.fullmatch(word):
        key = _key(catalog, found["who"] or asker)
        return (f"manager of {catalog.people[key].name}", escalations.direct([f"manager:{key}"], wait)) if key else None
    service = targets.service(catalog, _OF_A_SERVICE.sub("", word))
    if service is None:
        return None
    if team := catalog.services[service].team:
        return team, escalations.direct([f"team:{team}"], wait)
    return _policy(catalog, incident, service, now)


def _policy(catalog: Catalog, incident: Incident, service: str | None, now: datetime) -> Named | None:
    policy = policy_choice.choose(catalog, incident.severity, service, now).policy
    if policy is None:
        return None
    return policy.key, escalations.snapshot(policy, incident.severity, catalog.ack_target(incident.severity))


def _key(catalog: Catalog, who: str) -> str | None:
    try:
        slack = identify(who, catalog)
    except UnknownPerson:
        return None
    known = catalog.people.get(slack) or catalog.person_by_slack(slack)
    return known.key if known and known.manager else None
