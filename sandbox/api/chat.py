"""chat.*: posting, ephemeral, updating, deleting, permalinks."""

from sandbox import posting
from sandbox.api import content
from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Message
from sandbox.shapes import message_json, permalink


def destination(call: Call) -> Channel:
    """Where a message goes. A user's id means the direct conversation with the app, also when the account is closed."""
    ref = call.args.text("channel")
    user = call.world.users.get(ref)
    if user is not None:
        if user.is_bot:
            raise SlackError("channel_not_found")
        if not call.world.app.manifest.messages_tab:
            raise SlackError("messages_tab_disabled")
        return call.world.direct([call.world.app.user_id, user.id])
    channel = call.find(ref, named=True)
    if channel.archived:
        raise SlackError("is_archived")
    if call.world.app.user_id not in channel.members and not _may_post_anywhere(call, channel):
        raise SlackError("not_in_channel")
    return channel


def _may_post_anywhere(call: Call, channel: Channel) -> bool:
    return channel.kind == "public" and "chat:write.public" in call.world.app.manifest.scopes


def thread_of(call: Call, channel: Channel) -> str | None:
    """The root of the thread a message is to go into; replies to replies go to the root."""
    ts = call.args.text("thread_ts")
    if not ts:
        return None
    parent = channel.messages.get(ts)
    if parent is None or parent.ephemeral_for:
        raise SlackError("cannot_reply_to_message" if parent else "thread_not_found")
    return parent.thread_ts or parent.ts


def post_message(call: Call) -> Json:
    channel = destination(call)
    fields = content.read(call)
    if fields["blocks"] is None and fields["attachments"] == [] and not fields["text"]:
        raise SlackError("no_text")
    custom = {} if "chat:write.customize" not in call.world.app.manifest.scopes else _customized(call)
    message = publish(call, channel, fields, thread_of(call, channel), custom)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(call.world, message, metadata=True)}


def _customized(call: Call) -> Json:
    return {"username": call.args.text("username")} if call.args.has("username") else {}


def publish(call: Call, channel: Channel, fields: Json, thread_ts: str | None, more: Json) -> Message:
    """Posts as the app."""
    broadcast = bool(thread_ts) and call.args.flag("reply_broadcast")
    return posting.post(
        call.world,
        channel,
        call.world.app.user_id,
        bot_id=call.world.app.bot_id,
        thread_ts=thread_ts,
        broadcast=broadcast,
        client_msg_id=call.args.text("client_msg_id"),
        **{"subtype": "thread_broadcast" if broadcast else None, **fields, **more},
    )


def me_message(call: Call) -> Json:
    channel = destination(call)
    message = publish(call, channel, content.read(call), None, {"subtype": "me_message"})
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    channel = call.find(call.args.text("channel"), named=True)
    if channel.archived:
        raise SlackError("is_archived")
    if call.world.app.user_id not in channel.members:
        raise SlackError("not_in_channel")
    reader = call.args.text("user")
    if reader not in channel.members or call.world.users[reader].deleted:
        raise SlackError("user_not_in_channel")
    fields = content.read(call, content.MAX_TEXT)
    message = publish(call, channel, fields, thread_of(call, channel), {"ephemeral_for": reader})
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    channel = call.find(call.args.text("channel"))
    message = call.message(channel)
    if message.user != call.world.app.user_id or message.subtype not in (None, "thread_broadcast", "me_message"):
        raise SlackError("cant_update_message")
    if channel.archived:
        raise SlackError("is_inactive")
    keeps = not (call.args.has("text") or call.args.has("blocks") or call.args.has("markdown_text"))
    if keeps and not call.args.has("attachments"):
        raise SlackError("no_text")
    fields = content.read(call, content.MAX_UPDATE)
    changes = _changes(call, message, fields)
    posting.edit(call.world, channel, message, changes, mark=call.args.has("text") or call.args.has("markdown_text"))
    shape = message_json(call.world, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shape}


def _changes(call: Call, message: Message, fields: Json) -> Json:
    """`text` alone removes the blocks; blocks alone keep the text; metadata stays unless given."""
    text_given = call.args.has("text") or call.args.has("markdown_text")
    changes: Json = {"blocks": fields["blocks"]}
    changes["text"] = fields["text"] if text_given else message.text
    if call.args.values.get("attachments") is not None:
        changes["attachments"] = fields["attachments"]
        changes["blocks"] = fields["blocks"] if text_given or fields["blocks"] else message.blocks
    if fields["metadata"] is not None:
        changes["metadata"] = fields["metadata"]
    return changes


def delete(call: Call) -> Json:
    channel = call.find(call.args.text("channel"))
    message = call.message(channel)
    if message.user != call.world.app.user_id:
        raise SlackError("cant_delete_message")
    posting.delete(call.world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.find(call.args.text("channel"))
    return {"channel": channel.id, "permalink": permalink(call.world, call.message(channel, "message_ts"))}
