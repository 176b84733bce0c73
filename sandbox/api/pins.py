"""pins.*: messages that a channel keeps in sight."""

from sandbox import posting
from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Message, Pin
from sandbox.shapes import message_json, permalink

MAX_PINS = 100


def _pin_event(call: Call, channel: Channel, message: Message, kind: str) -> None:
    item = {"type": "message", "channel": channel.id, "message": message_json(call.world, message)}
    facts = {"user": call.world.app.user_id, "channel_id": channel.id, "item": item, "item_user": message.user}
    call.world.publish({"type": kind, **facts, "pin_count": len(channel.pins), "event_ts": call.world.new_ts()})
    call.world.tell("channel", channel=channel.id)


def add(call: Call) -> Json:
    channel = call.channel(member=True)
    message = call.item(channel)
    if channel.archived or (message.subtype or "").startswith(("channel_", "group_")):
        raise SlackError("not_pinnable")
    if any(pin.ts == message.ts for pin in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= MAX_PINS:
        raise SlackError("too_many_pins")
    channel.pins.append(Pin(message.ts, call.world.app.user_id, call.world.now()))
    text = f"<@{call.world.app.user_id}> pinned a message to this channel."
    posting.note(call.world, channel, call.world.app.user_id, "pinned_item", text, item_type="C")
    _pin_event(call, channel, message, "pin_added")
    return {}


def remove(call: Call) -> Json:
    channel = call.channel(member=True)
    message = call.item(channel)
    if all(pin.ts != message.ts for pin in channel.pins):
        raise SlackError("no_pin")
    channel.pins = [pin for pin in channel.pins if pin.ts != message.ts]
    _pin_event(call, channel, message, "pin_removed")
    return {}


def list_all(call: Call) -> Json:
    channel = call.channel(member=True)
    items = []
    for pin in channel.pins:
        message = message_json(call.world, channel.messages[pin.ts])
        message["permalink"] = permalink(call.world, channel.messages[pin.ts])
        place = {"channel": channel.id, "created": pin.created, "created_by": pin.user, "type": "message"}
        items.append({**place, "message": message})
    return {"items": items}
