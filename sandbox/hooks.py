"""response_url: late answers to a command or a click, five times within half an hour."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox import posting
from sandbox.blockkit.blocks import check_blocks
from sandbox.errors import SlackError
from sandbox.markup import escape
from sandbox.records import Hook, Json
from sandbox.world import World

MAX_USES = 5


async def receive(world: World, request: Request) -> Response:
    """POST /hooks/{commands|actions}/{team}/{id}."""
    hook = world.hooks.get(request.path_params["hook"])
    if hook is None:
        return PlainTextResponse("no_service", 404)
    if hook.uses >= MAX_USES or world.clock.now() > hook.expires:
        return JSONResponse({"ok": False, "error": "used_url" if hook.uses >= MAX_USES else "expired_url"}, 404)
    try:
        body = _body(await request.body())
        hook.uses += 1
        answer(world, hook, body)
    except SlackError as refusal:
        return PlainTextResponse(refusal.code, 404 if refusal.code == "message_not_found" else 400)
    return PlainTextResponse("ok")


def _body(raw: bytes) -> Json:
    try:
        body: Any = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body


def answer(world: World, hook: Hook, body: Json) -> None:
    """Does what an answer asks: write, replace or delete. Raises SlackError."""
    channel = world.channels[hook.channel]
    blocks = body.get("blocks") or None
    if blocks is not None:
        check_blocks(blocks)
    original = channel.messages.get(hook.ts) if hook.ts else None
    if body.get("delete_original"):
        if original is None:
            raise SlackError("message_not_found")
        posting.delete(world, channel, original)
        return
    if not (body.get("text") or blocks or body.get("attachments")):
        raise SlackError("no_text")
    text = escape(str(body.get("text") or ""))
    attachments = body.get("attachments") or []
    if body.get("replace_original") and original is not None:
        changes = {"text": text, "blocks": blocks, "attachments": attachments}
        posting.edit(world, channel, original, changes, mark=not original.ephemeral_for)
        if original.ephemeral_for:
            world.ephemerals.append(original)
        return
    public = body.get("response_type") == "in_channel"
    thread = body.get("thread_ts") or hook.thread_ts
    posting.post(
        world,
        channel,
        world.app.user_id,
        text,
        blocks=blocks,
        attachments=attachments,
        bot_id=world.app.bot_id,
        thread_ts=thread,
        ephemeral_for=None if public else hook.user,
    )
