"""What a message may contain: text, blocks, attachments, metadata; read from arguments and checked."""

import json
from typing import Any

from sandbox.api.call import Call
from sandbox.blockkit.blocks import check_blocks
from sandbox.errors import SlackError
from sandbox.markup import escape
from sandbox.records import Json

MAX_TEXT, MAX_UPDATE, MAX_MARKDOWN = 40_000, 4000, 12_000
MAX_ATTACHMENTS, MAX_BLOCK_BYTES, MAX_METADATA = 100, 13_200, 16_000


def read(call: Call, longest: int | None = None) -> Json:
    """The message fields of a call: text (escaped, cut at 40 000), blocks, attachments, metadata.

    `longest` refuses longer text (msg_too_long) where Slack does not cut it.
    """
    text, blocks = call.args.text("text"), _blocks(call)
    if call.args.has("markdown_text"):
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        text = call.args.text("markdown_text")
        if len(text) > MAX_MARKDOWN:
            raise SlackError("msg_too_long")
        blocks = [{"type": "markdown", "text": text}]
    attachments = _attachments(call)
    if not (text.strip() or blocks or attachments):
        raise SlackError("no_text")
    if longest is not None and len(text) > longest:
        raise SlackError("msg_too_long")
    metadata = _metadata(call)
    return {"text": escape(text[:MAX_TEXT]), "blocks": blocks, "attachments": attachments, "metadata": metadata}


def _blocks(call: Call) -> list[Json] | None:
    blocks = call.args.json("blocks", "invalid_blocks_format")
    if blocks in (None, []):
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    check_blocks(blocks)
    if len(json.dumps(blocks, ensure_ascii=False)) > MAX_BLOCK_BYTES:
        raise SlackError("msg_blocks_too_long")
    return blocks


def _attachments(call: Call) -> list[Json]:
    attachments = call.args.json("attachments", "invalid_attachments")
    if attachments is None:
        return []
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for attachment in attachments:
        if attachment.get("blocks"):
            check_blocks(attachment["blocks"])
    return [{"id": number, **attachment} for number, attachment in enumerate(attachments, start=1)]


def _metadata(call: Call) -> Json | None:
    if not call.args.has("metadata"):
        return None
    metadata: Any = call.args.json("metadata", "invalid_metadata_format")
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if metadata.get("entities") and "event_type" not in metadata:
        return metadata
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > MAX_METADATA:
        raise SlackError("metadata_too_large")
    return metadata
