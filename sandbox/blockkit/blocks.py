"""The table of blocks with Slack's limits, and the checks of whole messages and views."""

import json
from typing import Any

from sandbox.blockkit.charts import DATA_VISUALIZATION, MOST_A_MESSAGE
from sandbox.blockkit.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, URL, among, plain, text
from sandbox.blockkit.rich import DATA_TABLE, PLAN, RICH_TEXT, TABLE, TASK_CARD
from sandbox.blockkit.schema import Anything, Array, Finding, Flag, Number, OneOf, Shape, Spec, Str
from sandbox.errors import SlackError
from sandbox.records import Json

MESSAGE_BLOCKS, VIEW_BLOCKS, MARKDOWN, VIEW_BYTES = 50, 100, 12_000, 250_000
_ID: dict[str, Spec] = {"block_id": Str(255)}


def _text_or_fields(value: Json, at: str, found: list[Finding]) -> None:
    if not value.get("text") and not value.get("fields"):
        found.append(Finding("missing_field", "text or fields is required", at, "anyOf", ["text", "fields"]))


def _picture(value: Json, at: str, found: list[Finding]) -> None:
    if bool(value.get("image_url")) == bool(value.get("slack_file")):
        found.append(
            Finding("missing_field", "exactly one of image_url and slack_file is required", at, "oneOf", "image_url")
        )


def _card_content(value: Json, at: str, found: list[Finding]) -> None:
    if not any(value.get(name) for name in ("hero_image", "title", "actions", "body")):
        found.append(
            Finding("missing_field", "a card needs a hero_image, title, actions or body", at, "anyOf", "title")
        )


def _unique_actions(value: Json, at: str, found: list[Finding]) -> None:
    elements = value.get("elements")
    named = (
        [e["action_id"] for e in elements if isinstance(e, dict) and "action_id" in e]
        if isinstance(elements, list)
        else []
    )
    for name in sorted({name for name in named if named.count(name) > 1}):
        found.append(Finding("duplicate_id", f"action_id {name} already exists in this block", at, "uniqueItems", name))


_CARD = Shape(
    {},
    {
        **_ID,
        "hero_image": Anything(),
        "icon": Anything(),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": Array(among("button", "workflow_button"), 5),
        "slack_icon": Anything(),
    },
    _card_content,
)

PLAIN_BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {},
        {**_ID, "text": text(3000), "fields": Array(text(2000), 10), "accessory": among(*IN_SECTION), "expand": Flag()},
        _text_or_fields,
    ),
    "header": Shape({"text": plain(150)}, {**_ID, "level": Number(1, 6)}),
    "divider": Shape({}, _ID),
    "context": Shape(
        {
            "elements": Array(
                OneOf(
                    {"image": among("image").shapes["image"], "mrkdwn": text(2000), "plain_text": text(2000)}, "element"
                ),
                10,
            )
        },
        _ID,
    ),
    "actions": Shape({"elements": Array(among(*IN_ACTIONS), 25)}, _ID, _unique_actions),
    "image": Shape(
        {"alt_text": Str(2000)}, {**_ID, "image_url": URL, "slack_file": Anything(), "title": plain(2000)}, _picture
    ),
    "rich_text": RICH_TEXT,
    "markdown": Shape({"text": Str(MARKDOWN)}, _ID),
    "table": TABLE,
    "video": Shape(
        {"alt_text": Str(2000), "title": plain(199), "thumbnail_url": URL, "video_url": URL},
        {
            **_ID,
            "author_name": Str(49),
            "description": plain(200),
            "provider_icon_url": URL,
            "provider_name": Str(),
            "title_url": URL,
        },
    ),
    "file": Shape({"external_id": Str(), "source": Str(one_of=("remote",))}, _ID),
    "input": Shape(
        {"label": plain(2000), "element": among(*IN_INPUT)},
        {**_ID, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "context_actions": Shape({"elements": Array(among("feedback_buttons", "icon_button"), 5)}, _ID),
    "alert": Shape(
        {"text": text(200)}, {**_ID, "level": Str(one_of=("default", "info", "warning", "error", "success"))}
    ),
    "card": _CARD,
    "carousel": Shape({"elements": Array(OneOf({"card": _CARD}, "block"), 10)}, _ID),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "task_card": TASK_CARD,
    "plan": PLAN,
}
_CHILDREN = (
    "actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video",
)  # fmt: skip


def _container_title(value: Json, at: str, found: list[Finding]) -> None:
    if not value.get("title") and not value.get("rich_text_title"):
        text = "title or rich_text_title is required"
        found.append(Finding("missing_field", text, at, "anyOf", ["title", "rich_text_title"]))
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        text = "default_collapsed needs is_collapsible"
        found.append(Finding("invalid_value", text, f"{at}/default_collapsed", "required", "is_collapsible"))


_CONTAINER = Shape(
    {"child_blocks": Array(OneOf({name: PLAIN_BLOCKS[name] for name in _CHILDREN}, "block"), 10)},
    {
        **_ID,
        "title": plain(150),
        "subtitle": text(150),
        "icon": among("image"),
        "rich_text_title": OneOf({"rich_text": RICH_TEXT}, "block"),
        "has_header_divider": Flag(),
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "width": Str(one_of=("narrow", "standard", "wide", "full")),
    },
    _container_title,
)
BLOCKS: dict[str, Shape] = {**PLAIN_BLOCKS, "container": _CONTAINER}
_ONLY_MESSAGES = {"markdown", "table", "data_table", "data_visualization", "file", "context_actions", "task_card",
                  "plan", "container"}  # fmt: skip
_ONLY_MODALS = {"alert"}
_ONCE = {"table": (1, "only_one_table_allowed"), "data_visualization": (MOST_A_MESSAGE, "too_many_items")}
"""How often a message may hold a block, and the code for more."""


def _without(*left_out: str) -> OneOf:
    return OneOf({name: shape for name, shape in BLOCKS.items() if name not in left_out}, "block")


IN_MESSAGE = _without(*_ONLY_MODALS)
IN_MODAL = _without(*_ONLY_MESSAGES)
IN_HOME = _without(*_ONLY_MESSAGES, *_ONLY_MODALS)
_NAME: dict[str, Spec] = {
    "private_metadata": Str(3000, 0),
    "callback_id": Str(255, 0),
    "external_id": Str(255, 0),
}


def _modal_rule(value: Json, at: str, found: list[Finding]) -> None:
    blocks = value.get("blocks")
    inputs = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if inputs and not value.get("submit"):
        found.append(Finding("missing_field", "submit is required when there is an input", at, "required", "submit"))


VIEWS = {
    "modal": Shape(
        {"title": plain(24), "blocks": Array(IN_MODAL, VIEW_BLOCKS, 0)},
        {
            **_NAME,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
        _modal_rule,
    ),
    "home": Shape({"blocks": Array(IN_HOME, VIEW_BLOCKS, 0)}, {**_NAME, "title": Anything()}),
}


def message_findings(blocks: Any) -> list[Finding]:
    """What is wrong with the blocks of a message."""
    found: list[Finding] = []
    Array(IN_MESSAGE, MESSAGE_BLOCKS, 0).check(blocks, "/blocks", found)
    _across(blocks, "/blocks", found)
    return found


def view_findings(view: Any, kinds: tuple[str, ...] = ("modal", "home")) -> list[Finding]:
    """What is wrong with a view of one of the kinds."""
    found: list[Finding] = []
    OneOf({kind: VIEWS[kind] for kind in kinds}, "view").check(view, "/view", found)
    if isinstance(view, dict):
        _across(view.get("blocks"), "/view/blocks", found)
    return found


def _across(blocks: Any, at: str, found: list[Finding]) -> None:
    if not isinstance(blocks, list):
        return
    known = [block for block in blocks if isinstance(block, dict)]
    names = [block["block_id"] for block in known if block.get("block_id")]
    for name in sorted({name for name in names if names.count(name) > 1}, key=str):
        found.append(Finding("duplicate_id", f"block_id {name} already exists", at, "uniqueItems", name))
    for kind, (most, code) in _ONCE.items():
        if sum(block.get("type") == kind for block in known) > most:
            found.append(Finding(code, f"no more than {most} {kind} in a message", at, "maxItems", most))
    words = sum(len(str(block.get("text", ""))) for block in known if block.get("type") == "markdown")
    if words > MARKDOWN:
        found.append(Finding("too_long", f"markdown is limited to {MARKDOWN} characters", at, "maxLength", MARKDOWN))


def refusal(code: str, found: list[Finding]) -> SlackError:
    """The refusal that names everything found."""
    return SlackError(
        code,
        errors=[finding.as_json() for finding in found],
        response_metadata={"messages": [finding.line() for finding in found]},
    )


def check_blocks(blocks: Any) -> None:
    """Raises SlackError invalid_blocks."""
    found = message_findings(blocks)
    if found:
        raise refusal("invalid_blocks", found)


def check_view(document: Any, kind: str = "") -> None:
    """Raises SlackError view_too_large or invalid_arguments. `kind` is modal, home, or empty for either."""
    if len(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")) > VIEW_BYTES:
        raise SlackError("view_too_large")
    found = view_findings(document, (kind,) if kind else ("modal", "home"))
    if found:
        raise refusal("invalid_arguments", found)
