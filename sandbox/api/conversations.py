"""Looking at channels: conversations.list, info, members, history, replies, mark."""

import re

from sandbox.api.call import Call, need_scope, page
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Kind, Message
from sandbox.shapes import channel_json, message_json

KINDS: dict[str, Kind] = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
READ_SCOPE = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_TS = re.compile(r"\d+(\.\d+)?$")


def of_types(call: Call) -> list[Channel]:
    """The channels of the kinds asked for; each kind needs its own scope."""
    wanted = call.args.names("types") or ["public_channel"]
    if not set(wanted) <= set(KINDS):
        raise SlackError("invalid_types")
    kinds = [KINDS[name] for name in wanted]
    for kind in kinds:
        need_scope(call.world, (READ_SCOPE[kind],))
    return [channel for channel in call.world.channels.values() if channel.kind in kinds]


def list_all(call: Call) -> Json:
    bot, hidden = call.world.app.user_id, call.args.flag("exclude_archived")
    seen = [c for c in of_types(call) if call.world.sees(bot, c) and not (hidden and c.archived)]
    shown, more = page(seen, call.args, most=1000)
    return {"channels": [channel_json(call.world, channel) for channel in shown], "response_metadata": more}


def info(call: Call) -> Json:
    return {"channel": channel_json(call.world, call.channel())}


def members(call: Call) -> Json:
    shown, more = page(call.channel().members, call.args)
    return {"members": shown, "response_metadata": more}


def history(call: Call) -> Json:
    channel = call.channel(member=True)
    top = [m for m in channel.messages.values() if m.thread_ts in (None, m.ts) or m.broadcast]
    found = _between(call, [m for m in top if not m.ephemeral_for])
    shown, more = page(found[::-1], call.args, most=999)
    return {**_messages(call, shown), "has_more": bool(more["next_cursor"]), **_tail(more), **_pins(channel)}


def _pins(channel: Channel) -> Json:
    return {"pin_count": len(channel.pins)}


def replies(call: Call) -> Json:
    """The thread that begins with `ts`; of a reply that reply alone."""
    channel = call.channel(member=True)
    if call.args.text("ts") not in channel.messages:
        raise SlackError("thread_not_found")
    asked = call.message(channel)
    found = [asked, *_between(call, channel.thread(asked.ts))]
    shown, more = page(found, call.args, default=1000)
    return {**_messages(call, shown), "has_more": bool(more["next_cursor"]), **_tail(more)}


def _tail(more: Json) -> Json:
    return {"response_metadata": more} if more["next_cursor"] else {}


def _messages(call: Call, found: list[Message]) -> Json:
    metadata = call.args.flag("include_all_metadata")
    return {"messages": [message_json(call.world, message, metadata) for message in found]}


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _moment(call, "oldest", "0"), _moment(call, "latest", "99999999999")
    if call.args.flag("inclusive"):
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def _moment(call: Call, key: str, default: str) -> float:
    text = call.args.text(key) or default
    if not _TS.match(text):
        raise SlackError(f"invalid_ts_{key}")
    return float(text)


def mark(call: Call) -> Json:
    channel = call.channel(member=True)
    if not _TS.match(call.args.text("ts")):
        raise SlackError("invalid_timestamp")
    channel.read_to[call.world.app.user_id] = call.args.text("ts")
    return {}
