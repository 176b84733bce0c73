"""Whom each level of a policy asks, over a span of time, dynamic targets included. Pure.

Keys of tocsin.yml, so that a person is the same in two configurations whatever their Slack id. What only a running
incident can tell stays as it is written: "role:declarer", "usergroup:@x" while the group is not known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.catalog import Catalog, Policy
from bot.catalog.sections.policies import DYNAMIC_ROLES
from bot.domain.core.people import display_name
from bot.domain.paging import resolver
from bot.domain.schedules.rota import Rota
from storage.models import Incident

Plan = list[tuple[datetime, datetime, tuple[str, ...]]]
Groups = Mapping[str, Sequence[str]] | None
MANAGER = "role:manager"
OPEN = ("role:", "usergroup:")


@dataclass(frozen=True)
class PolicyCase:
    """One policy (None: nothing pages) as it works for incidents of `service`. `groups`: None while none is known."""

    rota: Rota
    policy: Policy | None
    service: str | None
    groups: Groups

    @property
    def height(self) -> int:
        return len(self.policy.levels) if self.policy else 0

    def plan(self, level: int, start: datetime, end: datetime) -> Plan:
        """Whom the level (from 0) asks within [start, end); nobody where there is no such level."""
        if level >= self.height:
            return [(start, end, ())]
        targets = self._targets(level)
        lower = range(level) if MANAGER in targets else ()
        looked = [*targets, *(target for number in lower for target in self._targets(number))]
        edges = {start, end}
        for schedule in _schedules(self.rota.catalog, looked):
            edges |= {shift.start for shift in self.rota.shifts(schedule, start, end)}
        return [(begins, ends, self._people(level, begins)) for begins, ends in pairwise(sorted(edges))]

    def _targets(self, level: int) -> list[str]:
        return [str(target) for target in self.policy.levels[level].to] if self.policy else []

    def _people(self, level: int, at: datetime) -> tuple[str, ...]:
        targets = self._targets(level)
        before = [one for lower in range(level) for one in self._people(lower, at)] if MANAGER in targets else []
        incident = Incident(title="", severity="", declared_by="", service=self.service,
                            started_at=at, detected_at=at, declared_at=at)  # fmt: skip
        resolve = resolver.resolver(self.rota, at, incident=incident, groups=self.groups, before=before)
        found: dict[str, None] = {}
        for target in targets:
            if self._is_open(target) or (target == MANAGER and any(is_open(one) for one in before)):
                found[target] = None
            if not self._is_open(target):
                found |= dict.fromkeys(_key(self.rota.catalog, one.person) for one in resolve(target) if one.person)
        return tuple(found)

    def _is_open(self, target: str) -> bool:
        kind, _, name = target.partition(":")
        if kind == "usergroup":
            return self.groups is None or name.removeprefix("@") not in self.groups
        if kind != "role" or target == MANAGER:
            return False
        if name == "service_team":
            return self.service is None
        role = self.rota.catalog.roles.get(name)
        return name in DYNAMIC_ROLES or role is None or not role.schedule


def is_open(person: str) -> bool:
    """Does this stand for somebody whom only a running incident can name?"""
    return person.startswith(OPEN)


def named(person: str, catalog: Catalog) -> str:
    """A person, a channel, or in words whom a target stands for that is still open."""
    kind, _, name = person.partition(":")
    if kind == "usergroup":
        return f"the members of {name}"
    if kind == "role":
        role = catalog.roles.get(name)
        return DYNAMIC_ROLES.get(name) or f"the {role.name.lower() if role else name} of the incident"
    return display_name(person, catalog)


def asks_service_team(policy: Policy | None) -> bool:
    """Does it ask other people for another service?"""
    return any(str(target) == "role:service_team" for level in (policy.levels if policy else ()) for target in level.to)


def _schedules(catalog: Catalog, targets: Sequence[str]) -> Iterator[str]:
    for target in targets:
        kind, _, name = target.partition(":")
        role = catalog.roles.get(name) if kind == "role" else None
        schedule = name if kind == "schedule" else role.schedule if role else None
        if schedule in catalog.schedules:
            yield schedule


def _key(catalog: Catalog, person: str) -> str:
    known = catalog.person_by_slack(person)
    return known.key if known else person
