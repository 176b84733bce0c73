"""reactions.*: emoji under messages."""

import re

from sandbox import posting
from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Json
from sandbox.shapes import message_json, permalink, reactions_json

_EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?$")
MAX_EMOJI, MAX_PER_USER = 50, 23


def _emoji(call: Call) -> str:
    name = call.args.text("name").strip(":")
    if not _EMOJI.match(name):
        raise SlackError("invalid_name")
    return name


def add(call: Call) -> Json:
    name, channel = _emoji(call), call.channel(member=True, alive=True)
    message, bot = call.item(channel), call.world.app.user_id
    if bot in message.reactions.get(name, ()):
        raise SlackError("already_reacted")
    if len(message.reactions) >= MAX_EMOJI and name not in message.reactions:
        raise SlackError("too_many_emoji")
    if sum(bot in who for who in message.reactions.values()) >= MAX_PER_USER:
        raise SlackError("too_many_reactions")
    posting.react(call.world, channel, message, bot, name, added=True)
    return {}


def remove(call: Call) -> Json:
    name = _emoji(call)
    if not call.args.has("channel"):
        raise SlackError("no_item_specified")
    channel = call.channel(member=True)
    message = call.item(channel)
    if call.world.app.user_id not in message.reactions.get(name, ()):
        raise SlackError("no_reaction")
    posting.react(call.world, channel, message, call.world.app.user_id, name, added=False)
    return {}


def get(call: Call) -> Json:
    if not call.args.has("channel"):
        raise SlackError("no_item_specified")
    channel = call.channel(member=True)
    message = call.item(channel)
    shape = {**message_json(call.world, message), "reactions": reactions_json(message)}
    shape["permalink"] = permalink(call.world, message)
    return {"type": "message", "channel": channel.id, "message": shape}
