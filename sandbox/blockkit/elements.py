"""The table of interactive elements and composition objects, with Slack's limits."""

from typing import Any

from sandbox.blockkit.schema import Anything, Array, Finding, Flag, Number, OneOf, Shape, Spec, Str

URL = Str(3000, pattern=r"^\S+$")
STYLE = Str(one_of=("primary", "danger"))


def plain(most: int, least: int = 1) -> Shape:
    """A plain_text object of at most `most` characters."""
    return Shape({"type": Str(one_of=("plain_text",)), "text": Str(most, least)}, {"emoji": Flag()})


def _no_emoji_in_mrkdwn(value: dict[str, Any], at: str, found: list[Finding]) -> None:
    for name, kind in (("emoji", "plain_text"), ("verbatim", "mrkdwn")):
        if name in value and value.get("type") != kind:
            found.append(Finding("unknown_field", f"{name} belongs to {kind}", f"{at}/{name}", "type", kind))


def text(most: int, least: int = 1) -> Shape:
    """A text object, plain or mrkdwn."""
    return Shape(
        {"type": Str(one_of=("plain_text", "mrkdwn")), "text": Str(most, least)},
        {"emoji": Flag(), "verbatim": Flag()},
        _no_emoji_in_mrkdwn,
    )


CONFIRM = Shape({"title": plain(100), "text": text(300)}, {"confirm": plain(30), "deny": plain(30), "style": STYLE})
OPTION = Shape({"text": text(75), "value": Str(150)}, {"description": text(75), "url": URL})
OPTION_GROUP = Shape({"label": plain(75), "options": Array(OPTION, 100)})
FILTER = Shape(
    {},
    {
        "include": Array(Str(one_of=("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
)
DISPATCH = Shape({}, {"trigger_actions_on": Array(Str(one_of=("on_enter_pressed", "on_character_entered")), 2)})
_ACTION: dict[str, Spec] = {"action_id": Str(255)}
_COMMON: dict[str, Spec] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": Flag()}
_MENU: dict[str, Spec] = {**_COMMON, "placeholder": plain(150)}
_TYPED: dict[str, Spec] = {
    **_ACTION,
    "placeholder": plain(150),
    "focus_on_load": Flag(),
    "dispatch_action_config": DISPATCH,
}
_MANY: dict[str, Spec] = {"max_selected_items": Number(1, 100)}


def _one_list(value: dict[str, Any], at: str, found: list[Finding]) -> None:
    if ("options" in value) == ("option_groups" in value):
        found.append(
            Finding("missing_field", "exactly one of options and option_groups is required", at, "oneOf", "options")
        )
    _initials_are_options(value, at, found)


def _initials_are_options(value: dict[str, Any], at: str, found: list[Finding]) -> None:
    groups = value.get("option_groups") or ()
    offered = [
        *(value.get("options") or ()),
        *(o for g in groups if isinstance(g, dict) for o in g.get("options") or ()),
    ]
    chosen = value.get("initial_options") or ([value["initial_option"]] if value.get("initial_option") else [])
    for option in chosen:
        if option not in offered:
            found.append(Finding("invalid_value", "the initial option is not among the options", at, "enum", "options"))
    values = [option.get("value") for option in offered if isinstance(option, dict)]
    if len(values) != len(set(values)):
        found.append(Finding("duplicate_value", "option values must be unique", at, "uniqueItems", True))


def _link_or_value(value: dict[str, Any], at: str, found: list[Finding]) -> None:
    label = value.get("text")
    if isinstance(label, dict) and not str(label.get("text", "")).strip():
        found.append(Finding("too_short", "a button needs a label", f"{at}/text/text", "minLength", 1))


def _bounds(value: dict[str, Any], at: str, found: list[Finding]) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        found.append(Finding("out_of_range", "min_length is above max_length", f"{at}/min_length", "range", high))


def _menu(initial: dict[str, Spec]) -> Shape:
    return Shape({}, {**_MENU, **initial})


_STATIC: dict[str, Spec] = {"options": Array(OPTION, 100), "option_groups": Array(OPTION_GROUP, 100)}
_CONVERSATION: dict[str, Spec] = {
    "default_to_current_conversation": Flag(),
    "filter": FILTER,
    "response_url_enabled": Flag(),
}

ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        {"text": plain(75)},
        {
            **_ACTION,
            "value": Str(2000, 0),
            "url": URL,
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
            "visible_to_user_ids": Array(Str()),
            "agent_prompt": Anything(),
            "agent_prompt_display": Anything(),
        },
        _link_or_value,
    ),
    "workflow_button": Shape(
        {"text": plain(75), "workflow": Anything()}, {**_ACTION, "style": STYLE, "accessibility_label": Str(75)}
    ),
    "icon_button": Shape(
        {"icon": Str(one_of=("trash",)), "text": plain(75)},
        {
            **_ACTION,
            "value": Str(2000),
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
            "visible_to_user_ids": Array(Str()),
        },
    ),
    "feedback_buttons": Shape({"positive_button": Anything(), "negative_button": Anything()}, dict(_ACTION)),
    "overflow": Shape({"options": Array(OPTION, 5)}, {**_ACTION, "confirm": CONFIRM}),
    "static_select": Shape({}, {**_MENU, **_STATIC, "initial_option": OPTION}, _one_list),
    "multi_static_select": Shape({}, {**_MENU, **_STATIC, **_MANY, "initial_options": Array(OPTION)}, _one_list),
    "external_select": _menu({"initial_option": OPTION, "min_query_length": Number()}),
    "multi_external_select": _menu({"initial_options": Array(OPTION), "min_query_length": Number(), **_MANY}),
    "users_select": _menu({"initial_user": Str()}),
    "multi_users_select": _menu({"initial_users": Array(Str()), **_MANY}),
    "conversations_select": _menu({"initial_conversation": Str(), **_CONVERSATION}),
    "multi_conversations_select": _menu({"initial_conversations": Array(Str()), **_CONVERSATION, **_MANY}),
    "channels_select": _menu({"initial_channel": Str(), "response_url_enabled": Flag()}),
    "multi_channels_select": _menu({"initial_channels": Array(Str()), **_MANY}),
    "datepicker": _menu({"initial_date": Str(pattern=r"^\d{4}-\d{2}-\d{2}$")}),
    "timepicker": _menu({"initial_time": Str(pattern=r"^\d{2}:\d{2}$"), "timezone": Str()}),
    "datetimepicker": Shape({}, {**_COMMON, "initial_date_time": Number(1_000_000_000, 9_999_999_999)}),
    "checkboxes": Shape(
        {"options": Array(OPTION, 10)}, {**_COMMON, "initial_options": Array(OPTION, 10)}, _initials_are_options
    ),
    "radio_buttons": Shape(
        {"options": Array(OPTION, 10)}, {**_COMMON, "initial_option": OPTION}, _initials_are_options
    ),
    "plain_text_input": Shape(
        {},
        {
            **_TYPED,
            "initial_value": Str(3000, 0),
            "multiline": Flag(),
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
        },
        _bounds,
    ),
    "email_text_input": Shape({}, {**_TYPED, "initial_value": Str(3000, 0)}),
    "url_text_input": Shape({}, {**_TYPED, "initial_value": Str(3000, 0)}),
    "number_input": Shape(
        {"is_decimal_allowed": Flag()},
        {**_TYPED, "initial_value": Str(), "min_value": Str(), "max_value": Str()},
    ),
    "rich_text_input": Shape(
        {}, {**_TYPED, "initial_value": Anything(), "min_lines": Number(1, 100), "max_lines": Number(1, 100)}
    ),
    "file_input": Shape({}, {**_ACTION, "filetypes": Array(Str()), "max_files": Number(1, 10)}),
    "image": Shape(
        {"alt_text": Str(2000)},
        {"image_url": URL, "slack_file": Anything(), "image_size": Str(), "image_bytes": Anything()},
    ),
}

_SELECTS = tuple(name for name in ELEMENTS if name.endswith("select"))
_PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
IN_ACTIONS = ("button", "workflow_button", "overflow", "rich_text_input", *_SELECTS, *_PICKERS)
IN_SECTION = ("button", "workflow_button", "overflow", "image", *_SELECTS, *_PICKERS)
IN_INPUT = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
    *_SELECTS,
    *_PICKERS,
)


def among(*names: str) -> OneOf:
    """One of the named elements."""
    return OneOf({name: ELEMENTS[name] for name in names}, "element")
