"""Blocks that Slack takes are taken: every field the SDK knows, and one good example of each block and element."""

from typing import Any

import pytest
from slack_sdk.models.blocks import block_elements, blocks

from sandbox.blockkit.blocks import BLOCKS, message_findings, view_findings
from sandbox.blockkit.elements import ELEMENTS

Json = dict[str, Any]
TEXT = {"type": "plain_text", "text": "t", "emoji": True}
MARK = {"type": "mrkdwn", "text": "*t*", "verbatim": True}
OPTION = {"text": TEXT, "value": "v", "description": TEXT}
PICTURE = {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"}
CONFIRM = {"title": TEXT, "text": MARK, "confirm": TEXT, "deny": TEXT, "style": "danger"}
BUTTON = {"type": "button", "text": TEXT, "action_id": "a", "value": "1", "style": "primary", "confirm": CONFIRM}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "t"}]}]}
RAW, NUMBER = {"type": "raw_text", "text": "x"}, {"type": "raw_number", "value": 1.5, "text": "1.5"}
SOURCE = {"type": "url", "url": "https://x.example", "text": "x"}
POINTS = [{"label": "Mon", "value": 3}, {"label": "Tue", "value": 1.5}]
SERIES, AXIS = {"name": "5xx", "data": POINTS}, {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "Errors"}
MENU = {"action_id": "m", "placeholder": TEXT, "focus_on_load": True, "confirm": CONFIRM}
# Blocks that only Slack itself sends.
SLACKS_OWN = {"call", "auth_provider"}
# Fields of the SDK's base classes, which it lists for elements that do not have them.
INHERITED = {"placeholder", "confirm", "focus_on_load", "alt_text"}


def _fields(kind: Any) -> set[str]:
    listed = kind.attributes
    known: set[str] = listed if isinstance(listed, set) else listed.fget(kind.__new__(kind))
    return known - INHERITED


def _types(module: Any, base: Any) -> list[Any]:
    found = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, base)]
    return [kind for kind in found if isinstance(vars(kind).get("type"), str)]


@pytest.mark.parametrize(
    "kind",
    [kind for kind in _types(blocks, blocks.Block) if kind.type not in SLACKS_OWN],
    ids=lambda kind: str(kind.__name__),
)
def test_every_field_of_the_sdks_blocks_is_known(kind: Any) -> None:
    shape = BLOCKS[kind.type]
    known = {"type", *shape.required, *shape.optional}
    assert shape.open or _fields(kind) <= known


@pytest.mark.parametrize(
    "kind", _types(block_elements, block_elements.InteractiveElement), ids=lambda kind: str(kind.__name__)
)
def test_every_field_of_the_sdks_elements_is_known(kind: Any) -> None:
    shape = ELEMENTS[kind.type]
    assert _fields(kind) <= {"type", *shape.required, *shape.optional}


ELEMENT_EXAMPLES: list[Json] = [
    {"type": "static_select", "options": [OPTION], "initial_option": OPTION, **MENU},
    {"type": "static_select", "option_groups": [{"label": TEXT, "options": [OPTION]}], **MENU},
    {"type": "multi_static_select", "options": [OPTION], "initial_options": [OPTION], "max_selected_items": 1, **MENU},
    {"type": "external_select", "min_query_length": 0, "initial_option": OPTION, **MENU},
    {"type": "multi_external_select", "min_query_length": 2, **MENU},
    {"type": "users_select", "initial_user": "U1", **MENU},
    {"type": "multi_users_select", "initial_users": ["U1"], **MENU},
    {
        "type": "conversations_select",
        "default_to_current_conversation": True,
        "response_url_enabled": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        **MENU,
    },
    {"type": "multi_conversations_select", "initial_conversations": ["C1"], **MENU},
    {"type": "channels_select", "initial_channel": "C1", **MENU},
    {"type": "multi_channels_select", "initial_channels": ["C1"], **MENU},
    {"type": "datepicker", "initial_date": "2026-11-21", **MENU},
    {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/Madrid", **MENU},
    {"type": "datetimepicker", "initial_date_time": 1_795_000_000, "action_id": "d"},
    {"type": "checkboxes", "options": [OPTION], "initial_options": [OPTION], "action_id": "c"},
    {"type": "radio_buttons", "options": [OPTION], "initial_option": OPTION, "action_id": "r"},
]
TYPED_EXAMPLES: list[Json] = [
    {
        "type": "plain_text_input",
        "action_id": "p",
        "multiline": True,
        "min_length": 1,
        "max_length": 3000,
        "initial_value": "x",
        "placeholder": TEXT,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    },
    {"type": "email_text_input", "action_id": "e"},
    {"type": "url_text_input", "action_id": "u"},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "action_id": "n"},
    {"type": "rich_text_input", "action_id": "t", "initial_value": RICH},
    {"type": "file_input", "action_id": "f", "filetypes": ["png"], "max_files": 10},
]
BLOCK_EXAMPLES: list[Json] = [
    {"type": "section", "text": MARK, "fields": [MARK] * 10, "accessory": BUTTON, "expand": True, "block_id": "b"},
    {"type": "section", "fields": [TEXT], "accessory": PICTURE},
    {"type": "section", "text": TEXT, "accessory": {"type": "overflow", "options": [OPTION], "action_id": "o"}},
    {"type": "header", "text": TEXT},
    {"type": "divider"},
    {"type": "context", "elements": [PICTURE, MARK, TEXT]},
    {"type": "actions", "elements": [BUTTON, {**BUTTON, "action_id": "b", "url": "https://x.example"}]},
    {**PICTURE, "title": TEXT},
    RICH,
    {"type": "markdown", "text": "# Title"},
    {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "x"}, RICH]],
        "column_settings": [{"align": "right"}, None],
    },
    {
        "type": "video",
        "alt_text": "a",
        "title": TEXT,
        "thumbnail_url": "https://x.example/a.png",
        "video_url": "https://x.example/v",
    },
    {"type": "file", "external_id": "x", "source": "remote"},
    {"type": "card", "title": TEXT, "body": MARK, "actions": [BUTTON], "hero_image": PICTURE},
    {"type": "carousel", "elements": [{"type": "card", "title": TEXT}]},
    {"type": "container", "title": TEXT, "child_blocks": [{"type": "divider"}], "is_collapsible": True},
    {
        "type": "data_table",
        "caption": "c",
        "page_size": 5,
        "rows": [[{"type": "raw_text", "text": "h"}], [{"type": "raw_text", "text": "x"}]],
    },
    {"type": "task_card", "task_id": "1", "title": "t", "status": "complete"},
    {"type": "plan", "title": "p", "tasks": []},
    {
        "type": "plan",
        "title": "p",
        "tasks": [
            {"type": "task_card", "task_id": "1", "title": "t", "status": "error", "details": RICH, "sources": [SOURCE]}
        ],
    },
    {
        "type": "container",
        "rich_text_title": RICH,
        "child_blocks": [RICH],
        "width": "wide",
        "is_collapsible": True,
        "default_collapsed": True,
    },
    {"type": "data_table", "caption": "c", "rows": [[RAW, NUMBER], [RICH, NUMBER]]},
    {"type": "data_visualization", "title": "t" * 50, "chart": {"type": "pie", "segments": POINTS}},
    *(
        {
            "type": "data_visualization",
            "title": "Errors",
            "chart": {"type": kind, "series": [SERIES], "axis_config": AXIS},
        }
        for kind in ("line", "bar", "area")
    ),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "user", "user_id": "U1"},
                            {"type": "channel", "channel_id": "C1"},
                            {"type": "usergroup", "usergroup_id": "S1"},
                            {"type": "broadcast", "range": "here"},
                            {"type": "emoji", "name": "fire"},
                            {"type": "link", "url": "https://x.example", "text": "x"},
                            {"type": "date", "timestamp": 1_795_000_000, "format": "{date}", "fallback": "then"},
                            {"type": "text", "text": "t", "style": {"bold": True, "code": True}},
                        ],
                    },
                ],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}], "border": 1},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]},
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {"type": "feedback_buttons", "positive_button": {"text": TEXT, "value": "+"}, "negative_button": {}},
            {"type": "icon_button", "icon": "trash", "text": TEXT},
        ],
    },
]


@pytest.mark.parametrize("block", BLOCK_EXAMPLES, ids=lambda block: str(block["type"]))
def test_a_good_block(block: Json) -> None:
    assert message_findings([block]) == []


@pytest.mark.parametrize("element", [*ELEMENT_EXAMPLES, *TYPED_EXAMPLES], ids=lambda element: str(element["type"]))
def test_a_good_input(element: Json) -> None:
    row = {"type": "input", "label": TEXT, "hint": TEXT, "optional": True, "dispatch_action": True, "element": element}
    modal = {"type": "modal", "title": TEXT, "submit": TEXT, "close": TEXT, "blocks": [row], "notify_on_close": True}
    assert view_findings(modal) == []


@pytest.mark.parametrize("element", ELEMENT_EXAMPLES, ids=lambda element: str(element["type"]))
def test_a_good_element_of_an_actions_block(element: Json) -> None:
    assert message_findings([{"type": "actions", "elements": [element]}]) == []


def test_an_alert_stands_in_a_modal_and_nowhere_else() -> None:
    alert = {"type": "alert", "text": {**MARK, "text": "x" * 200}, "level": "warning"}
    assert view_findings({"type": "modal", "title": TEXT, "blocks": [alert]}) == []
    assert [one.code for one in view_findings({"type": "home", "blocks": [alert]})] == ["unsupported_block"]
    assert [one.code for one in message_findings([alert])] == ["unsupported_block"]


def test_every_block_has_an_example() -> None:
    assert {block["type"] for block in BLOCK_EXAMPLES} | {"input", "alert"} == set(BLOCKS)
