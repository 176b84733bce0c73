"""YAML with positions: a small, safe subset is read into nodes that remember their file, line and column.

Only `true`/`false` are booleans, decimals are exact, and dates and times stay text, so that `NO`, `on` and `20:00`
mean what they say.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from bot.catalog.problem import ConfigError, ConfigProblem

MAX_BYTES = 1 << 20
MAX_ALIASES = 100
MAX_DEPTH = 32
MAX_NODES = 200_000
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Scalar = str | int | bool | Decimal | None
_TAG = "tag:yaml.org,2002:"
_PLAIN = ("map", "seq", "str", "null", "bool", "int", "float", "timestamp", "merge", "value")
_TAGS = frozenset(_TAG + name for name in _PLAIN)


@dataclass(frozen=True)
class Node:
    """A value where it was written. `keys` holds the position of each key of a mapping."""

    value: "Mapping[str, Node] | tuple[Node, ...] | Scalar"
    file: str
    line: int
    column: int
    shipped: str | None = None
    keys: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def child(self, step: str | int) -> "Node | None":
        """The node under a key or a list position, if there is one."""
        if isinstance(self.value, Mapping) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, tuple) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step]
        return None

    def entries(self) -> "Iterator[tuple[str, Node]]":
        """The pairs of a mapping; nothing for other nodes."""
        return iter(self.value.items() if isinstance(self.value, Mapping) else ())

    def items(self) -> "Iterator[Node]":
        """The elements of a list; nothing for other nodes."""
        return iter(self.value if isinstance(self.value, tuple) else ())

    def text(self, step: str) -> str | None:
        """The text under a key, if there is one."""
        found = self.child(step)
        return found.value if found is not None and isinstance(found.value, str) else None

    def plain(self) -> Any:
        """The value without positions: dict, tuple and scalars."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return tuple(node.plain() for node in self.value)
        return self.value

    def problem(self, message: str) -> ConfigProblem:
        """`message` about this very place."""
        return ConfigProblem(self.file, self.line, self.column, message)

    def problem_at_key(self, key: str, message: str) -> ConfigProblem:
        """`message` about a key of this mapping."""
        line, column = self.keys.get(key, (self.line, self.column))
        return ConfigProblem(self.file, line, column, message)


def read(content: bytes, file: str, shipped: str | None = None) -> Node:
    """Parse one document. `shipped` names the preset when the file is ours. Raises ConfigError."""
    if len(content) > MAX_BYTES:
        raise ConfigError([ConfigProblem(file, 1, 1, "the file is larger than 1 MiB; a configuration is far smaller.")])
    try:
        text = content.decode("utf-8-sig")
        _measure(text, file)
        root = yaml.compose(text, Loader=Loader)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError([ConfigProblem(file, line, 1, "the file is not UTF-8 text; save it as UTF-8.")]) from error
    except yaml.YAMLError as error:
        raise ConfigError([_syntax_problem(error, file)]) from error
    if root is None:
        return Node({}, file, 1, 1, shipped)
    reading = _Reading(file, shipped)
    node = reading.node(root, 0)
    if reading.problems:
        raise ConfigError(reading.problems)
    return node


def _measure(text: str, file: str) -> None:
    """Refuse deep nesting and alias bombs before anything recursive looks at the document."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        refusal = None
        if depth > MAX_DEPTH:
            refusal = f"the nesting is deeper than {MAX_DEPTH} levels; flatten it."
        elif aliases > MAX_ALIASES:
            refusal = f"there are more than {MAX_ALIASES} aliases (*name); write the values out."
        if refusal:
            mark: Any = event.start_mark
            raise ConfigError([ConfigProblem(file, mark.line + 1, mark.column + 1, refusal)])


def _syntax_problem(error: yaml.YAMLError, file: str) -> ConfigProblem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    advice = "check the indentation, quotes and brackets here."
    if "tab" in str(error) or "cannot start any token" in str(error):
        advice = "indent with spaces and put text with special characters in quotes."
    return ConfigProblem(file, line, column, f"this is not valid YAML ({reason}); {advice}")


class _Reading:
    """One document on its way from YAML nodes to ours; collects problems instead of stopping at the first."""

    def __init__(self, file: str, shipped: str | None) -> None:
        self.file, self.shipped = file, shipped
        self.problems: list[ConfigProblem] = []
        self.count = 0

    def node(self, raw: Any, depth: int) -> Node:
        self.count += 1
        line, column = raw.start_mark.line + 1, raw.start_mark.column + 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            where = ConfigProblem(self.file, line, column, "aliases expand to far too much here; write the values out.")
            raise ConfigError([*self.problems, where])
        if raw.tag not in _TAGS:
            self._refuse(raw, f"the tag {raw.tag} is not supported; write the plain value.")
        if isinstance(raw, yaml.MappingNode):
            value, keys = self._mapping(raw, depth)
            return Node(value, self.file, line, column, self.shipped, keys)
        if isinstance(raw, yaml.SequenceNode):
            return Node(tuple(self.node(item, depth + 1) for item in raw.value), self.file, line, column, self.shipped)
        return Node(self._scalar(raw), self.file, line, column, self.shipped)

    def _refuse(self, raw: Any, message: str) -> None:
        mark = raw.start_mark
        self.problems.append(ConfigProblem(self.file, mark.line + 1, mark.column + 1, message))

    def _mapping(self, raw: Any, depth: int) -> tuple[dict[str, Node], dict[str, tuple[int, int]]]:
        values: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        merged: list[Any] = []
        for key_node, value_node in raw.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, "a key must be plain text; put it in quotes.")
                continue
            key = str(key_node.value)
            if key_node.tag == f"{_TAG}merge":
                merged += value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
            elif key in values:
                self._refuse(key_node, f'"{key}" is written twice (first in line {keys[key][0]}); keep one of them.')
            else:
                keys[key] = key_node.start_mark.line + 1, key_node.start_mark.column + 1
                values[key] = self.node(value_node, depth + 1)
        for source in merged:
            for key, node in self.node(source, depth + 1).entries():
                values.setdefault(key, node)
                keys.setdefault(key, (node.line, node.column))
        return values, keys

    def _scalar(self, raw: Any) -> Scalar:
        tag, text = str(raw.tag), str(raw.value)
        if raw.style in ("'", '"', "|", ">"):
            return text
        if tag == f"{_TAG}null":
            return None
        if tag == f"{_TAG}bool" and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if tag == f"{_TAG}int" and re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", text):
            return int(text)
        if tag == f"{_TAG}float" and re.fullmatch(r"-?[0-9]{1,18}\.[0-9]{1,18}", text):
            return Decimal(text)
        return text
