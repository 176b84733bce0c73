"""Building blocks of modals: Block Kit as plain dictionaries. One element to a block; the block's name is its id."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.rendering import limits

Block = dict[str, Any]
MOST_OPTIONS = 100


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    says: str = ""

    def option(self) -> Block:
        described = {"description": plain(self.says)} if self.says else {}
        return {"text": plain(self.label), "value": self.value[:150], **described}


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Cancel",
    meta: Mapping[str, Any] | None = None,
) -> Block:
    """A modal that fits Slack's limits; `meta` comes back with its submission."""
    view = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title),
        "close": plain(close),
        "private_metadata": json.dumps(dict(meta or {}), ensure_ascii=False),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain(submit)
    fitted: Block = limits.fit("views.open", {"view": view, "trigger_id": "-"})["view"]
    return fitted


def field(
    name: str, label: str, element: Block, *, optional: bool = False, hint: str = "", action: str | None = None
) -> Block:
    """An input. With `action` the form is asked again as soon as something is chosen."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": action or name},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint)
    return {**block, "dispatch_action": True} if action else block


def words(*, lines: bool = False, initial: str = "", placeholder: str = "", focus: bool = False) -> Block:
    """A text field of up to 3,000 characters."""
    element: Block = {"type": "plain_text_input", "multiline": lines, "max_length": 3000}
    if initial:
        element["initial_value"] = initial[:3000]
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return {**element, "focus_on_load": True} if focus else element


def radios(choices: Sequence[Choice], chosen: str = "") -> Block:
    return _with_initial({"type": "radio_buttons", "options": [one.option() for one in choices]}, chosen)


def menu(choices: Sequence[Choice], chosen: str = "", placeholder: str = "Choose") -> Block:
    """A menu; with more than a hundred choices Slack asks us for those that match."""
    element: Block = {"type": "static_select", "placeholder": plain(placeholder)}
    if len(choices) > MOST_OPTIONS:
        element |= {"type": "external_select", "min_query_length": 0}
        initial = [one.option() for one in choices if one.value == chosen]
        return element | ({"initial_option": initial[0]} if initial else {})
    return _with_initial({**element, "options": [one.option() for one in choices]}, chosen)


def _with_initial(element: Block, chosen: str) -> Block:
    initial = next((option for option in element["options"] if option["value"] == chosen), None)
    return {**element, "initial_option": initial} if initial else element


def ticks(choices: Sequence[Choice], chosen: Sequence[str] = ()) -> Block:
    element: Block = {"type": "checkboxes", "options": [one.option() for one in choices]}
    ticked = [option for option in element["options"] if option["value"] in chosen]
    return {**element, "initial_options": ticked} if ticked else element


def person(initial: str = "", placeholder: str = "Choose someone") -> Block:
    element: Block = {"type": "users_select", "placeholder": plain(placeholder)}
    return {**element, "initial_user": initial} if initial.startswith(("U", "W")) else element


def moment(initial: datetime) -> Block:
    return {"type": "datetimepicker", "initial_date_time": int(initial.timestamp())}


def said(text: str) -> Block:
    """A line of ours; values in it are shown as they are, never as markup."""
    return {"type": "section", "text": plain(text)}


def small(text: str, name: str | None = None) -> Block:
    block: Block = {"type": "context", "elements": [plain(text)]}
    return {**block, "block_id": name} if name else block


def button(
    action: str, label: str, value: str = "", *, style: str = "", confirm: tuple[str, str] | None = None
) -> Block:
    element: Block = {"type": "button", "action_id": action, "text": plain(label)}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if confirm:
        title, text = confirm
        element["confirm"] = {
            "title": plain(title), "text": plain(text), "confirm": plain("Yes"), "deny": plain("No"),
        }  # fmt: skip
    return element


def row(*buttons: Block) -> Block:
    return {"type": "actions", "elements": list(buttons)}


DIVIDER: Block = {"type": "divider"}
