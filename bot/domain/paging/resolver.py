"""Turns the targets of a policy into people, at the moment of paging."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.catalog import Catalog
from bot.domain.core.people import slack_id
from bot.domain.incidents.visibility import has_public_place
from bot.domain.paging import policy_choice
from bot.domain.paging.escalation import Asked, Resolve
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import Override
from storage.models import Incident


def resolver(
    rota: Rota,
    now: datetime,
    *,
    incident: Incident | None = None,
    roles: Mapping[str, str] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    before: Sequence[str] = (),
) -> Resolve:
    """A function from a target's text to the people it stands for now; unknown targets stand for nobody.

    `groups` are the members of Slack's user groups by handle, `before` whoever was paged already, latest last.
    """
    holders, catalog = dict(roles or {}), rota.catalog

    def resolve(target: str) -> list[Asked]:
        kind, _, name = target.partition(":")
        if kind == "schedule":
            return _from_schedule(rota, name, now)
        if kind == "person":
            return _asked(catalog, [name], "you were paged by name")
        if kind == "team":
            return _from_team(catalog, name)
        if kind in ("lead", "manager"):
            return _who_leads(catalog, kind, name)
        if kind in ("address", "pagerduty"):
            return [Asked(target, None, "named by the policy")]
        if kind == "usergroup":
            return _from_group(catalog, name, groups or {})
        if kind == "channel":
            kept = incident is not None and not has_public_place(incident)
            return [] if kept else [Asked(target, name, "posted where everyone can take it")]
        if target == "role:manager":
            return _managers(catalog, before) or _from_role(rota, name, incident, holders, now)
        if kind == "role":
            return _from_role(rota, name, incident, holders, now)
        return []

    return resolve


def _from_schedule(rota: Rota, name: str, now: datetime) -> list[Asked]:
    if name not in rota.catalog.schedules:
        return []
    found = rota.on_call(name, now)
    why = f"on call for {name}" + (", by an override" if found.override else "")
    basis = {
        "schedule": name,
        "layer": found.layer,
        "override": found.override,
        "until": found.until.isoformat() if found.until else None,
        "changes": [_change(one) for one in rota.overrides.get(name, ()) if one.start <= now < one.end],
    }
    return [replace(one, basis=basis) for one in _asked(rota.catalog, found.people, why)]


def _change(override: Override) -> dict[str, Any]:
    return {
        "override": override.number,
        "action": override.action,
        "person": override.person,
        "substitute": override.substitute,
    }


def _from_team(catalog: Catalog, name: str) -> list[Asked]:
    team = catalog.teams.get(name)
    return _asked(catalog, team.members, f"member of {name}") if team else []


def _who_leads(catalog: Catalog, kind: str, name: str) -> list[Asked]:
    """The lead of a team, or the manager of a person."""
    if kind == "lead":
        team = catalog.teams.get(name)
        return _asked(catalog, [team.lead], f"lead of {name}") if team and team.lead else []
    person = catalog.people.get(name)
    return _asked(catalog, [person.manager], f"manager of {person.name}") if person and person.manager else []


def _from_group(catalog: Catalog, name: str, groups: Mapping[str, Sequence[str]]) -> list[Asked]:
    return _asked(catalog, groups.get(name.removeprefix("@"), ()), f"member of @{name.removeprefix('@')}")


def _managers(catalog: Catalog, before: Sequence[str]) -> list[Asked]:
    """The managers of those who were paged, of the latest first; nobody manages whoever is not configured."""
    known = [catalog.people.get(person) or catalog.person_by_slack(person) for person in reversed(before)]
    return _asked(
        catalog, dict.fromkeys(one.manager for one in known if one and one.manager), "manager of those paged before"
    )


def _from_role(
    rota: Rota, name: str, incident: Incident | None, holders: Mapping[str, str], now: datetime
) -> list[Asked]:
    catalog = rota.catalog
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
    if role is None or not role.schedule or not policy_choice.role_is_asked(catalog, role, incident.severity, now):
        return []
    return _from_schedule(rota, role.schedule, now)


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
