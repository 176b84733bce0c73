"""What a reader is shown: controls that they may not use go, rows that are left empty too; words and links stay."""

import pytest

from bot.domain.core import permissions
from bot.rendering.message import Message
from bot.rendering.readers import for_reader

TEXT = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}}
ACK = {"type": "button", "action_id": "page.ack:1"}
ESCALATE = {"type": "button", "action_id": "page.escalate:1"}
IMAGE = {"type": "image", "image_url": "https://example.com/x.png"}
LINK = {"type": "button", "action_id": "link:0", "url": "https://example.com"}


@pytest.mark.parametrize(("blocks", "shown"), [
    ([TEXT], [TEXT]),
    ([{"type": "actions", "elements": [ACK, ESCALATE, LINK]}], [{"type": "actions", "elements": [ACK, LINK]}]),
    ([TEXT, {"type": "actions", "elements": [ESCALATE]}], [TEXT]),
    ([{**TEXT, "accessory": ESCALATE}], [TEXT]),
    ([{**TEXT, "accessory": ACK}], [{**TEXT, "accessory": ACK}]),
    ([{**TEXT, "accessory": IMAGE}], [{**TEXT, "accessory": IMAGE}]),
])  # fmt: skip
def test_what_is_left_for_a_guest(blocks: list[dict[str, object]], shown: list[dict[str, object]]) -> None:
    message = for_reader(Message("text", blocks), lambda button: permissions.may_press("guest", button))
    assert (message.text, message.blocks) == ("text", shown)


@pytest.mark.parametrize(("row", "button", "may"), [
    ("responder", "anything", True), ("viewer", "incident.join", True), ("viewer", "incident.resolve", False),
    ("guest", "page.ack", True), ("guest", "page.ack:7", True),
    ("guest", "page.escalate", False),
    ("stranger", "page.ack", False), ("stranger", "link:3", True), ("bot", "menu.help", True),
    ("bot", "page.ack", False),
    ("deactivated", "page.ack", False),
])  # fmt: skip
def test_who_may_press_what(row: str, button: str, may: bool) -> None:
    assert permissions.may_press(row, button) is may
