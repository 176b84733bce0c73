"""Slack's numbers, in two tables: the longest text and the longest list of every kind of object.

Documented values (blocks, elements, views, channels); texts are measured in UTF-16 units.
"""

from __future__ import annotations

HEADER = 150
SECTION = 3000
FIELD = 2000
FIELDS = 10
CONTEXT = 10
ACTIONS = 25
ALT = 2000
URL = 3000
BUTTON = 75
BUTTON_VALUE = 2000
PLACEHOLDER = 150
OPTIONS = 100
OVERFLOW = 5
CHOICES = 10
OPTION_TEXT = 75
OPTION_VALUE = 150
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
ID = 255
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# Slack refuses long messages as a whole (msg_blocks_too_long) without saying where; seen from about 13 200 characters.
MESSAGE_TOTAL = 12_000
VIEW_BYTES = 250_000
VIEW_BLOCK_BYTES = 230_000  # leaves room for titles and private metadata
TEXT = 4000
METADATA = 8000
VIEW_TITLE = 24
PRIVATE_METADATA = 3000
LABEL = 2000
TOPIC = 250
CHANNEL_NAME = 80
BOOKMARK_TITLE = 256
BOOKMARK_LINK = 2048
MARKDOWN = 12_000

# (kind of the object that holds it, or "*"; key) -> most UTF-16 units. The key holds a string or a text object.
TEXTS = {
    ("*", "action_id"): ID,
    ("*", "block_id"): ID,
    ("*", "placeholder"): PLACEHOLDER,
    ("section", "text"): SECTION,
    ("header", "text"): HEADER,
    ("markdown", "text"): MARKDOWN,
    ("field", "text"): FIELD,
    ("note", "text"): SECTION,
    ("image", "alt_text"): ALT,
    ("image", "image_url"): URL,
    ("image", "title"): ALT,
    ("input", "label"): LABEL,
    ("input", "hint"): LABEL,
    ("button", "text"): BUTTON,
    ("button", "value"): BUTTON_VALUE,
    ("button", "url"): URL,
    ("button", "accessibility_label"): BUTTON,
    ("option", "text"): OPTION_TEXT,
    ("option", "value"): OPTION_VALUE,
    ("option", "description"): OPTION_TEXT,
    ("plain_text_input", "initial_value"): SECTION,
    ("confirm", "title"): CONFIRM_TITLE,
    ("confirm", "text"): CONFIRM_TEXT,
    ("confirm", "confirm"): CONFIRM_BUTTON,
    ("confirm", "deny"): CONFIRM_BUTTON,
    ("modal", "title"): VIEW_TITLE,
    ("modal", "submit"): VIEW_TITLE,
    ("modal", "close"): VIEW_TITLE,
    ("modal", "private_metadata"): PRIVATE_METADATA,
    ("modal", "callback_id"): ID,
    ("modal", "external_id"): ID,
    ("home", "private_metadata"): PRIVATE_METADATA,
    ("home", "callback_id"): ID,
    ("home", "external_id"): ID,
    ("message", "text"): TEXT,
    ("channel", "topic"): TOPIC,
    ("channel", "purpose"): TOPIC,
    ("bookmark", "title"): BOOKMARK_TITLE,
    ("bookmark", "link"): BOOKMARK_LINK,
}

# (kind, key) -> most entries; every one of these lists needs at least one entry, except a message's blocks.
LISTS = {
    ("section", "fields"): FIELDS,
    ("context", "elements"): CONTEXT,
    ("actions", "elements"): ACTIONS,
    ("static_select", "options"): OPTIONS,
    ("multi_static_select", "options"): OPTIONS,
    ("static_select", "option_groups"): OPTIONS,
    ("overflow", "options"): OVERFLOW,
    ("radio_buttons", "options"): CHOICES,
    ("checkboxes", "options"): CHOICES,
    ("message", "blocks"): MESSAGE_BLOCKS,
    ("modal", "blocks"): VIEW_BLOCKS,
    ("home", "blocks"): VIEW_BLOCKS,
}

# What may be cut is words; cutting one of these changes what it means, so no ellipsis is put at its end.
IDENTIFIERS = frozenset(
    {
        "action_id",
        "block_id",
        "value",
        "url",
        "image_url",
        "private_metadata",
        "callback_id",
        "external_id",
        "link",
        "name",
    }
)

# What a call's arguments are, by method.
KINDS = {
    "chat.postMessage": "message",
    "chat.postEphemeral": "message",
    "chat.update": "message",
    "chat.scheduleMessage": "message",
    "response_url": "message",
    "views.open": "call",
    "views.push": "call",
    "views.update": "call",
    "views.publish": "call",
    "view_submission": "call",
    "conversations.create": "channel",
    "conversations.rename": "channel",
    "conversations.setTopic": "channel",
    "conversations.setPurpose": "channel",
    "bookmarks.add": "bookmark",
    "bookmarks.edit": "bookmark",
}

# Where an object sits decides its kind when its own type does not.
ROLES = {
    "fields": "field",
    "options": "option",
    "initial_option": "option",
    "initial_options": "option",
    "confirm": "confirm",
}


def kind_of(node: dict[str, object], key: str, parent: str) -> str:
    """The kind of an object found under ``key`` of a ``parent`` kind."""
    if key in ROLES and not (key == "confirm" and parent == "confirm"):
        return ROLES[key]
    own = str(node.get("type", key))
    return "note" if parent == "context" and own in ("mrkdwn", "plain_text") else own
