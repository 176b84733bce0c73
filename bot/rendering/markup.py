"""The eleven rules of a message template: lines of text in, a list of parts out. Sees tokens, never values.

Header, paragraph, field rows, context, divider, buttons, accessory, selects, options asked from the bot, image, fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ELEMENT = re.compile(
    r"\[(?P<label>[^\]\n]+)\]"
    r"\((?P<target>[^\s()]+)(?P<words>(?:[ ]+(?:[a-z]+=\"[^\"]*\"|[a-z]+))*)[ ]*\)"
    r"(?:\{(?P<choices>[^}]*)\})?"
)
_ELEMENTS = re.compile(rf"{_ELEMENT.pattern}(?:[ ]+{re.sub(r'[?]P<[a-z]+>', '?:', _ELEMENT.pattern)})*[ ]*")
_ACCESSORY = re.compile(rf"^(?P<rest>.*?)[ ]+->[ ]+(?P<element>{re.sub(r'[?]P<[a-z]+>', '?:', _ELEMENT.pattern)})$")
_WORD = re.compile(r"([a-z]+)(?:=\"([^\"]*)\")?")
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^\s()]+)\)")
_FALLBACK = re.compile(r"\A\s*<!--\s*text:(.*?)-->", re.DOTALL)
_FENCE = "```"
_KINDS = ("select", "overflow", "options")
_STYLES = ("primary", "danger")


class GrammarError(ValueError):
    """A line starts like one of the rules and does not follow it."""


@dataclass(frozen=True)
class Element:
    """Something to click. ``kind`` is button, select, overflow or options (asked from the bot)."""

    label: str
    target: str
    kind: str = "button"
    style: str | None = None
    confirm: str | None = None
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Header:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    accessory: Element | None = None


@dataclass(frozen=True)
class Fields:
    cells: tuple[str, ...]
    accessory: Element | None = None


@dataclass(frozen=True)
class Context:
    text: str


@dataclass(frozen=True)
class Divider:
    pass


@dataclass(frozen=True)
class Actions:
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Image:
    alt: str
    target: str


@dataclass(frozen=True)
class Fence:
    text: str


Part = Header | Paragraph | Fields | Context | Divider | Actions | Image | Fence


def fallback(text: str) -> tuple[str | None, str]:
    """The sentence of a leading ``<!-- text: ... -->`` (None without one), and the rest of the text."""
    match = _FALLBACK.match(text)
    return (" ".join(match.group(1).split()), text[match.end() :]) if match else (None, text)


def parts(text: str) -> list[Part]:
    """The parts of a message in order. Raises GrammarError naming the line that breaks a rule."""
    return [part for group in _groups(text.split("\n")) for part in _parse(group)]


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Neighbouring lines of the same kind; a fence with everything in it is one group."""
    group: list[str] = []
    kind = ""
    for line in lines:
        if kind == "fence":
            group.append(line)
            if line.strip() != _FENCE:
                continue
            next_kind = ""
        else:
            next_kind = _kind(line)
            if next_kind == kind and kind not in ("header", "divider", "image"):
                group.append(line)
                continue
        if group and kind:
            yield group
        kind, group = next_kind, [line] if next_kind else []
    if group and kind:
        yield group


def _kind(line: str) -> str:
    text = line.strip()
    if text in ("", ">"):  # a line of context whose every part was left out
        return ""
    if text.startswith(_FENCE):
        return "fence"
    if text == "---":
        return "divider"
    for mark, kind in (("# ", "header"), ("|", "fields"), ("> ", "context"), ("![", "image"), ("[", "actions")):
        if text.startswith(mark):
            return kind
    return "paragraph"


def _parse(lines: list[str]) -> Iterator[Part]:
    kind = _kind(lines[0])
    stripped = [line.strip() for line in lines]
    if kind == "fence":
        yield Fence("\n".join(lines[1:-1] if len(lines) > 1 and stripped[-1] == _FENCE else lines[1:]))
    elif kind == "divider":
        yield Divider()
    elif kind == "header":
        yield Header(stripped[0].removeprefix("# "))
    elif kind == "fields":
        yield from _fields(stripped)
    elif kind == "context":
        yield Context("\n".join(line.removeprefix(">").strip() for line in stripped))
    elif kind == "image":
        yield _image(stripped[0])
    elif kind == "actions":
        yield Actions(tuple(element for line in stripped for element in _elements(line)))
    else:
        yield _paragraph(stripped)


def _paragraph(lines: list[str]) -> Paragraph:
    match = _ACCESSORY.match(lines[-1])
    if not match:
        return Paragraph("\n".join(lines))
    return Paragraph("\n".join([*lines[:-1], match["rest"]]), _element(match["element"]))


def _fields(lines: list[str]) -> Iterator[Fields]:
    """Rows collect into one part; a row that ends with an accessory stands alone, for a section has one."""
    cells: list[str] = []
    for line in lines:
        match = _ACCESSORY.match(line)
        row = [cell.strip() for cell in (match["rest"] if match else line).strip().strip("|").split("|")]
        if not match:
            cells += row
            continue
        if cells:
            yield Fields(tuple(cells))
            cells = []
        yield Fields(tuple(row), _element(match["element"]))
    if cells:
        yield Fields(tuple(cells))


def _image(line: str) -> Image:
    match = _IMAGE.fullmatch(line)
    if not match:
        raise GrammarError(f"cannot read the image {line!r}: write ![what it shows](file:ID)")
    return Image(match[1], match[2])


def _elements(line: str) -> list[Element]:
    if not _ELEMENTS.fullmatch(line):
        raise GrammarError(f"cannot read the buttons {line!r}: write [Label](action.id:value primary)")
    return [_element(match.group()) for match in _ELEMENT.finditer(line)]


def _element(text: str) -> Element:
    match = _ELEMENT.fullmatch(text)
    if not match:
        raise GrammarError(f"cannot read the button {text!r}")
    words = {word[1]: word[2] for word in _WORD.finditer(match["words"])}
    unknown = set(words) - {*_KINDS, *_STYLES, "confirm"}
    if unknown:
        raise GrammarError(
            f"{text!r}: {', '.join(sorted(unknown))} is not among {', '.join((*_KINDS, *_STYLES))}, confirm"
        )
    return Element(
        label=match["label"],
        target=match["target"],
        kind=next((kind for kind in _KINDS if kind in words), "button"),
        style=next((style for style in reversed(_STYLES) if style in words), None),
        confirm=words.get("confirm"),
        choices=tuple(_choices(match["choices"] or "")),
    )


def _choices(text: str) -> Iterator[tuple[str, str]]:
    """``value: label`` pairs; a choice without a colon is its own value."""
    for choice in (part.strip() for part in text.split(",")):
        if choice:
            value, colon, label = choice.partition(":")
            yield value.strip(), (label if colon else value).strip()
