"""What of a message's buttons and menus is shown: those that its reader may use, those that still lead somewhere. Pure;
knows no table."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.rendering.message import Message

Block = dict[str, Any]
May = Callable[[str], bool]
"""Whether the reader may use the control of this action id."""


def for_reader(message: Message, may: May) -> Message:
    """The message without the controls that its reader may not use; rows that are left empty go, words stay."""
    return Message(message.text, blocks(message.blocks, may))


def blocks(shown: list[Block], may: May) -> list[Block]:
    """The same for the blocks of a message or a view."""
    return _with(shown, lambda element: may(str(element["action_id"])))


def after_its_end(message: Message, number: int, remain: Iterable[str]) -> Message:
    """A message of an incident that is over: what is left to press are links, `remain`, and what is about another
    incident, as the one that it was merged into."""
    left = tuple(remain)

    def lives(element: Block) -> bool:
        value = str(element.get("value", ""))
        return element["action_id"] in left or (element["action_id"] == "incident.join" and value != str(number))

    return Message(message.text, _with(message.blocks, lives))


def _with(shown: list[Block], usable: Callable[[Block], bool]) -> list[Block]:
    return [kept for block in shown if (kept := _kept(block, usable)) is not None]


def _kept(block: Block, usable: Callable[[Block], bool]) -> Block | None:
    if block.get("type") == "actions":
        elements = [one for one in block.get("elements", []) if not acts(one) or usable(one)]
        return {**block, "elements": elements} if elements else None
    accessory = block.get("accessory")
    if isinstance(accessory, dict) and acts(accessory) and not usable(accessory):
        return {name: value for name, value in block.items() if name != "accessory"}
    return block


def acts(element: Block) -> bool:
    """Whether a press on it reaches us; a link leads away by itself."""
    return element.get("action_id") is not None and not element.get("url")


def controls(shown: Iterable[Block]) -> list[Block]:
    """Everything in these blocks that acts."""
    found = [one for block in shown for one in (*block.get("elements", ()), block.get("accessory"))]
    return [one for one in found if isinstance(one, dict) and acts(one)]
