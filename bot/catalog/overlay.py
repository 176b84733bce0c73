"""Layers of configuration: shipped defaults, then presets, then the user's file; every leaf keeps its origin."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import PurePath

from bot.catalog.problem import ConfigProblem, did_you_mean
from bot.catalog.source import Node, Scalar, read

PRESETS = ("seed-000", "seed-001", "seed-002", "seed-003", "seed-004")
SYNONYMS = {("severities", "policy"): "escalation"}


@cache
def shipped(name: str) -> Node:
    """One of our own files: `defaults` or the name of a preset."""
    folder = resources.files("bot.catalog")
    if name in PRESETS:
        return read(folder.joinpath("presets", f"{name}.yml").read_bytes(), f"presets/{name}.yml", f"preset {name}")
    return read(folder.joinpath(f"{name}.yml").read_bytes(), f"{name}.yml", name)


def merge(base: Node, over: Node) -> Node:
    """Mappings are merged key by key; a list or a single value replaces what was there, and null removes nothing."""
    if not isinstance(base.value, Mapping) or not isinstance(over.value, Mapping):
        return over
    values = dict(base.value)
    for key, node in over.value.items():
        values[key] = merge(values[key], node) if key in values else node
    return replace(over, value=values, keys={**base.keys, **over.keys})


def compose(user: Node) -> tuple[Node, list[ConfigProblem]]:
    """The effective tree and the problems of `preset:` lines."""
    problems: list[ConfigProblem] = []
    tree = shipped("defaults")
    for name in _presets(user, problems):
        tree = merge(tree, shipped(name))
    for section, body in user.entries():
        for name in _presets(body, problems):
            part = shipped(name).child(section)
            if part is None:
                problems.append(body.problem_at_key("preset", _without(name, section)))
            else:
                tree = merge(tree, replace(shipped(name), value={section: part}))
    return merge(tree, _respell(_without_presets(user))), problems


def _presets(node: Node, problems: list[ConfigProblem]) -> Iterator[str]:
    chosen = node.child("preset")
    if chosen is None:
        return
    for choice in chosen.items() if isinstance(chosen.value, tuple) else [chosen]:
        if choice.value in PRESETS:
            yield str(choice.value)
        else:
            problems.append(
                choice.problem(f'"{choice.value}" is not a preset; {did_you_mean(str(choice.value), PRESETS)}')
            )


def _without(name: str, section: str) -> str:
    having = [preset for preset in PRESETS if shipped(preset).child(section) is not None]
    if not having:
        return f"no preset says anything about `{section}`; remove the line."
    return f"preset {name} says nothing about `{section}`; those that do are {', '.join(having)}."


def _without_presets(user: Node) -> Node:
    """The user's tree without its `preset` lines, and without sections that hold nothing else."""
    kept: dict[str, Node] = {}
    for key, node in user.entries():
        default = shipped("defaults").child(key)
        if key == "preset" or (
            node.value is None and default is not None and isinstance(default.value, Mapping | tuple)
        ):
            continue
        if isinstance(node.value, Mapping) and "preset" in node.value:
            node = replace(node, value={name: body for name, body in node.entries() if name != "preset"})
        kept[key] = node
    return replace(user, value=kept)


def _respell(user: Node) -> Node:
    """Accept the second spelling of a key where two are natural (`policy` and `escalation` of a severity)."""
    values = dict(user.entries())
    for (section, written), meant in SYNONYMS.items():
        if section not in values:
            continue
        rows = {
            name: replace(
                row,
                value={meant if key == written else key: node for key, node in row.entries()},
                keys={meant if key == written else key: place for key, place in row.keys.items()},
            )
            if isinstance(row.value, Mapping)
            else row
            for name, row in values[section].entries()
        }
        if isinstance(values[section].value, Mapping):
            values[section] = replace(values[section], value=rows)
    return replace(user, value=values)


def own(tree: Node) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The places for which defaults are shipped and at which the file, or a preset of its choice, says something
    itself, each with whether that is something else."""
    return _own(tree, shipped("defaults"), ())


def _own(node: Node, default: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    if node.shipped == "defaults":
        return
    if path:
        yield path, node.plain() != default.plain()
    for key, below in node.entries():
        if (other := default.child(key)) is not None:
            yield from _own(below, other, (*path, key))


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, Scalar, str]]:
    """(dotted key, value, origin) of every single value; list positions are written `levels[0]`."""
    if isinstance(node.value, Mapping) and node.value:
        for key, child in node.value.items():
            yield from leaves(child, f"{path}.{key}" if path else key)
    elif isinstance(node.value, tuple) and node.value:
        for number, child in enumerate(node.value):
            yield from leaves(child, f"{path}[{number}]")
    else:
        empty = "{}" if isinstance(node.value, Mapping) else "[]"
        value = empty if isinstance(node.value, Mapping | tuple) else node.value
        yield path, value, origin(node)


def origin(node: Node) -> str:
    """`preset seed-002`, `defaults.yml:12` or `tocsin.yml:34`."""
    if node.shipped and node.shipped.startswith("preset "):
        return node.shipped
    return f"{PurePath(node.file).name}:{node.line}"
