"""Messages of each template without an incident, once with everything in it and once with nothing: what Slack can be
asked about before one happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.rendering.message import Message, Renderer

SHOWN = "https://tocsin.example/sample"
"""Words that do as an address too, where a template makes a link of them."""


class Sample:
    """Stands for whatever a template asks for. Where it is there, it has two parts; else it has none."""

    def __init__(self, there: bool) -> None:
        self._there = there

    def __bool__(self) -> bool:
        return self._there

    def __getattr__(self, name: str) -> Sample:
        if name.startswith("_"):
            raise AttributeError(name)
        return Sample(self._there)

    def __getitem__(self, key: object) -> Sample:
        return Sample(self._there)

    def __iter__(self) -> Iterator[Sample]:
        return iter([Sample(self._there)] * len(self))

    def __len__(self) -> int:
        return 2 * self._there

    def __str__(self) -> str:
        return SHOWN

    def __lt__(self, other: object) -> bool:
        return not self._there

    def __gt__(self, other: object) -> bool:
        return self._there

    def __le__(self, other: object) -> bool:
        return not self._there

    def __ge__(self, other: object) -> bool:
        return self._there

    def __add__(self, other: Any) -> int:
        return len(self)

    __radd__ = __sub__ = __rsub__ = __add__


def messages(renderer: Renderer) -> Iterator[tuple[str, Message]]:
    """Every template by its name, with each of its messages. Raises TemplateFault for one that can't be used."""
    for template, asked in renderer.asked():
        for there in (True, False):
            yield template, renderer.message(template, dict.fromkeys(asked, Sample(there)))
