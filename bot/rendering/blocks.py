"""Block Kit from the parts of a message: values are put in here, each cut and escaped for the place it lands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.rendering import markup, sizes
from bot.rendering.markup import Element, GrammarError
from bot.rendering.slots import TOKEN, Place, Slots
from bot.rendering.values import web_address

Block = dict[str, Any]

_ACTION = re.compile(r"([a-z][a-z0-9_.]*)(?::(.*))?", re.DOTALL)
_FILE = re.compile(r"F[A-Z0-9]{1,40}")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOTHING = "–"  # a button must say something
FENCE_LIMIT = 3000


class Builder:
    """Builds the blocks of one message."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    def build(self, parts: Sequence[markup.Part]) -> list[Block]:
        """Blocks in order. Parts whose values turn out empty are left out. Raises GrammarError."""
        return [block for part in parts for block in self._blocks(part)]

    def _blocks(self, part: markup.Part) -> Iterator[Block]:
        match part:
            case markup.Header(text):
                yield from self._header(text)
            case markup.Paragraph(text, accessory):
                yield from self._section(text, accessory)
            case markup.Fields(cells, accessory):
                yield from self._fields(cells, accessory)
            case markup.Context(text):
                yield from self._context(text)
            case markup.Divider():
                yield {"type": "divider"}
            case markup.Actions(elements):
                yield from self._actions(elements)
            case markup.Image(alt, target):
                yield from self._image(alt, target)
            case markup.Fence(text):
                yield from self._fence(text)

    def _header(self, text: str) -> Iterator[Block]:
        shown = self._slots.fill(text, Place.PLAIN, sizes.HEADER)
        if shown:
            yield {"type": "header", "text": _plain(shown)}

    def _section(self, text: str, accessory: Element | None) -> Iterator[Block]:
        shown = self._slots.fill(text, Place.MRKDWN, sizes.SECTION)
        if shown.strip():
            yield self._beside({"type": "section", "text": _mrkdwn(shown)}, accessory)
        elif accessory:
            yield from self._actions((accessory,))

    def _fields(self, cells: Sequence[str], accessory: Element | None) -> Iterator[Block]:
        shown = [self._slots.fill(cell, Place.INLINE, sizes.FIELD) for cell in cells]
        fields = [_mrkdwn(text) for text in shown if text]
        for start in range(0, len(fields), sizes.FIELDS):
            block = {"type": "section", "fields": fields[start : start + sizes.FIELDS]}
            yield self._beside(block, accessory if start == 0 else None)

    def _context(self, text: str) -> Iterator[Block]:
        lines = [self._slots.fill(line, Place.INLINE, sizes.SECTION) for line in text.split("\n")]
        shown = "\n".join(line for line in lines if line)
        if shown:
            yield {"type": "context", "elements": [_mrkdwn(shown)]}

    def _fence(self, text: str) -> Iterator[Block]:
        shown = self._slots.fill(text, Place.CODE, FENCE_LIMIT)
        if shown.strip():
            quoted = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": shown}]}
            yield {"type": "rich_text", "elements": [quoted]}

    def _image(self, alt: str, target: str) -> Iterator[Block]:
        alt_text = self._slots.fill(alt, Place.PLAIN, sizes.ALT) or _NOTHING
        if target.startswith("file:"):
            file = self._slots.fill(target.removeprefix("file:"), Place.VALUE, 255)
            if _FILE.fullmatch(file):
                yield {"type": "image", "slack_file": {"id": file}, "alt_text": alt_text}
        elif address := self._address(target):
            yield {"type": "image", "image_url": address, "alt_text": alt_text}

    def _actions(self, elements: Sequence[Element]) -> Iterator[Block]:
        """One block, or more where Slack asks for it: too many elements, or the same action twice."""
        block: Block = {"type": "actions", "elements": []}
        for element in elements:
            built = self._element(element)
            if built is None:
                continue
            taken = {other["action_id"] for other in block["elements"]}
            name = self._block_name(element)
            if built["action_id"] in taken or len(taken) == sizes.ACTIONS or (name and "block_id" in block):
                yield block
                block = {"type": "actions", "elements": []}
            block["elements"].append(built)
            if name:
                block["block_id"] = name
        if block["elements"]:
            yield block

    def _beside(self, block: Block, accessory: Element | None) -> Block:
        built = self._element(accessory) if accessory else None
        if accessory is None or built is None:
            return block
        name = self._block_name(accessory)
        return {**block, "accessory": built} | ({"block_id": name} if name else {})

    def _block_name(self, element: Element) -> str | None:
        """``action:value`` for a select whose options the bot is asked for: the request carries nothing else."""
        action, value = self._action(element.target) if element.kind == "options" else ("", "")
        return f"{action}:{value}"[: sizes.ID] if value else None

    def _element(self, element: Element) -> Block | None:
        built = self._button(element) if element.kind == "button" else self._select(element)
        if built is not None and element.confirm is not None:
            built["confirm"] = self._confirm(element)
        return built

    def _button(self, element: Element) -> Block | None:
        label = self._slots.fill(element.label, Place.PLAIN, sizes.BUTTON) or _NOTHING
        style = {"style": element.style} if element.style else {}
        if TOKEN.fullmatch(element.target) or element.target.startswith(("https://", "http://")):
            address = self._address(element.target)
            return (
                {"type": "button", "text": _plain(label), "action_id": _link(element), "url": address, **style}
                if address
                else None
            )
        action, value = self._action(element.target)
        carried = {"value": value} if value else {}
        return {"type": "button", "text": _plain(label), "action_id": action, **carried, **style}

    def _select(self, element: Element) -> Block | None:
        action, value = self._action(element.target)
        placeholder = _plain(self._slots.fill(element.label, Place.PLAIN, sizes.PLACEHOLDER) or _NOTHING)
        if element.kind == "options":
            return {"type": "external_select", "action_id": action, "placeholder": placeholder, "min_query_length": 0}
        most = sizes.OVERFLOW if element.kind == "overflow" else sizes.OPTIONS
        options = [self._option(value, *choice) for choice in element.choices][:most]
        if not options:
            return None
        if element.kind == "overflow":
            return {"type": "overflow", "action_id": action, "options": options}
        return {"type": "static_select", "action_id": action, "placeholder": placeholder, "options": options}

    def _option(self, prefix: str, value: str, label: str) -> Block:
        text = self._slots.fill(label, Place.PLAIN, sizes.OPTION_TEXT) or _NOTHING
        chosen = self._slots.fill(value, Place.VALUE, sizes.OPTION_VALUE)
        return {
            "text": _plain(text),
            "value": (f"{prefix}:{chosen}" if prefix else chosen)[: sizes.OPTION_VALUE] or _NOTHING,
        }

    def _confirm(self, element: Element) -> Block:
        given = [part.strip() for part in (element.confirm or "").split("|")]
        defaults = ["Are you sure?", "This cannot be taken back.", "Yes", "No"]
        most = [sizes.CONFIRM_TITLE, sizes.CONFIRM_TEXT, sizes.CONFIRM_BUTTON, sizes.CONFIRM_BUTTON]
        said = [*given, *[""] * 4][:4]
        shown = [
            _plain(self._slots.fill(text, Place.PLAIN, size) or default)
            for text, default, size in zip(said, defaults, most, strict=True)
        ]
        dialog = dict(zip(("title", "text", "confirm", "deny"), shown, strict=True))
        return {**dialog, "style": element.style} if element.style else dialog

    def _action(self, target: str) -> tuple[str, str]:
        match = _ACTION.fullmatch(target)
        if not match:
            raise GrammarError(f"{TOKEN.sub('{{..}}', target)!r} is neither action.id:value nor a web address")
        return match[1], self._slots.fill(match[2] or "", Place.VALUE, sizes.BUTTON_VALUE)

    def _address(self, target: str) -> str | None:
        sole = self._slots.sole_link(target)
        return web_address(sole if sole is not None else self._slots.encoded(target))


def _link(element: Element) -> str:
    """The action id of a url button comes from the template's own words, never from a value."""
    return "link:" + (_NOT_SLUG.sub("-", TOKEN.sub("", element.label).lower()).strip("-")[:60] or "open")


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def _mrkdwn(text: str) -> Block:
    """verbatim: Slack must not turn addresses, names or channels inside a value into links."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}
