"""Targets of shipped policies that an installation does not define: they are left out, and a notice says so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.catalog import registry
from bot.catalog.problem import ConfigProblem
from bot.catalog.references import defined
from bot.catalog.sections.policies import POLICIES
from bot.catalog.source import Node


def prune(root: Node) -> tuple[Node, list[ConfigProblem]]:
    """Drop the targets of shipped policies that are not defined here.

    One notice per missing name, where somebody can act on it: in a policy that the user's file or a preset of its
    choice names or changes, or in one that is in use and left with nobody.
    """
    skipped: dict[str, list[tuple[str, Node]]] = defaultdict(list)
    policies = {name: _pruned(root, name, policy, skipped) for name, policy in _policies(root)}
    told = _worth_telling(root, policies)
    notices = []
    for target, places in skipped.items():
        names = sorted({name for name, _ in places if name in told})
        if names:
            where = f"the shipped {'policy' if len(names) == 1 else 'policies'} {', '.join(names)}"
            advice = f"define it to use it, or write your own {'policy' if len(names) == 1 else 'policies'}."
            place = told[names[0]] or places[0][1]
            notices.append(place.problem(f"{target} is not defined and is skipped in {where}; {advice}"))
    section = root.child(POLICIES.key)
    if section is None or not isinstance(section.value, Mapping) or not isinstance(root.value, Mapping):
        return root, notices
    return replace(root, value={**root.value, POLICIES.key: replace(section, value=policies)}), notices


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
        reachable = [target for target in targets.items() if defined(root, str(target.value))]
        for target in targets.items():
            if target not in reachable:
                skipped[str(target.value)].append((name, target))
        if reachable:
            kept.append(replace(level, value={**level.value, "to": replace(targets, value=tuple(reachable))}))
    return replace(policy, value={**policy.value, "levels": replace(levels, value=tuple(kept))})


def _policies(root: Node) -> Iterator[tuple[str, Node]]:
    section = root.child(POLICIES.key)
    return section.entries() if section is not None else iter(())


def _policy_uses(root: Node) -> Iterator[Node]:
    """Every place that names a policy. Severities come first: a notice stands where it concerns most incidents."""
    for section in sorted(registry.all_sections(), key=lambda section: not section.names):
        node = root.child(section.key)
        for path, to in section.refers.items():
            if to == POLICIES.key and node is not None:
                yield from section.places(node, path)
