"""canvases.* and conversations.canvases.create: documents beside the conversation."""

import re

from sandbox.api.call import Call
from sandbox.errors import SlackError, bad_arguments
from sandbox.records import Canvas, Json

MAX_BYTES = 1 << 20
MAX_TITLE = 255
OPERATIONS = ("insert_at_end", "insert_at_start", "insert_before", "insert_after", "replace", "delete", "rename")
LEVELS = ("read", "write", "owner")
_HEADING = re.compile(r"(#{1,3}) (.+)")


def _content(call: Call, document: Json | None, failure: str) -> str:
    if document is None:
        return ""
    if document.get("type") != "markdown" or not isinstance(document.get("markdown"), str):
        raise SlackError(failure)
    markdown: str = document["markdown"]
    if len(markdown.encode("utf-8", "replace")) > MAX_BYTES:
        raise SlackError("canvas_too_large" if call.method == "canvases.edit" else failure)
    return markdown


def _make(call: Call, failure: str, channel: str = "") -> Canvas:
    document = call.args.mapping("document_content") if call.args.has("document_content") else None
    title = call.args.text("title") or "Untitled"
    if len(title) > MAX_TITLE:
        raise SlackError(failure)
    canvas = Canvas(call.world.new_id("F"), title, _content(call, document, failure), channel)
    _index(call, canvas)
    call.world.canvases[canvas.id] = canvas
    return canvas


def _index(call: Call, canvas: Canvas) -> None:
    """Gives every line of text a section id; unchanged lines keep theirs."""
    known = {line: name for name, line in canvas.sections.items()}
    lines = [line for line in canvas.markdown.split("\n") if line.strip()]
    canvas.sections = {known.get(line) or f"temp:C:{call.world.new_id('')}": line for line in lines}


def create(call: Call) -> Json:
    canvas = _make(call, "canvas_creation_failed")
    if call.args.has("channel_id"):
        channel = call.channel("channel_id", member=True)
        if channel.canvas:
            raise SlackError("free_team_canvas_tab_already_exists")
        channel.canvas, canvas.channel = canvas.id, channel.id
    return {"canvas_id": canvas.id}


def create_for_channel(call: Call) -> Json:
    channel = call.channel("channel_id", member=True)
    if channel.canvas:
        raise SlackError("channel_canvas_already_exists")
    canvas = _make(call, "channel_canvas_creation_failed", channel.id)
    channel.canvas = canvas.id
    call.world.tell("channel", channel=channel.id)
    return {"canvas_id": canvas.id}


def _canvas(call: Call) -> Canvas:
    canvas = call.world.canvases.get(call.args.text("canvas_id"))
    if canvas is None or canvas.deleted:
        raise SlackError("canvas_not_found")
    return canvas


def edit(call: Call) -> Json:
    canvas, changes = _canvas(call), call.args.json("changes")
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise bad_arguments("changes holds exactly one change")
    change = changes[0]
    if change.get("operation") not in OPERATIONS:
        raise bad_arguments("unknown operation in changes")
    if change["operation"] == "rename":
        title = change.get("title_content") or {}
        canvas.title = str(title.get("markdown") or canvas.title)
    else:
        _apply(call, canvas, change)
    call.world.tell("channel", channel=canvas.channel or None)
    return {}


def _apply(call: Call, canvas: Canvas, change: Json) -> None:
    text = _content(call, change.get("document_content"), "canvas_editing_failed")
    operation, section = change["operation"], change.get("section_id")
    if operation == "insert_at_end":
        changed = f"{canvas.markdown}\n{text}" if canvas.markdown else text
    elif operation == "insert_at_start":
        changed = f"{text}\n{canvas.markdown}"
    elif operation == "replace" and not section:
        changed = text
    else:
        changed = _in_section(canvas, operation, section, text)
    if len(changed.encode("utf-8", "replace")) > MAX_BYTES:
        raise SlackError("canvas_too_large")
    canvas.markdown = changed
    _index(call, canvas)


def _in_section(canvas: Canvas, operation: str, section: str | None, text: str) -> str:
    line = canvas.sections.get(section or "")
    if line is None:
        raise SlackError("canvas_editing_failed")
    put = {"insert_before": f"{text}\n{line}", "insert_after": f"{line}\n{text}", "replace": text, "delete": ""}
    return canvas.markdown.replace(line, put[operation], 1)


def sections_lookup(call: Call) -> Json:
    canvas, criteria = _canvas(call), call.args.mapping("criteria")
    wanted = str(criteria.get("contains_text") or "")
    kinds = criteria.get("section_types") or []
    if not wanted and not kinds:
        raise bad_arguments("criteria needs contains_text or section_types")
    found = [name for name, line in canvas.sections.items() if wanted in line and _is_kind(line, kinds)]
    return {"sections": [{"id": name} for name in found]}


def _is_kind(line: str, kinds: list[str]) -> bool:
    heading = _HEADING.match(line)
    return not kinds or (heading is not None and (f"h{len(heading.group(1))}" in kinds or "any_header" in kinds))


def access_set(call: Call) -> Json:
    canvas, level = _canvas(call), call.args.text("access_level")
    if level not in LEVELS:
        raise SlackError("invalid_parameters")
    canvas.access |= dict.fromkeys(_whose(call), level)
    return {"failed_to_update_user_ids": []}


def access_delete(call: Call) -> Json:
    canvas = _canvas(call)
    for one in _whose(call):
        canvas.access.pop(one, None)
    return {"failed_to_update_user_ids": []}


def _whose(call: Call) -> list[str]:
    """The people or the channels that a call names; both at once Slack does not take."""
    users, channels = call.args.names("user_ids"), call.args.names("channel_ids")
    if bool(users) == bool(channels):
        raise SlackError("invalid_parameters")
    if any(user not in call.world.users for user in users):
        raise SlackError("user_not_found")
    for channel in channels:
        call.find(channel)
    return [*users, *channels]


def delete(call: Call) -> Json:
    canvas = _canvas(call)
    canvas.deleted = True
    for channel in call.world.channels.values():
        if channel.canvas == canvas.id:
            channel.canvas = ""
            call.world.tell("channel", channel=channel.id)
    return {}
