"""What another configuration would change: who is paged instead of whom, which windows become gaps, who drops out.

Both configurations are read with the same overrides, by the resolver that pages. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.catalog import Catalog, Policy
from bot.domain import contact, oncall
from bot.domain.contact import Occasion, Who
from bot.domain.rota import Rota


@dataclass(frozen=True)
class Use:
    """The policies (keys, "" for none) that page for some incidents: "SEV-1", "SEV-1 of checkout after hours"."""

    old: str
    new: str
    cases: Sequence[str]


@dataclass(frozen=True)
class Swap:
    """During [start, end) `after` are paged instead of `before` (keys) by this level (from 1)."""

    use: Use
    level: int
    start: datetime
    end: datetime
    before: Sequence[str]
    after: Sequence[str]


@dataclass(frozen=True)
class NewGap:
    """During [start, end) nobody is on call any more; `before` were."""

    schedule: str
    start: datetime
    end: datetime
    before: Sequence[str]
    layer: str


@dataclass(frozen=True)
class Lost:
    """Somebody whom pages reach by fewer ways. `left` are the ways that remain, `uses` what pages them."""

    person: str
    gone: Sequence[str]
    left: Sequence[str]
    uses: Sequence[Use]

    @property
    def severe(self) -> bool:
        """Whether nothing but Slack is left, or nothing at all."""
        return set(self.left) <= {"slack"}


@dataclass(frozen=True)
class Difference:
    swaps: Sequence[Swap]
    gaps: Sequence[NewGap]
    lost: Sequence[Lost]
    uses: Sequence[Use]


Plan = list[tuple[datetime, datetime, tuple[str, ...]]]


def compare(old: Rota, new: Rota, start: datetime, end: datetime) -> Difference:
    """Everything that differs within [start, end)."""
    uses = list(_uses(old.catalog, new.catalog))
    swaps = [swap for use in uses for swap in _swaps(old, new, use, start, end)]
    return Difference(swaps, list(_gaps(old, new, start, end)), list(_lost(old, new, uses, start, end)), uses)


def _uses(old: Catalog, new: Catalog) -> Iterator[Use]:
    """The pairs of policies that page for the same incident before and after, each with all its cases."""
    cases: dict[tuple[str, str], list[str]] = {}
    services = [None, *dict.fromkeys([*old.services, *new.services])]
    for severity in new.severities:
        usual = _pair(old, new, severity, None, working=True)
        for service in services:
            pair = _pair(old, new, severity, service, working=True)
            late = _pair(old, new, severity, service, working=False)
            label = _case(new.severity_label(severity), service)
            if service is None or pair != usual:
                cases.setdefault(pair, []).append(label)
            if late != pair:
                cases.setdefault(late, []).append(f"{label} after hours")
    yield from (Use(*pair, named) for pair, named in cases.items())


def _pair(old: Catalog, new: Catalog, severity: str, service: str | None, *, working: bool) -> tuple[str, str]:
    chosen = [one.policy_for(severity, service, working=working) for one in (old, new)]
    before, after = (policy.key if policy else "" for policy in chosen)
    return before, after


def _case(severity: str, service: str | None) -> str:
    return f"{severity} of {service}" if service else severity


def _swaps(old: Rota, new: Rota, use: Use, start: datetime, end: datetime) -> Iterator[Swap]:
    before, after = old.catalog.policies.get(use.old), new.catalog.policies.get(use.new)
    count = max(len(one.levels) if one else 0 for one in (before, after))
    for level in range(count):
        plans = [_level(old, before, level, start, end), _level(new, after, level, start, end)]
        for begins, ends, was, now in _side_by_side(*plans):
            if set(was) != set(now):
                yield Swap(use, level + 1, begins, ends, was, now)


def _level(rota: Rota, policy: Policy | None, level: int, start: datetime, end: datetime) -> Plan:
    """Whom a level asks, over time; nobody where there is no such level."""
    if policy is None or level >= len(policy.levels):
        return [(start, end, ())]
    targets = [str(target) for target in policy.levels[level].to]
    edges = {start, end}
    for schedule in _schedules(rota.catalog, targets):
        edges |= {shift.start for shift in rota.shifts(schedule, start, end)}
    cuts = sorted(edges)
    return [(begins, ends, _people(rota, targets, begins)) for begins, ends in pairwise(cuts)]


def _schedules(catalog: Catalog, targets: Sequence[str]) -> Iterator[str]:
    for target in targets:
        kind, _, name = target.partition(":")
        role = catalog.roles.get(name) if kind == "role" else None
        schedule = name if kind == "schedule" else role.schedule if role else None
        if schedule in catalog.schedules:
            yield schedule


def _people(rota: Rota, targets: Sequence[str], at: datetime) -> tuple[str, ...]:
    """Keys of tocsin.yml, so that a person is the same on both sides whatever their Slack id."""
    resolve, catalog = oncall.resolver(rota, at), rota.catalog
    known = [(one.person, catalog.person_by_slack(one.person)) for target in targets for one in resolve(target)]
    return tuple(dict.fromkeys(person.key if person else name for name, person in known))


def _side_by_side(one: Plan, other: Plan) -> Iterator[tuple[datetime, datetime, tuple[str, ...], tuple[str, ...]]]:
    """Two plans of the same span as one, joined where neither changes."""
    joined: tuple[datetime, datetime, tuple[str, ...], tuple[str, ...]] | None = None
    cuts = sorted({edge for row in (*one, *other) for edge in row[:2]})
    for begins, ends in pairwise(cuts):
        was, now = _at(one, begins), _at(other, begins)
        if joined and joined[2:] == (was, now):
            joined = (joined[0], ends, was, now)
            continue
        if joined:
            yield joined
        joined = (begins, ends, was, now)
    if joined:
        yield joined


def _at(plan: Plan, at: datetime) -> tuple[str, ...]:
    return next(people for begins, ends, people in plan if begins <= at < ends)


def _gaps(old: Rota, new: Rota, start: datetime, end: datetime) -> Iterator[NewGap]:
    """Windows in which a schedule had somebody and has nobody now."""
    for name in old.catalog.schedules:
        if name not in new.catalog.schedules:
            continue
        then = old.shifts(name, start, end)
        for gap in new.gaps(name, start, end):
            for shift in then:
                begins, ends = max(shift.start, gap.start), min(shift.end, gap.end)
                if shift.people and begins < ends:
                    yield NewGap(name, begins, ends, shift.people, shift.layer or "")


def _lost(old: Rota, new: Rota, uses: Sequence[Use], start: datetime, end: datetime) -> Iterator[Lost]:
    paging: dict[str, dict[str, Use]] = {}
    for use in uses:
        policy = new.catalog.policies.get(use.new)
        for level in range(len(policy.levels) if policy else 0):
            for _, _, people in _level(new, policy, level, start, end):
                for person in people:
                    paging.setdefault(person, {})[use.new] = use
    for person, found in paging.items():
        if person in old.catalog.people and person in new.catalog.people:
            had, has = ways_of(old.catalog, person), ways_of(new.catalog, person)
            if gone := [via for via in had if via not in has]:
                yield Lost(person, gone, has, list(found.values()))


def ways_of(catalog: Catalog, person: str) -> list[str]:
    """By what a page would reach somebody (a key of tocsin.yml), whichever level asks, soonest first."""
    known = catalog.people[person]
    who = Who.of(person, known.slack, catalog)
    asked = dict.fromkeys(via for policy in catalog.policies.values() for level in policy.levels for via in level.via)
    plan = contact.plan(who, Occasion(None, list(asked)), contact.hindrances(catalog))
    return [way.via for way in plan if not way.unused]
