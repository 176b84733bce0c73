"""Every section that there is: found in the files of `bot.catalog.sections`, so that no list has to name them."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from pydantic import create_model

from bot.catalog import sections
from bot.catalog.section import TARGET, Section
from bot.catalog.sections.company import ChannelName
from bot.catalog.value import Value


class Head(Value):
    """The keys at the top of tocsin.yml that are no sections."""

    version: Literal[1]
    """The version of the file's format; there is only 1."""
    incidents_channel: ChannelName
    """The channel (a name in quotes, or an id) that hears of every incident. Private ones are never announced."""


@cache
def all_sections() -> tuple[Section[Any], ...]:
    """The sections by file, in the order of declaration; a reserved one gives way to another of the same key.

    Raises ValueError when two files declare one section, or when a section refers to one that nobody declares.
    """
    found: dict[str, Section[Any]] = {}
    for section in _declared():
        before = found.get(section.key)
        if before is None or before.reserved:
            found[section.key] = section
        elif before is not section and not section.reserved:
            raise ValueError(f"the section {section.key} is declared twice")
    for section in found.values():
        unknown = {to for to in section.refers.values() if to != TARGET and to not in found}
        if unknown:
            raise ValueError(f"the section {section.key} refers to {', '.join(sorted(unknown))}, which no one declares")
    return tuple(found.values())


def _declared() -> Iterator[Section[Any]]:
    for name in sorted(module.name for module in iter_modules(sections.__path__)):
        for value in vars(import_module(f"{sections.__name__}.{name}")).values():
            yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Section))


def section(key: str) -> Section[Any]:
    """The section of a key. Raises KeyError when there is none."""
    return {found.key: found for found in all_sections()}[key]


@cache
def document() -> type[Head]:
    """The model of the whole file: the head, and a required field per section (defaults.yml has them all)."""
    fields: dict[str, Any] = {section.key: (section.annotation, ...) for section in all_sections()}
    return create_model("Document", __base__=Head, **fields)
