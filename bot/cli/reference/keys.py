"""Every key of tocsin.yml, one by one: where it stands, what may stand there, what holds without it, what it means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bot.catalog import registry
from bot.catalog.overlay import shipped
from bot.catalog.section import Section
from bot.cli.reference import meanings

NOTHING = object()
"""What `Key.default` is where the file has to say something."""
SUPPLIED = object()
"""What it is where the value is made of something else, such as a name of its key."""


@dataclass(frozen=True)
class Key:
    """`path`: as it is written in the file, `levels[].wait` inside an entry. `model` and `field` declare it.

    `default`: the value in force without it, as pydantic holds it or as defaults.yml has it; NOTHING; SUPPLIED.
    `refers`: the section whose names may stand there, when it does refer. `inner`: what stands below it has keys too.
    """

    path: str
    model: type[BaseModel]
    field: str
    default: Any
    refers: str
    inner: bool

    @property
    def meaning(self) -> str:
        return meanings.of_field(self.model, self.field)

    @property
    def written(self) -> str:
        """The key itself, without the path above it."""
        return written(self.field, self.model.model_fields[self.field])


def written(name: str, field: FieldInfo) -> str:
    """A field's name in the file."""
    return field.alias or name


def of_head() -> Iterator[Key]:
    """The keys at the top that are no sections."""
    for name in registry.Head.model_fields:
        yield Key(name, registry.Head, name, _shipped(name), "", False)


def of_section(section: Section[Any]) -> Iterator[Key]:
    """The keys of a section, or of one of its entries; none where only the shape of a section is kept."""
    if isinstance(section.model, type) and issubclass(section.model, BaseModel):
        yield from _keys(section, section.model, "", _supplied(section))


def _keys(section: Section[Any], model: type[BaseModel], above: str, supplied: Any) -> Iterator[Key]:
    for name, field in model.model_fields.items():
        if name == "key":
            continue  # the name above the entry
        path = f"{above}{written(name, field)}"
        given = supplied.get(name, NOTHING) if isinstance(supplied, Mapping) else NOTHING
        refers = next((to for at, to in section.refers.items() if at in (path, f"{path}[]")), "")
        inner, many = below(field.annotation)
        default = SUPPLIED if given is not NOTHING and not inner else _default(section, path, field)
        yield Key(path, model, name, default, refers, inner is not None)
        if inner is not None:
            first = given[0] if isinstance(given, tuple) and given else given
            yield from _keys(section, inner, f"{path}{many}.", first)


def below(annotation: Any) -> tuple[type[BaseModel] | None, str]:
    """The model with keys inside a type, and how its place is written: `[]` in a list, `.NAME` in a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (None if _is_one_word(annotation) else annotation), ""
    arguments = [one for one in get_args(annotation) if one not in (type(None), Ellipsis)]
    if not arguments:
        return None, ""
    inner, many = below(arguments[-1])
    kind = get_origin(annotation)
    return inner, ("[]" if kind is tuple else ".NAME" if kind is dict else "") + many


def _is_one_word(model: type[BaseModel]) -> bool:
    """Whether a model is written as a text, as a target is."""
    return model.model_json_schema().get("type") == "string"


def _default(section: Section[Any], path: str, field: FieldInfo) -> Any:
    values = _shipped(section.key)
    if section.names:  # every entry that there can be is shipped: the values of all of them
        return tuple(_at(values[name], path, field) for name in section.names)
    return _at({} if section.named else values, path, field)


def _at(values: Any, path: str, field: FieldInfo) -> Any:
    """What defaults.yml has at a path, or else what the model itself falls back on."""
    for step in path.split("."):
        values = values.get(step, NOTHING) if isinstance(values, Mapping) else NOTHING
    if values is not NOTHING:
        return values
    fallback = field.get_default(call_default_factory=True)
    return NOTHING if fallback is PydanticUndefined else fallback


def _supplied(section: Section[Any]) -> Any:
    """What an entry has that says nothing itself: it is completed once, with one empty item in each of its lists."""
    if not section.named:
        return {}
    lists: dict[str, Any] = {
        name: ({},) for name, field in section.model.model_fields.items() if below(field.annotation)[1] == "[]"
    }
    completed = section.entry("name-of-it", lists, shipped("defaults").plain())
    return {name: value for name, value in completed.items() if name not in lists or value != ({},)}


def _shipped(key: str) -> Any:
    node = shipped("defaults").child(key)
    return node.plain() if node is not None else NOTHING
