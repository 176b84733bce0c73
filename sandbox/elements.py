"""Inputs: what they hold at first, what they hold once somebody has filled them in, what a click sends."""

from typing import Any

from sandbox.posting import interactive
from sandbox.records import Json

STATELESS = {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons", "image"}
PLAIN = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
# element type -> (key in state, key of the initial value)
SINGLE = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    **{kind: ("value", "initial_value") for kind in PLAIN},
}
SEVERAL = {
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}


class UnknownChoice(Exception):
    """The element offers no such option."""


def stateful(blocks: list[Json] | None) -> list[tuple[str, Json]]:
    """(block_id, element) for everything that appears in state.values."""
    return [
        (block["block_id"], element)
        for block in blocks or ()
        for element in interactive(block)
        if element.get("type") not in STATELESS
    ]


def initial(element: Json) -> Json:
    """The state entry of an element nobody has touched."""
    kind = element["type"]
    if kind in SEVERAL:
        key, start = SEVERAL[kind]
        return {"type": kind, key: list(element.get(start) or [])}
    key, start = SINGLE[kind]
    return {"type": kind, key: element.get(start)}


def initial_values(blocks: list[Json] | None) -> dict[str, dict[str, Json]]:
    """state.values of fresh blocks."""
    values: dict[str, dict[str, Json]] = {}
    for block_id, element in stateful(blocks):
        values.setdefault(block_id, {})[element["action_id"]] = initial(element)
    return values


def filled(element: Json, value: Any, offered: list[Json] | None = None) -> Json:
    """The state entry after somebody entered `value`: a string, a list of strings, a boolean or None.

    `offered` are the options an external select has received. Raises UnknownChoice.
    """
    kind = element["type"]
    if kind in SEVERAL:
        return {"type": kind, SEVERAL[kind][0]: _several(element, value, offered)}
    key = SINGLE[kind][0]
    if value is None or value == "":
        return {"type": kind, key: None}
    if key == "selected_option":
        return {"type": kind, key: _option(element, value, offered)}
    if kind == "datetimepicker":
        return {"type": kind, key: int(value)}
    return {"type": kind, key: _rich(value) if kind == "rich_text_input" else str(value)}


def _several(element: Json, value: Any, offered: list[Json] | None) -> list[Any]:
    if value is True:
        return list(options_of(element))
    chosen = [] if value in (None, False, "") else value if isinstance(value, list) else [value]
    if SEVERAL[element["type"]][0] == "selected_options":
        return [_option(element, one, offered) for one in chosen]
    return chosen


def options_of(element: Json) -> list[Json]:
    """All options of an element, those inside groups too."""
    grouped = [option for group in element.get("option_groups") or () for option in group.get("options", ())]
    return list(element.get("options") or ()) + grouped


def still_offered(element: Json, entry: Json) -> bool:
    """Whether an element offers everything that a state entry has chosen; what is asked for elsewhere always."""
    if "external" in element["type"]:
        return True
    chosen = [
        *(entry.get("selected_options") or ()),
        *([entry["selected_option"]] if entry.get("selected_option") else []),
    ]
    return all(option in options_of(element) for option in chosen)


def _option(element: Json, value: Any, offered: list[Json] | None) -> Json:
    if isinstance(value, dict):
        return value
    known = options_of(element) + list(offered or ())
    for option in known:
        if value in (option.get("value"), option["text"]["text"]):
            return option
    if "external" in element["type"] and not offered:
        return {"text": {"type": "plain_text", "text": str(value), "emoji": True}, "value": str(value)}
    raise UnknownChoice(str(value))


def _rich(value: Any) -> Json:
    if isinstance(value, dict):
        return value
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(value)}]}
    return {"type": "rich_text", "elements": [section]}


def clicked(block_id: str, element: Json, value: Any, ts: str, offered: list[Json] | None = None) -> Json:
    """The entry of `actions` in a block_actions payload. Raises UnknownChoice."""
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id, "action_ts": ts}
    if element["type"] in ("button", "workflow_button", "icon_button"):
        facts: Json = {key: element[key] for key in ("text", "value", "url", "style", "confirm") if key in element}
        return {**facts, **action}
    if element["type"] == "feedback_buttons":
        pressed = [element[key] for key in ("positive_button", "negative_button") if element[key].get("value") == value]
        return {**action, "value": value, "text": pressed[0]["text"] if pressed else None}
    return {**filled(element, value, offered), **action}
