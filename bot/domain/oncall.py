"""Turns the targets of a policy into people, at the moment of paging."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.catalog import Catalog
from bot.domain.escalation import Asked, Resolve
from bot.domain.people import slack_id
from bot.domain.schedule import on_call
from storage.models import Incident


def resolver(
    catalog: Catalog, now: datetime, *, incident: Incident | None = None, roles: Mapping[str, str] | None = None
) -> Resolve:
    """A function from a target's text to the people it stands for now; unknown targets stand for nobody."""
    holders = dict(roles or {})

    def resolve(target: str) -> list[Asked]:
        kind, _, name = target.partition(":")
        if kind == "schedule":
            return _from_schedule(catalog, name, now)
        if kind == "person":
            return _asked(catalog, [name], "you were paged by name")
        if kind == "team":
            return _from_team(catalog, name)
        if kind == "role":
            return _from_role(catalog, name, incident, holders, now)
        return []

    return resolve


def _from_schedule(catalog: Catalog, name: str, now: datetime) -> list[Asked]:
    schedule = catalog.schedules.get(name)
    if schedule is None:
        return []
    return _asked(catalog, on_call(schedule, now).people, f"on call for {name}")


def _from_team(catalog: Catalog, name: str) -> list[Asked]:
    team = catalog.teams.get(name)
    return _asked(catalog, team.members, f"member of {name}") if team else []


def _from_role(
    catalog: Catalog, name: str, incident: Incident | None, holders: Mapping[str, str], now: datetime
) -> list[Asked]:
    if name in holders:
        return _asked(catalog, [holders[name]], f"{name} of this incident")
    if incident is None:
        return []
    if name in ("declarer", "ticket_owner"):
        return _asked(catalog, [incident.declared_by], "you declared it")
    service = catalog.services.get(incident.service or "")
    if name == "service_team" and service and service.team:
        return _from_team(catalog, service.team)
    role = catalog.roles.get(name)
    return _from_schedule(catalog, role.schedule, now) if role and role.schedule else []


def _asked(catalog: Catalog, names: Iterable[str], why: str) -> list[Asked]:
    """People by catalogue key or Slack id; our records name them by Slack id where there is one."""
    asked = []
    for name in names:
        slack = slack_id(name, catalog)
        asked.append(Asked(person=slack or name, slack=slack, why=why))
    return asked


def teams_of(catalog: Catalog, people: Iterable[str]) -> set[str]:
    """Names of the teams that these people (records' names) belong to."""
    found = set()
    for person in people:
        known = catalog.people.get(person) or catalog.person_by_slack(person)
        if known:
            found |= {team.key for team in catalog.teams_of(known.key)[:1]}
    return found
