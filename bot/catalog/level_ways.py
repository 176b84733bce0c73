"""Levels that say by which ways alone they page: each of their people must have one of them."""

from collections.abc import Iterator
from typing import Any

from bot.catalog.problem import ConfigProblem
from bot.catalog.sections.company import Person, Via
from bot.catalog.sections.policies import PHONE, QUIET, Level, Policy, Target
from bot.catalog.source import Node


def check(document: Any, root: Node) -> list[ConfigProblem]:
    """A problem for each level whose `only` leaves somebody without any way. `document` is valid already."""
    policies: dict[str, Policy] = document.policies
    return [
        _node(root, name, number).problem(_sentence(name, number, level, left))
        for name, policy in policies.items()
        for number, level in enumerate(policy.levels)
        if level.only and (left := _left_without(document, level))
    ]


def _node(root: Node, policy: str, number: int) -> Node:
    """The `only` of a level, or what of it can be found."""
    found = root
    for step in ("policies", policy, "levels", number, "only"):
        found = found.child(step) or found
    return found


def _sentence(policy: str, number: int, level: Level, left: list[str]) -> str:
    ways = " and ".join(level.only or ())
    some = ", ".join(left)
    people = [name for name in left if ":" not in name]
    rules = f"add one of them to people.{people[0]}.contact or to the level's `via`, or " if people else ""
    return (
        f"policies.{policy}: level {number + 1} uses {ways} only, which leaves no way to reach {some}; "
        f"{rules}name a way in `only` that reaches {'them' if len(left) > 1 else left[0]}."
    )


def _left_without(document: Any, level: Level) -> list[str]:
    found = dict.fromkeys(one for target in level.to for one in _stands_for(document, target))
    return [one for one in found if not _has_a_way(document, level, one)]


def _has_a_way(document: Any, level: Level, name: str) -> bool:
    only = level.only or ()
    kind, colon, rest = name.partition(":")
    if colon:
        ways = {"channel": ("slack",), "pagerduty": ("pagerduty",)}.get(kind, ("email",) if "@" in rest else PHONE)
        return any(via in only and not document.integrations.lacks(via) for via in ways)
    person = document.people.get(name)
    return person is None or any(_reaches(document, level, person, via) for via in only)


def _reaches(document: Any, level: Level, person: Person, via: Via) -> bool:
    rules = [rule for rule in person.contact or document.notifications.contact if rule.via == via]
    if any(rule.opt_out for rule in rules) or document.integrations.lacks(via):
        return False
    if via == "slack":
        return person.slack is not None
    if (via == "email" and not person.email) or (via in PHONE and not person.phone):
        return False
    quiet = via in PHONE and (level.priorities.get(via) or level.priority) in QUIET
    return via in level.via or (bool(rules) and not quiet)


def _stands_for(document: Any, target: Target) -> Iterator[str]:
    """The people (keys) and places that a target names without an incident; nobody where only one can tell."""
    if target.kind == "channel":
        yield str(target)
    elif target.kind == "person":
        yield target.name
    elif target.kind == "lead" and target.name in document.teams:
        yield document.teams[target.name].lead
    elif target.kind == "manager" and target.name in document.people:
        yield document.people[target.name].manager
    elif target.kind in ("address", "pagerduty"):
        yield str(target)
    elif target.kind == "team" and target.name in document.teams:
        yield from document.teams[target.name].members
    elif target.kind == "schedule" and target.name in document.schedules:
        yield from document.schedules[target.name].people
    elif target.kind == "role" and target.name in document.roles:
        schedule = document.roles[target.name].schedule
        yield from document.schedules[schedule].people if schedule in document.schedules else ()
