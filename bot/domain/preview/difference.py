"""What another configuration would change: who is paged instead of whom, which windows become gaps, who drops out.

Targets that only an incident can resolve are compared as they are written; see `asked_over_time`.

Both configurations are read with the same overrides, by the resolver that pages. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.catalog import Catalog
from bot.domain.contact import methods, planning
from bot.domain.contact.methods import Contactee, Occasion
from bot.domain.paging.policy_snapshot import snapshot
from bot.domain.preview.paged_over_time import Groups, Plan, PolicyCase, asks_service_team
from bot.domain.schedules.rota import Rota


@dataclass(frozen=True)
class Use:
    """The policies (keys, "" for none) that page for some incidents: "SEV-1", "SEV-1 of checkout after hours".

    `service` is set when they ask other people for another service.
    """

    old: str
    new: str
    cases: Sequence[str]
    service: str | None = None


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
class UnpagedTime:
    """During [start, end) nobody at all is reached any more, on any level, for what `use` pages."""

    use: Use
    start: datetime
    end: datetime


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
    def unreachable(self) -> bool:
        return not self.left

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
    silences: Sequence[UnpagedTime] = ()


@dataclass(frozen=True)
class _Span:
    """The two sides, between two moments."""

    old: Rota
    new: Rota
    groups: Groups
    start: datetime
    end: datetime

    def plans(self, use: Use, level: int) -> tuple[Plan, Plan]:
        before, after = self.policies(use)
        return before.plan(level, self.start, self.end), after.plan(level, self.start, self.end)

    def policies(self, use: Use) -> tuple[PolicyCase, PolicyCase]:
        sides = ((self.old, use.old), (self.new, use.new))
        before, after = (
            PolicyCase(rota, rota.catalog.policies.get(key), use.service, self.groups) for rota, key in sides
        )
        return before, after


def compare(old: Rota, new: Rota, start: datetime, end: datetime, groups: Groups = None) -> Difference:
    """Everything that differs within [start, end). `groups` are Slack's user groups, None when none is known."""
    span, uses = _Span(old, new, groups, start, end), list(_uses(old.catalog, new.catalog))
    swaps = [swap for use in uses for swap in _swaps(span, use)]
    silences = [one for use in uses for one in _silences(span, use)]
    return Difference(swaps, list(_gaps(old, new, start, end)), list(_lost(span, uses)), uses, silences)


def _uses(old: Catalog, new: Catalog) -> Iterator[Use]:
    """The pairs of policies that page for the same incident before and after, each with all its cases."""
    cases: dict[tuple[str, str, str | None], list[str]] = {}
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
    yield from (Use(before, after, named, service) for (before, after, service), named in cases.items())


def _pair(
    old: Catalog, new: Catalog, severity: str, service: str | None, *, working: bool
) -> tuple[str, str, str | None]:
    """The two policies, and the service where it matters whose team it is."""
    chosen = [one.policy_for(severity, service, working=working) for one in (old, new)]
    before, after = (policy.key if policy else "" for policy in chosen)
    return before, after, service if any(asks_service_team(policy) for policy in chosen) else None


def _case(severity: str, service: str | None) -> str:
    return f"{severity} of {service}" if service else severity


def _swaps(span: _Span, use: Use) -> Iterator[Swap]:
    for level in range(max(one.height for one in span.policies(use))):
        for begins, ends, was, now in _side_by_side(*span.plans(use, level)):
            if set(was) != set(now):
                yield Swap(use, level + 1, begins, ends, was, now)


def _silences(span: _Span, use: Use) -> Iterator[UnpagedTime]:
    """Windows in which somebody was asked on some level, and nobody is on any."""
    height = max(one.height for one in span.policies(use))
    pairs = [span.plans(use, level) for level in range(height)]
    cuts = sorted({edge for plans in pairs for plan in plans for row in plan for edge in row[:2]})
    began: datetime | None = None
    for begins, ends in pairwise(cuts):
        began = (began or begins) if _is_silent(pairs, begins) else None
        if began is not None and (ends == span.end or not _is_silent(pairs, ends)):
            yield UnpagedTime(use, began, ends)


def _is_silent(pairs: Sequence[tuple[Plan, Plan]], at: datetime) -> bool:
    was, now = (any(_at(plans[side], at) for plans in pairs) for side in (0, 1))
    return was and not now


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


def _lost(span: _Span, uses: Sequence[Use]) -> Iterator[Lost]:
    old, new = span.old.catalog, span.new.catalog
    paging: dict[str, dict[str, Use]] = {}
    for use in uses:
        _, policy = span.policies(use)
        for level in range(policy.height):
            for _, _, people in policy.plan(level, span.start, span.end):
                for person in people:
                    paging.setdefault(person, {})[f"{use.new} {use.service}"] = use
    for person, found in paging.items():
        if person in old.people and person in new.people:
            had, has = ways_of(old, person), ways_of(new, person)
            if gone := [via for via in had if via not in has]:
                yield Lost(person, gone, has, list(found.values()))


def ways_of(catalog: Catalog, person: str) -> list[str]:
    """By what a page would reach somebody (a key of tocsin.yml), whichever level asks, soonest first."""
    known = catalog.people[person]
    who = Contactee.of(person, known.slack, catalog)
    levels = [level for policy in catalog.policies.values() for level in snapshot(policy, "")["levels"]]
    asked = dict.fromkeys(via for level in levels for via in level["via"])
    hindered = methods.hindrances(catalog)
    plan = planning.plan(who, Occasion(None, list(asked)), hindered)
    some = [planning.plan(who, Occasion.of_level(level, None), hindered) for level in levels] or [plan]
    used = {way.via for ways in some for way in ways if not way.unused}
    return [way.via for way in plan if not way.unused and way.via in used]
