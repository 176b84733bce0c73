"""Markdown templates become messages. The one door to rendering: find the template, run it, build, make it fit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bot.rendering import limits, markup, sizes
from bot.rendering.blocks import Block, Builder
from bot.rendering.slots import Place, Slots
from bot.rendering.template import SHIPPED, Library, TemplateFault

FALLBACK_LIMIT = 3000
DOCUMENT_LIMIT = 1_000_000
_PLACES = {"md": Place.MARKDOWN, "html": Place.HTML}

_log = logging.getLogger(__name__)
T = TypeVar("T")


@cache
def _shipped() -> Library:
    """Nobody changes these while we run, so they are compiled once per process."""
    return Library(SHIPPED)


@dataclass(frozen=True)
class Message:
    """What a post needs: the fallback ``text`` (mrkdwn, for notifications and screen readers) and the blocks."""

    text: str
    blocks: list[Block]


def together(parts: Sequence[Message]) -> Message:
    """Several messages as one, in their order. The caller sees to it that their blocks fit."""
    if len(parts) == 1:
        return parts[0]
    whole = {
        "text": "\n".join(part.text for part in parts),
        "blocks": [block for part in parts for block in part.blocks],
    }
    fitted = limits.fit("chat.postMessage", whole)
    return Message(fitted["text"], fitted["blocks"])


class Renderer:
    """Renders the shipped templates; a file of the same name in ``overrides`` wins, and is left aside when it fails."""

    def __init__(self, overrides: Path | None = None) -> None:
        self._libraries = [*([Library(overrides)] if overrides is not None else []), _shipped()]

    def message(self, template: str, context: Mapping[str, Any]) -> Message:
        """The message of ``templates/slack/<template>.md``. Raises TemplateFault."""
        built = self._first(f"slack/{template}.md", context, _message)
        return Message(built.text, limits.fit_blocks(built.blocks, sizes.MESSAGE_BLOCKS))

    def home(self, template: str, context: Mapping[str, Any]) -> Block:
        """The App Home view of ``templates/slack/<template>.md``. Raises TemplateFault."""
        built = self._first(f"slack/{template}.md", context, _message)
        return {"type": "home", "blocks": limits.fit_blocks(built.blocks, sizes.VIEW_BLOCKS)}

    def text(self, template: str, context: Mapping[str, Any]) -> str:
        """A plain document: ``template`` is its path below ``templates/``; ``.md`` escapes Markdown, ``.html`` a web
        page, others nothing.

        Raises TemplateFault.
        """
        place = _PLACES.get(template.rpartition(".")[2], Place.BARE)
        return self._first(template, context, lambda text, slots: slots.fill(text, place, DOCUMENT_LIMIT))

    def problems(self) -> list[str]:
        """What is wrong with the files of each folder, one sentence with file and line per broken template."""
        return [fault for library in self._libraries for name in library.names() for fault in _faults(library, name)]

    def asked(self) -> list[tuple[str, set[str]]]:
        """Each message's template with the names that it is given, one's own templates in place of the shipped."""
        shipped = [name for name in self._libraries[-1].names() if name.startswith("slack/")]
        found = {name: set[str]() for name in shipped}
        for library in self._libraries:
            for name in filter(library.has, shipped):
                found[name] |= library.asked(name)
        return [(Path(name).stem, names) for name, names in found.items()]

    def _first(self, name: str, context: Mapping[str, Any], finish: Callable[[str, Slots], T]) -> T:
        *own, shipped = [library for library in self._libraries if library.has(name)] or self._libraries[-1:]
        for library in own:
            try:
                return _finished(library, name, context, finish)
            except TemplateFault as fault:
                _log.error("template override ignored, using the shipped one: %s", fault)
        return _finished(shipped, name, context, finish)


def _finished(library: Library, name: str, context: Mapping[str, Any], finish: Callable[[str, Slots], T]) -> T:
    text, slots = library.run(name, context)
    try:
        return finish(text, slots)
    except markup.GrammarError as error:
        raise TemplateFault(f"{library.place(name)}: {error}") from error


def _message(text: str, slots: Slots) -> Message:
    sentence, body = markup.fallback(text)
    parts = markup.parts(body)
    if sentence is None:
        sentence = _sentence(parts)
    shown = slots.fill(sentence, Place.INLINE, FALLBACK_LIMIT)
    return Message(shown or "…", Builder(slots).build(parts))


def _sentence(parts: list[markup.Part]) -> str:
    header = next((part.text for part in parts if isinstance(part, markup.Header)), "")
    paragraph = next((part.text for part in parts if isinstance(part, markup.Paragraph)), "")
    return " – ".join(text for text in (header, paragraph) if text)


def _faults(library: Library, name: str) -> list[str]:
    try:
        library.compiled(name)
    except TemplateFault as fault:
        return [str(fault)]
    return []
