"""What one reader is shown of a message: only the buttons and menus that they may use. Pure; knows no table."""

from collections.abc import Callable
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
    return [kept for block in shown if (kept := _kept(block, may)) is not None]


def _kept(block: Block, may: May) -> Block | None:
    if block.get("type") == "actions":
        elements = [one for one in block.get("elements", []) if _usable(one, may)]
        return {**block, "elements": elements} if elements else None
    accessory = block.get("accessory")
    if isinstance(accessory, dict) and not _usable(accessory, may):
        return {name: value for name, value in block.items() if name != "accessory"}
    return block


def _usable(element: Block, may: May) -> bool:
    action = element.get("action_id")
    return action is None or bool(element.get("url")) or may(str(action))
