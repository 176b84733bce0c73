"""Rows of the refusal table: messages, blocks and views (method, bad arguments, error)."""

from typing import Any

TEXT = {"type": "plain_text", "text": "t"}
MODAL = {"type": "modal", "title": TEXT, "blocks": []}
HOME = {"type": "home", "blocks": []}
WAR, PIC = "{war}", {"type": "image", "alt_text": "a", "image_url": "https://x.example/a.png"}
RAW, POINT = {"type": "raw_text", "text": "x"}, {"label": "a", "value": 1}
CHART: dict[str, Any] = {"title": "t", "chart": {"type": "pie", "segments": [POINT]}}
BUTTON = {"type": "button", "text": TEXT, "action_id": "a"}


def post(**args: Any) -> tuple[str, dict[str, Any]]:
    """A chat.postMessage into the war room."""
    return "chat.postMessage", {"channel": WAR, **args}


def block(one: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
    """A message with one bad block."""
    return (*post(text="t", blocks=[one]), "invalid_blocks")


def modal(one: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
    """A modal with one bad block."""
    return "blocks.validate", {"view": {**MODAL, "blocks": [one]}}, "invalid_view"


def plot(points: list[dict[str, Any]], **axis: Any) -> dict[str, Any]:
    """A line chart of one series, with every label on its axis unless said."""
    series = [{"name": "s", "data": points}]
    labels = {"categories": [str(point["label"]) for point in points], **axis}
    chart = {"type": "line", "series": series, "axis_config": labels}
    return {"type": "data_visualization", "title": "t", "chart": chart}


def rich(element: dict[str, Any]) -> dict[str, Any]:
    """Rich text with one element in it."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}


def view(**changes: Any) -> tuple[str, dict[str, Any], str]:
    """A home tab that Slack does not accept."""
    return "views.publish", {"user_id": "U01ANA", "view": {**HOME, **changes}}, "invalid_arguments"


CONTENT: list[tuple[str, dict[str, Any], str]] = [
    # messages
    (*post(), "no_text"),
    (*post(text="  "), "no_text"),
    ("chat.postMessage", {"channel": "C0NOTHING", "text": "t"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "#nothing", "text": "t"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "{secret}", "text": "t"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C01RANDOM", "text": "t"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "{old}", "text": "t"}, "is_archived"),
    ("chat.postMessage", {"channel": "{shut}", "text": "t"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "#den", "text": "t"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "U0NOBODY", "text": "t"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "U01SANDBOX", "text": "t"}, "channel_not_found"),
    (*post(text="t", thread_ts="1.0"), "thread_not_found"),
    (*post(text="t", markdown_text="t"), "markdown_text_conflict"),
    (*post(markdown_text="x" * 12_001), "msg_too_long"),
    (*post(text="t", metadata={"event_type": "x"}), "invalid_metadata_format"),
    (*post(text="t", metadata="nonsense"), "invalid_metadata_format"),
    (*post(text="t", metadata={"event_type": "x", "event_payload": {"k": "v" * 17_000}}), "metadata_too_large"),
    (*post(text="t", attachments=[{"text": "a"}] * 101), "too_many_attachments"),
    (*post(text="t", attachments="nonsense"), "invalid_attachments"),
    (*post(text="t", blocks="nonsense"), "invalid_blocks_format"),
    (*post(text="t", blocks={"type": "divider"}), "invalid_blocks_format"),
    (
        *post(text="t", blocks=[{"type": "markdown", "text": "m" * 7000}, {"type": "markdown", "text": "m" * 7000}]),
        "invalid_blocks",
    ),
    (
        *post(text="t", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5),
        "msg_blocks_too_long",
    ),
    ("chat.postEphemeral", {"channel": WAR, "user": "U01EVE", "text": "t"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": WAR, "user": "U01ANA"}, "no_text"),
    ("chat.postEphemeral", {"channel": "C01RANDOM", "user": "U01ANA", "text": "t"}, "not_in_channel"),
    ("chat.postEphemeral", {"channel": "{old}", "user": "U01ANA", "text": "t"}, "is_archived"),
    ("chat.update", {"channel": WAR, "ts": "1.0", "text": "t"}, "message_not_found"),
    ("chat.update", {"channel": WAR, "ts": "{ana_ts}", "text": "t"}, "cant_update_message"),
    ("chat.update", {"channel": WAR, "ts": "{ts}"}, "no_text"),
    ("chat.update", {"channel": WAR, "ts": "{ts}", "text": "x" * 4001}, "msg_too_long"),
    ("chat.update", {"channel": WAR, "ts": "{eph_ts}", "text": "t"}, "message_not_found"),
    ("chat.update", {"channel": WAR, "ts": "{ts}", "blocks": [{"type": "wat"}]}, "invalid_blocks"),
    ("chat.delete", {"channel": WAR, "ts": "1.0"}, "message_not_found"),
    ("chat.delete", {"channel": WAR, "ts": "{ana_ts}"}, "cant_delete_message"),
    ("chat.getPermalink", {"channel": WAR, "message_ts": "1.0"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "C0NOTHING", "message_ts": "1.0"}, "channel_not_found"),
    ("chat.scheduleMessage", {"channel": WAR, "text": "t", "post_at": 5}, "time_in_past"),
    ("chat.scheduleMessage", {"channel": WAR, "text": "t", "post_at": 99_999_999_999}, "time_too_far"),
    ("chat.scheduleMessage", {"channel": WAR, "text": "t", "post_at": "soon"}, "invalid_time"),
    ("chat.deleteScheduledMessage", {"channel": WAR, "scheduled_message_id": "Q0"}, "invalid_scheduled_message_id"),
    ("chat.scheduledMessages.list", {"channel": "C0NOTHING"}, "invalid_channel"),
    ("chat.meMessage", {"channel": WAR, "text": " "}, "no_text"),
    # blocks
    block({"type": "wat"}),
    block({}),
    block({"type": "section"}),
    block({"type": "section", "text": {"type": "mrkdwn", "text": ""}}),
    block({"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}),
    block({"type": "section", "text": {"type": "html", "text": "x"}}),
    block({"type": "section", "text": "x"}),
    block({"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}),
    block({"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]}),
    block({"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "accessory": {"type": "plain_text_input"}}),
    block({"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "colour": "red"}),
    block({"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "block_id": "b" * 256}),
    block({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}),
    block({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
    block({"type": "context", "elements": []}),
    block({"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}),
    block({"type": "context", "elements": [BUTTON]}),
    block({"type": "actions", "elements": []}),
    block({"type": "actions", "elements": [{**BUTTON, "action_id": f"a{n}"} for n in range(26)]}),
    block({"type": "actions", "elements": [BUTTON, BUTTON]}),
    block({"type": "actions", "elements": [{**BUTTON, "text": {"type": "plain_text", "text": "x" * 76}}]}),
    block({"type": "actions", "elements": [{**BUTTON, "text": {"type": "mrkdwn", "text": "x"}}]}),
    block({"type": "actions", "elements": [{**BUTTON, "value": "x" * 2001}]}),
    block({"type": "actions", "elements": [{**BUTTON, "url": "x" * 3001}]}),
    block({"type": "actions", "elements": [{**BUTTON, "style": "shiny"}]}),
    block({"type": "actions", "elements": [{**BUTTON, "action_id": "a" * 256}]}),
    block({"type": "actions", "elements": [{**BUTTON, "confirm": {"title": TEXT}}]}),
    block({"type": "actions", "elements": [{"type": "static_select", "action_id": "a"}]}),
    block(
        {
            "type": "actions",
            "elements": [{"type": "static_select", "options": [{"text": TEXT, "value": str(n)} for n in range(101)]}],
        }
    ),
    block(
        {"type": "actions", "elements": [{"type": "static_select", "options": [{"text": TEXT, "value": "v" * 151}]}]}
    ),
    block({"type": "actions", "elements": [{"type": "static_select", "options": [{"text": TEXT, "value": "v"}] * 2}]}),
    block(
        {
            "type": "actions",
            "elements": [{"type": "overflow", "options": [{"text": TEXT, "value": str(n)} for n in range(6)]}],
        }
    ),
    block(
        {
            "type": "actions",
            "elements": [{"type": "checkboxes", "options": [{"text": TEXT, "value": str(n)} for n in range(11)]}],
        }
    ),
    block({"type": "actions", "elements": [{"type": "datepicker", "initial_date": "tomorrow"}]}),
    block({"type": "image", "alt_text": "a"}),
    block({"type": "image", "image_url": "https://x.example/a.png"}),
    block({**PIC, "alt_text": "a" * 2001}),
    block({"type": "markdown", "text": "x" * 12_001}),
    block({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}),
    block({"type": "carousel", "elements": []}),
    block({"type": "card"}),
    block({"type": "alert", "text": {"type": "mrkdwn", "text": "x"}}),
    modal({"type": "alert", "text": {"type": "mrkdwn", "text": "x"}, "level": "doom"}),
    modal({"type": "alert", "text": {"type": "mrkdwn", "text": "x" * 201}}),
    modal({"type": "data_visualization", **CHART}),
    block({"type": "data_visualization", **CHART, "title": "x" * 51}),
    block({"type": "data_visualization", "title": "t"}),
    block({"type": "data_visualization", "title": "t", "chart": {"type": "radar", "segments": []}}),
    block({"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": []}}),
    block({"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": [POINT] * 13}}),
    block(plot([{"label": "x" * 21, "value": 1}])),
    block(plot([{"label": "a", "value": "1"}])),
    block(plot([POINT], categories=["b"])),
    block(plot([POINT], x_label="x" * 51)),
    block(plot([{"label": str(n), "value": n} for n in range(21)])),
    (*post(text="t", blocks=[{"type": "data_visualization", **CHART}] * 3), "invalid_blocks"),
    (*post(text="t", blocks=[{"type": "table", "rows": [[RAW]]}] * 2), "invalid_blocks"),
    block({"type": "table", "rows": [["x"]]}),
    block({"type": "table", "rows": [[RAW]], "column_settings": [{"align": "middle"}]}),
    block({"type": "data_table", "caption": "c", "rows": [[RAW]]}),
    block({"type": "data_table", "rows": [[RAW], [RAW]]}),
    block({"type": "data_table", "caption": "c", "rows": [[RAW], [RAW, RAW]]}),
    block({"type": "data_table", "caption": "c", "rows": [[RAW]] * 102}),
    block({"type": "data_table", "caption": "c", "rows": [[RAW] * 21] * 2}),
    block({"type": "data_table", "caption": "c", "rows": [[{"type": "rich_text", "elements": []}], [RAW]]}),
    block({"type": "data_table", "caption": "c", "rows": [[RAW], [{"type": "raw_text", "text": "x" * 10_000}]]}),
    block({"type": "container", "child_blocks": [{"type": "divider"}]}),
    block({"type": "container", "title": TEXT, "child_blocks": [{"type": "divider"}] * 11}),
    block({"type": "container", "title": TEXT, "child_blocks": [{"type": "markdown", "text": "x"}]}),
    block({"type": "container", "title": {"type": "mrkdwn", "text": "t"}, "child_blocks": [{"type": "divider"}]}),
    block({"type": "container", "title": TEXT, "child_blocks": [{"type": "divider"}], "default_collapsed": True}),
    block({"type": "plan", "tasks": []}),
    block({"type": "plan", "title": "p", "tasks": [{"type": "divider"}]}),
    block({"type": "task_card", "task_id": "1", "title": "t", "status": "late"}),
    block({"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}),
    block(rich({"type": "text", "text": ""})),
    block(rich({"type": "shout", "text": "x"})),
    block(rich({"type": "text", "text": "x", "style": {"loud": True}})),
    block(rich({"type": "broadcast", "range": "world"})),
    block({"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]}),
    block({"type": "container", "child_blocks": [{"type": "container", "child_blocks": []}]}),
    (*post(text="t", blocks=[{"type": "divider"}] * 51), "invalid_blocks"),
    (*post(text="t", blocks=[{"type": "divider", "block_id": "same"}] * 2), "invalid_blocks"),
    # views
    ("views.open", {"trigger_id": "bogus", "view": MODAL}, "invalid_trigger_id"),
    ("views.push", {"trigger_id": "bogus", "view": MODAL}, "invalid_trigger_id"),
    ("views.update", {"view_id": "V0NOTHING", "view": MODAL}, "not_found"),
    ("views.update", {"external_id": "nothing", "view": MODAL}, "not_found"),
    ("views.publish", {"user_id": "U0NOBODY", "view": HOME}, "invalid_arguments"),
    ("views.publish", {"user_id": "U01ANA", "view": MODAL}, "invalid_arguments"),
    ("views.publish", {"user_id": "U01ANA", "view": "nonsense"}, "invalid_arguments"),
    ("views.publish", {"user_id": "U01EVE", "view": HOME, "hash": "stale"}, "hash_conflict"),
    ("views.publish", {"user_id": "U01ANA", "view": {**HOME, "private_metadata": "x" * 250_000}}, "view_too_large"),
    view(private_metadata="x" * 3001),
    view(callback_id="x" * 256),
    view(blocks=[{"type": "divider"}] * 101),
    view(blocks=[{"type": "markdown", "text": "x"}]),
    view(blocks="none"),
    view(colour="red"),
    view(type="dialog"),
]
