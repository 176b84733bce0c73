"""docs/reference/configuration.md: every key of tocsin.yml with its type, its default and its meaning."""

import json
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel

from bot.catalog import registry
from bot.catalog.overlay import shipped
from bot.catalog.section import TARGET, Section
from bot.cli.reference import schema
from bot.cli.reference.keys import NOTHING, SUPPLIED, Key, of_head, of_section

_HEAD = """\
# Every key of tocsin.yml

`make docs` writes this page from the source; [configuration.md](../configuration.md) is the guide, and
[tocsin.schema.json](tocsin.schema.json) tells an editor the same.

A key is written with its path: `levels[].wait` is `wait` in each item of the list `levels`, `questions.NAME.ask` is
`ask` below each name. A default is what holds when the key is not written: *required* is a key that has to be, and
*given* is one that is made of something else, as its meaning says. Lengths of time are written `30s`, `5m`, `1h30m`,
`4h`, `1d`, and where months are allowed `1mo`, `7y`; times of day in quotes, `"20:00"`.

Any section, and the file itself, may choose a `preset`: see [preset](../configuration.md#preset).
"""
_RESERVED = """\
## Sections that are accepted and wait

Their shape is kept; nothing in this release acts on them.

| Section | Type | Meaning |
|---|---|---|
"""
_LONGEST = 60


def text() -> str:
    """The page."""
    order = [key for key, _ in shipped("defaults").entries()]
    sections = sorted(registry.all_sections(), key=lambda section: order.index(section.key))
    parts = [_HEAD, "## The head\n\n" + _table(registry.Head, "", of_head())]
    parts += [_section(section) for section in sections if not section.reserved]
    waiting = (section for section in sections if section.reserved)
    parts.append(_RESERVED + "".join(f"| `{one.key}` | {_shape(one)} | {one.meaning} |\n" for one in waiting))
    return "\n".join(parts)


def _section(section: Section[Any]) -> str:
    lines = [f"## {section.key}", "", section.meaning, ""]
    if section.names:
        only = ", ".join(f"`{name}`" for name in section.names)
        lines += [f"A mapping by name: {only}. Where these have different defaults, all are listed in this order.", ""]
    elif section.named:
        lines += [f"A mapping by name: these are the keys of one {section.one}.", ""]
        known = [name for name, _ in (shipped("defaults").child(section.key) or shipped("defaults")).entries()]
        if known:
            lines += [f"Shipped: {', '.join(f'`{name}`' for name in known)}.", ""]
    return "\n".join(lines) + "\n" + _table(section.model, section.key, of_section(section))


def _table(model: type[BaseModel], section: str, keys: Iterator[Key]) -> str:
    described = schema.document()
    rows = ["| Key | Type | Default | Meaning |", "|---|---|---|---|"]
    for key in keys:
        owner = described["$defs"][key.model.__name__] if key.model is not registry.Head else described
        kind = _refers(key) or _type(owner["properties"][key.written], described["$defs"])
        default = "" if key.inner and key.default is not NOTHING else _default(key, bool(section))
        rows.append(f"| `{key.path}` | {kind} | {default} | {_cell(key.meaning)} |")
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _shape(section: Section[Any]) -> str:
    node = schema.document()["properties"][section.key]
    return _type(node["anyOf"][0], {})


def _refers(key: Key) -> str:
    """A place where names of another section stand."""
    if not key.refers or key.refers == TARGET:
        return ""
    many = "names" if str(key.model.model_fields[key.field].annotation).startswith("tuple") else "name"
    return f"{many} of [{key.refers}](#{key.refers})"


def _type(node: dict[str, Any], definitions: dict[str, Any]) -> str:
    """A schema in words."""
    if "$ref" in node:
        return _type(definitions[node["$ref"].removeprefix("#/$defs/")], definitions)
    if "title" in node and "properties" not in node:
        return str(node["title"])
    if "anyOf" in node:
        kinds = [_type(one, definitions) for one in node["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "const" in node or "enum" in node:
        return " or ".join(f"`{one}`" for one in node.get("enum", [node.get("const")]))
    if node.get("type") == "array":
        return f"list: {_type(node['items'], definitions)}" if node.get("items") else "list"
    if node.get("type") == "object":
        inner = node.get("additionalProperties")
        return f"mapping: {_type(inner, definitions)}" if isinstance(inner, dict) and inner else "mapping"
    return _scalar(node)


def _scalar(node: dict[str, Any]) -> str:
    if "examples" in node:  # pydantic drops the titles of what a mapping holds
        return f"text, such as `{node['examples'][0]}`"
    words = {"string": "text", "boolean": "`true` or `false`", "integer": "whole number", "number": "number"}
    kind = words[node["type"]]
    least, most = node.get("minimum"), node.get("maximum")
    if least is not None and most is not None:
        return f"{kind}, {least} to {most}"
    return f"{kind}, at least {least}" if least is not None else kind


def _default(key: Key, in_section: bool) -> str:
    if key.default is NOTHING:
        return "*required*"
    if key.default is SUPPLIED:
        return "*given*"
    values = list(key.default) if _several(key) else [key.default]
    written = [_value(value) for value in values]
    if len(set(written)) == 1:
        written = written[:1]
    told = ", ".join(written)
    return _cell(told) if len(told) <= _LONGEST else "*shipped*"


def _several(key: Key) -> bool:
    """Whether a default is that of each entry, since a section has all of them."""
    return any(section.names and section.model is key.model for section in registry.all_sections())


def _value(value: Any) -> str:
    plain = schema.as_written(value)
    if plain is None:
        return "`null`"
    if isinstance(plain, str):
        return f"`{plain}`" if plain else '`""`'
    if isinstance(plain, dict | list):
        return f"`{yaml.safe_dump(plain, default_flow_style=True, width=1000, allow_unicode=True).strip()}`"
    return f"`{json.dumps(plain)}`"
