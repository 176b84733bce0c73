"""chat.scheduleMessage and its relatives: messages that the sandbox's clock will post."""

import asyncio

from sandbox.api import chat, content
from sandbox.api.call import Call, page
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Scheduled

FARTHEST = 120 * 24 * 3600
WINDOW, MOST_IN_WINDOW = 300, 30


def schedule(call: Call) -> Json:
    channel = chat.destination(call)
    fields, thread = content.read(call, content.MAX_TEXT), chat.thread_of(call, channel)
    post_at = call.args.number("post_at", 0, 1, 2**40, "invalid_time")
    now = call.world.now()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FARTHEST:
        raise SlackError("time_too_far")
    near = [s for s in call.world.scheduled.values() if s.channel == channel.id and abs(s.post_at - post_at) < WINDOW]
    if len(near) >= MOST_IN_WINDOW:
        raise SlackError("restricted_too_many")
    item = Scheduled(call.world.new_id("Q"), channel.id, post_at, now, fields)
    call.world.scheduled[item.id] = item
    task = asyncio.get_running_loop().create_task(_later(call, channel, item, thread))
    call.world.chores.add(task)
    task.add_done_callback(call.world.chores.discard)
    message = {"type": "delayed_message", "text": fields["text"], "bot_id": call.world.app.bot_id}
    message |= {key: fields[key] for key in ("blocks", "attachments", "metadata") if fields[key]}
    return {"channel": channel.id, "scheduled_message_id": item.id, "post_at": post_at, "message": message}


async def _later(call: Call, channel: Channel, item: Scheduled, thread: str | None) -> None:
    await call.world.clock.until(item.post_at)
    if call.world.scheduled.pop(item.id, None) is not None and not channel.archived:
        chat.publish(call, channel, item.message, thread, {})


def _item(call: Call) -> Scheduled:
    channel = call.find(call.args.text("channel"))
    item = call.world.scheduled.get(call.args.text("scheduled_message_id"))
    if item is None or item.channel != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    return item


def delete(call: Call) -> Json:
    del call.world.scheduled[_item(call).id]
    return {}


def list_all(call: Call) -> Json:
    channel = call.args.text("channel")
    if channel and channel not in call.world.channels:
        raise SlackError("invalid_channel")
    items = [item for item in call.world.scheduled.values() if channel in ("", item.channel)]
    shown, more = page(sorted(items, key=lambda item: item.post_at), call.args)
    listed = [
        {
            "id": item.id,
            "channel_id": item.channel,
            "post_at": item.post_at,
            "date_created": item.created,
            "text": item.message["text"],
        }
        for item in shown
    ]
    return {"scheduled_messages": listed, "response_metadata": more}
