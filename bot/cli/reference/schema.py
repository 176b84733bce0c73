"""docs/reference/tocsin.schema.json: what an editor needs to complete and check tocsin.yml while it is written."""

import json
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from bot.catalog import Months, format_duration, registry
from bot.catalog.overlay import PRESETS, SYNONYMS, shipped
from bot.catalog.section import Section
from bot.cli.reference import keys, meanings

Node = dict[str, Any]
_PRESET = {"enum": list(PRESETS)}


def text() -> str:
    """The schema as it is kept."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def document() -> Node:
    """The schema of the whole file. It lies over the defaults, so that no section, and no key of one, is required."""
    schema = _schema(registry.document())
    in_lists = {name for node in _nodes(schema) if (name := _name(node.get("items", {})))}
    for name, definition in schema["$defs"].items():
        definition.get("properties", {}).pop("key", None)
        if name not in in_lists:  # a list replaces what was there; anything else is merged with it
            definition.pop("required", None)
    for key in keys.of_head():
        schema["properties"][key.written]["description"] = key.meaning
    for section in registry.all_sections():
        for key in keys.of_section(section):
            _explain(key, schema["$defs"][key.model.__name__])
        _open_up(section, schema["properties"][section.key], schema["$defs"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tocsin.yml",
        "type": "object",
        "additionalProperties": False,
        "properties": {"preset": _preset(), **schema["properties"]},
        "$defs": schema["$defs"],
    }


def _explain(key: keys.Key, owner: Node) -> None:
    """A key with its meaning; one whose value is made of something else may be left out."""
    owner["description"] = meanings.of_model(key.model)
    owner["properties"][key.written]["description"] = key.meaning
    if key.default is keys.SUPPLIED and key.written in owner.get("required", ()):
        owner["required"].remove(key.written)


class _Generator(GenerateJsonSchema):
    """Titles only where a type has one of its own, and defaults as they are written in the file."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def encode_default(self, dft: Any) -> Any:
        return as_written(dft)


def as_written(value: Any) -> Any:
    """A value of a model as YAML has it: lengths of time, times of day and decimals included."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {keys.written(name, field): as_written(getattr(value, name)) for name, field in fields.items()}
    if isinstance(value, dict):
        return {name: as_written(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_written(one) for one in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, timedelta):
        return format_duration(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, Months) else value


def _schema(model: type[BaseModel]) -> Node:
    return model.model_json_schema(schema_generator=_Generator)


def _name(node: Node) -> str:
    return str(node.get("$ref", "")).removeprefix("#/$defs/")


def _nodes(node: Any) -> list[Node]:
    """Every mapping inside a schema."""
    if isinstance(node, list):
        return [found for one in node for found in _nodes(one)]
    return [node, *(found for one in node.values() for found in _nodes(one))] if isinstance(node, dict) else []


def _open_up(section: Section[Any], node: Node, definitions: Node) -> None:
    """A section may be left empty, may choose a preset that speaks of it, and knows second spellings of its keys."""
    for (owner, second), first in SYNONYMS.items():
        if owner == section.key:
            properties = definitions[section.model.__name__]["properties"]
            properties[second] = {**properties[first], "description": f"The same as `{first}`."}
    presets = any(shipped(name).child(section.key) is not None for name in PRESETS)
    if presets and section.named:
        node["properties"] = {"preset": _preset()}
    elif presets and _name(node):
        definitions[_name(node)]["properties"]["preset"] = _preset()
    if section.names:
        node["propertyNames"] = {"enum": [*section.names, *(["preset"] if presets else [])]}
    content = dict(node)
    node.clear()
    node.update(anyOf=[content, {"type": "null"}], description=section.meaning)


def _preset() -> Node:
    one_or_more = [dict(_PRESET), {"type": "array", "items": dict(_PRESET)}]
    return {"anyOf": one_or_more, "description": "Sets of values that ship with Tocsin, below what is written here."}
