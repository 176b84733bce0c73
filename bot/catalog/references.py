"""Names that point at other names: what a configuration mentions must be defined. Sections say what refers where."""

import re
from collections.abc import Iterator

from bot.catalog import registry
from bot.catalog.problem import ConfigProblem, did_you_mean
from bot.catalog.section import TARGET, Section, names
from bot.catalog.sections.policies import DYNAMIC_ROLES, KINDS
from bot.catalog.source import Node

LED_BY = {"lead": ("teams", "lead"), "manager": ("people", "manager")}
"""Targets that stand for somebody whom another entry names: by kind, the section of the entry and its key."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")


def check(root: Node) -> Iterator[ConfigProblem]:
    """Every dangling or doubled name of a merged tree; tolerates any shape, since the schema reports shapes."""
    for section in registry.all_sections():
        node = root.child(section.key)
        if node is None:
            continue
        if section.named:
            yield from _names_are_sound(section, node)
        for path, to in section.refers.items():
            for place in section.places(node, path):
                yield from _target(root, place) if to == TARGET else _known(root, place, registry.section(to))
        if section.check:
            yield from section.check(node, root)


def _names_are_sound(section: Section[object], node: Node) -> Iterator[ConfigProblem]:
    for name, body in node.entries():
        if section.names:
            if name not in section.names:
                near = did_you_mean(name.upper(), section.names)
                yield node.problem_at_key(name, f'"{name}" is not a {section.one}; {near}')
            continue
        if not _NAME.fullmatch(name):
            sentence = f'{section.key}: "{name}" cannot be a name; use letters, digits, dashes, dots and underscores.'
            yield node.problem_at_key(name, sentence)
        if body.child("key") is not None:
            sentence = f"{section.key}.{name}: `key` is not a known key; the name above is the key."
            yield body.problem_at_key("key", sentence)


def _known(root: Node, node: Node, section: Section[object]) -> Iterator[ConfigProblem]:
    known = names(root, section.key)
    if node.value not in known:
        yield node.problem(f'there is no {section.one} "{node.value}"; {did_you_mean(str(node.value), known)}')


def _target(root: Node, node: Node) -> Iterator[ConfigProblem]:
    if node.shipped:
        return  # `pruning` leaves out what is not defined here
    written = str(node.value)
    kind, colon, name = written.partition(":")
    if not colon:
        yield node.problem(f'"{written}" does not say what it is; write "{_with_kind(root, written)}".')
    elif kind in KINDS and name and not defined(root, written):
        yield node.problem(_undefined(root, kind, name))


def _undefined(root: Node, kind: str, name: str) -> str:
    section, key = LED_BY.get(kind, ("", ""))
    if name in names(root, section):
        return f"{section}.{name} has no `{key}`, so {kind}:{name} is no one; write one there."
    known = [*_of_kind(root, kind), *(DYNAMIC_ROLES if kind == "role" else ())]
    what = {"lead": "team", "manager": "person", "pagerduty": "service of integrations.pagerduty.services"}
    return f'there is no {what.get(kind, kind)} "{name}"; {did_you_mean(name, known)}'


def defined(root: Node, target: str) -> bool:
    """Whether a target stands for something; of a kind that has no section, nobody can tell before it is asked."""
    kind, _, name = target.partition(":")
    if kind in LED_BY or kind == "pagerduty":
        return name in _of_kind(root, kind)
    if kind not in KINDS or not _sections_of(kind):
        return True
    return name in _of_kind(root, kind) or (kind == "role" and name in DYNAMIC_ROLES)


def _with_kind(root: Node, name: str) -> str:
    if name.startswith("#"):
        return f"channel:{name}"
    for kind in KINDS:
        if name in _of_kind(root, kind):
            return f"{kind}:{name}"
    return f"schedule:{name}"


def _of_kind(root: Node, kind: str) -> list[str]:
    """What a target of this kind may name."""
    if kind in LED_BY:
        section, key = LED_BY[kind]
        node = root.child(section)
        return [name for name, body in (node.entries() if node is not None else ()) if body.text(key)]
    if kind == "pagerduty":
        return _pagerduty_services(root)
    return [name for section in _sections_of(kind) for name in names(root, section.key)]


def _pagerduty_services(root: Node) -> list[str]:
    found: Node | None = root
    for step in ("integrations", "pagerduty", "services"):
        found = found.child(step) if found is not None else None
    return [name for name, _ in found.entries()] if found is not None else []


def _sections_of(kind: str) -> list[Section[object]]:
    return [section for section in registry.all_sections() if section.named and section.one == kind]
