"""Names that point at other names: what a configuration mentions must be defined, or be left out with a notice."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.catalog.problem import ConfigProblem, did_you_mean
from bot.catalog.sections import decision_tree
from bot.catalog.sections.policies import DYNAMIC_ROLES, KINDS
from bot.catalog.sections.severities import SEVERITIES, spelling
from bot.catalog.source import Node

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_NAMED_SECTIONS = ("people", "teams", "services", "schedules", "policies", "roles", "specialists", "vendors")
_TARGET_SECTIONS = {"person": "people", "schedule": "schedules", "team": "teams", "role": "roles"}
_USES = (
    ("severities", "escalation"), ("severities", "after_hours"), ("services", "policy"), ("services", "after_hours"),
)  # fmt: skip
_NOUNS = {"people": "person", "teams": "team", "schedules": "schedule", "policies": "policy", "services": "service"}


def check(root: Node) -> Iterator[ConfigProblem]:
    """Every dangling or doubled name of a merged tree; tolerates any shape, since the schema reports shapes."""
    for section in _NAMED_SECTIONS:
        yield from _names_are_sound(root, section)
    for _, team in _section(root, "teams"):
        yield from _each_known(root, team, "members", "people")
        yield from _known(root, team, "lead", "people")
    for _, person in _section(root, "people"):
        yield from _known(root, person, "manager", "people")
    for name, service in _section(root, "services"):
        yield from _service(root, name, service)
    for _, schedule in _section(root, "schedules"):
        yield from _schedule(root, schedule)
    for name, policy in _section(root, "policies"):
        yield from _policy(root, name, policy)
    for _, role in _section(root, "roles"):
        yield from _known(root, role, "schedule", "schedules")
    for name, specialist in _section(root, "specialists"):
        yield from _specialist(root, name, specialist)
    yield from decision_tree.check(root)
    yield from _severities(root)
    yield from _executives(root)
    yield from _one_each(root, "slack", str)
    yield from _one_each(root, "email", str.lower)


def prune(root: Node) -> tuple[Node, list[ConfigProblem]]:
    """Drop the targets of shipped policies that are not defined here.

    One notice per missing name, where somebody can act on it: in a policy that the user's file or a preset of its
    choice names or changes, or in one that is in use and left with nobody.
    """
    skipped: dict[str, list[tuple[str, Node]]] = defaultdict(list)
    policies = {name: _pruned(root, name, policy, skipped) for name, policy in _section(root, "policies")}
    told = _worth_telling(root, policies)
    notices = []
    for target, places in skipped.items():
        names = sorted({name for name, _ in places if name in told})
        if names:
            where = f"the shipped {'policy' if len(names) == 1 else 'policies'} {', '.join(names)}"
            advice = f"define it to use it, or write your own {'policy' if len(names) == 1 else 'policies'}."
            place = told[names[0]] or places[0][1]
            notices.append(place.problem(f"{target} is not defined and is skipped in {where}; {advice}"))
    section = root.child("policies")
    if section is None or not isinstance(section.value, Mapping) or not isinstance(root.value, Mapping):
        return root, notices
    return replace(root, value={**root.value, "policies": replace(section, value=policies)}), notices


def _worth_telling(root: Node, policies: Mapping[str, Node]) -> dict[str, Node | None]:
    """The policies whose missing names matter, each with the place in the user's own file that makes them matter."""
    told: dict[str, Node | None] = {}
    for use in _policy_uses(root):
        name = str(use.value)
        levels = policies[name].child("levels") if name in policies else None
        if use.shipped != "defaults" or (levels is not None and not levels.value):
            told[name] = told.get(name) or (None if use.shipped else use)
    for name, policy in policies.items():
        written = next((part for _, part in policy.entries() if not part.shipped), None)
        if written is not None:
            told[name] = told.get(name) or written
    return told


def _pruned(root: Node, name: str, policy: Node, skipped: dict[str, list[tuple[str, Node]]]) -> Node:
    levels = policy.child("levels")
    if levels is None or not isinstance(policy.value, Mapping) or not levels.shipped:
        return policy
    kept = []
    for level in levels.items():
        targets = level.child("to")
        if targets is None or not isinstance(level.value, Mapping):
            continue
        reachable = [target for target in targets.items() if _defined(root, str(target.value))]
        for target in targets.items():
            if target not in reachable:
                skipped[str(target.value)].append((name, target))
        if reachable:
            kept.append(replace(level, value={**level.value, "to": replace(targets, value=tuple(reachable))}))
    return replace(policy, value={**policy.value, "levels": replace(levels, value=tuple(kept))})


def _policy_uses(root: Node) -> Iterator[Node]:
    for section, key in _USES:
        for _, row in _section(root, section):
            used = row.child(key)
            if used is not None:
                yield used


def _section(root: Node, name: str) -> Iterator[tuple[str, Node]]:
    section = root.child(name)
    return section.entries() if section is not None else iter(())


def _names(root: Node, section: str) -> list[str]:
    return [name for name, _ in _section(root, section)]


def _names_are_sound(root: Node, section: str) -> Iterator[ConfigProblem]:
    node = root.child(section)
    for name, body in _section(root, section):
        if not _NAME.fullmatch(name) and node is not None:
            sentence = f'{section}: "{name}" cannot be a name; use letters, digits, dashes, dots and underscores.'
            yield node.problem_at_key(name, sentence)
        if body.child("key") is not None:
            yield body.problem_at_key("key", f"{section}.{name}: `key` is not a known key; the name above is the key.")


def _known(root: Node, owner: Node, key: str, section: str) -> Iterator[ConfigProblem]:
    node = owner.child(key)
    if node is not None and isinstance(node.value, str):
        yield from _refers(root, node, section)


def _each_known(root: Node, owner: Node, key: str, section: str) -> Iterator[ConfigProblem]:
    listed = owner.child(key)
    for node in listed.items() if listed is not None else ():
        if isinstance(node.value, str):
            yield from _refers(root, node, section)


def _refers(root: Node, node: Node, section: str) -> Iterator[ConfigProblem]:
    known = _names(root, section)
    if node.value not in known:
        yield node.problem(f'there is no {_NOUNS[section]} "{node.value}"; {did_you_mean(str(node.value), known)}')


def _service(root: Node, name: str, service: Node) -> Iterator[ConfigProblem]:
    yield from _known(root, service, "team", "teams")
    yield from _known(root, service, "policy", "policies")
    yield from _known(root, service, "after_hours", "policies")
    yield from _each_known(root, service, "depends_on", "services")
    listed = service.child("depends_on")
    for node in listed.items() if listed is not None else ():
        if node.value == name:
            yield node.problem(f"services.{name} depends on itself; remove it from its own `depends_on`.")


def _schedule(root: Node, schedule: Node) -> Iterator[ConfigProblem]:
    yield from _known(root, schedule, "team", "teams")
    layers = schedule.child("layers")
    for layer in layers.items() if layers is not None else ():
        people = layer.child("people")
        for turn in people.items() if people is not None else ():
            for node in turn.items() if isinstance(turn.value, tuple) else [turn]:
                if isinstance(node.value, str):
                    yield from _refers(root, node, "people")


def _policy(root: Node, name: str, policy: Node) -> Iterator[ConfigProblem]:
    levels = policy.child("levels")
    if levels is None or (levels.value == () and not levels.shipped):
        yield policy.problem(f"policies.{name} has no levels; write at least one, such as {{to: [person:ana]}}.")
        return
    for level in levels.items():
        targets = level.child("to")
        if targets is not None and targets.value == ():
            yield targets.problem(f"policies.{name}: a level without anybody asks nobody; name a target or remove it.")
        for target in targets.items() if targets is not None else ():
            if isinstance(target.value, str) and not target.shipped:
                yield from _target(root, target)
    for severity in _wait_severities(policy):
        if severity not in SEVERITIES:
            yield policy.problem(f'"{severity}" is not a severity; {did_you_mean(severity, SEVERITIES)}')


def _executives(root: Node) -> Iterator[ConfigProblem]:
    section = root.child("notifications")
    listed = section.child("executives") if section is not None else None
    for entry in listed.items() if listed is not None else ():
        targets = entry.child("to")
        for target in targets.items() if targets is not None else ():
            if isinstance(target.value, str) and not target.shipped:
                yield from _target(root, target)


def _specialist(root: Node, name: str, specialist: Node) -> Iterator[ConfigProblem]:
    targets = specialist.child("to")
    if targets is None or targets.value == ():
        yield specialist.problem(f"specialists.{name} pages nobody; write `to:`, such as [schedule:{name}-oncall].")
    for target in targets.items() if targets is not None else ():
        if isinstance(target.value, str) and not target.shipped:
            yield from _target(root, target)


def _wait_severities(policy: Node) -> list[str]:
    waits = policy.child("wait_by_severity")
    return [name for name, _ in waits.entries()] if waits is not None else []


def _target(root: Node, node: Node) -> Iterator[ConfigProblem]:
    written = str(node.value)
    kind, colon, name = written.partition(":")
    if not colon:
        yield node.problem(f'"{written}" does not say what it is; write "{_with_kind(root, written)}".')
    elif kind in KINDS and name and not _defined(root, written):
        known = [*_names(root, _TARGET_SECTIONS[kind]), *(DYNAMIC_ROLES if kind == "role" else ())]
        yield node.problem(f'there is no {kind} "{name}"; {did_you_mean(name, known)}')


def _defined(root: Node, target: str) -> bool:
    kind, _, name = target.partition(":")
    if kind not in _TARGET_SECTIONS:
        return True
    return name in _names(root, _TARGET_SECTIONS[kind]) or (kind == "role" and name in DYNAMIC_ROLES)


def _with_kind(root: Node, name: str) -> str:
    if name.startswith("#"):
        return f"channel:{name}"
    for kind, section in _TARGET_SECTIONS.items():
        if name in _names(root, section):
            return f"{kind}:{name}"
    return f"schedule:{name}"


def _severities(root: Node) -> Iterator[ConfigProblem]:
    owners: dict[str, str] = {}
    section = root.child("severities")
    for key, row in _section(root, "severities"):
        if key not in SEVERITIES and section is not None:
            yield section.problem_at_key(key, f'"{key}" is not a severity; {did_you_mean(key.upper(), SEVERITIES)}')
        yield from _known(root, row, "escalation", "policies")
        yield from _known(root, row, "after_hours", "policies")
        aliases = row.child("aliases")
        for alias in aliases.items() if aliases is not None else ():
            owner = owners.setdefault(spelling(str(alias.value)), key)
            if owner != key:
                yield alias.problem(f'the alias "{alias.value}" already means {owner}; keep it in one place.')


def _one_each(root: Node, key: str, fold: Callable[[str], str]) -> Iterable[ConfigProblem]:
    owners: dict[str, str] = {}
    for name, person in _section(root, "people"):
        node = person.child(key)
        if node is not None and isinstance(node.value, str):
            owner = owners.setdefault(fold(node.value), name)
            if owner != name:
                yield node.problem(f"{name} and {owner} have the same {key} {node.value}; a person is listed once.")
