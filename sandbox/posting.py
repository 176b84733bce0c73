"""Messages: posting, editing, deleting, with the events that follow from it."""

import copy
import secrets
from typing import Any
from urllib.parse import urlsplit

from sandbox.markup import links, mentions
from sandbox.records import Channel, Json, Message
from sandbox.shapes import message_json
from sandbox.world import World

MOST_PAST = 20
CHANNEL_TYPE = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def named_blocks(blocks: list[Json] | None) -> list[Json] | None:
    """A copy of the blocks in which every block and every element has its id."""
    if not blocks:
        return None
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for element in interactive(block):
            element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return blocks


def interactive(block: Json) -> list[Json]:
    """The elements of a block that can be clicked or filled in, those of nested blocks too."""
    if block.get("type") == "container":
        return [element for child in block.get("child_blocks", []) for element in interactive(child)]
    single = [block.get("accessory"), block.get("element")]
    several = block.get("elements", []) if block.get("type") in ("actions", "context_actions") else []
    several = several + (block.get("actions", []) if block.get("type") == "card" else [])
    return [e for e in [*single, *several] if isinstance(e, dict) and e.get("type") != "image"]


def post(world: World, channel: Channel, user: str, text: str, **more: Any) -> Message:
    """Stores a message and tells the world. `more` are fields of Message; blocks get their ids here."""
    more["blocks"] = named_blocks(more.get("blocks"))
    message = Message(world.new_ts(), channel.id, user, text, **more)
    if message.ephemeral_for:
        world.ephemerals.append(message)
    channel.messages[message.ts] = message
    if message.thread_ts and not message.ephemeral_for:
        channel.replies.setdefault(message.thread_ts, []).append(message.ts)
    world.tell(
        "ephemeral" if message.ephemeral_for else "message",
        channel=channel.id,
        ts=message.ts,
        user=message.ephemeral_for,
    )
    if not message.ephemeral_for:
        channel.read_to[user] = message.ts
        _announce(world, channel, message)
    return message


def _announce(world: World, channel: Channel, message: Message) -> None:
    shape = message_json(world, message)
    kind = CHANNEL_TYPE[channel.kind]
    world.publish({**shape, "channel": channel.id, "channel_type": kind, "event_ts": message.ts})
    if mentions(message.text, world.app.user_id) and not message.bot_id and channel.kind != "im":
        world.publish({**shape, "type": "app_mention", "channel": channel.id, "event_ts": message.ts})
    if message.metadata and message.bot_id:
        _announce_metadata(world, channel, message)
    if not message.bot_id:
        _announce_links(world, channel, message)


def _announce_metadata(world: World, channel: Channel, message: Message) -> None:
    world.publish(
        {
            "type": "message_metadata_posted",
            "app_id": world.app.id,
            "bot_id": message.bot_id,
            "user_id": message.user,
            "team_id": world.team.id,
            "channel_id": channel.id,
            "metadata": message.metadata,
            "message_ts": message.ts,
            "event_ts": message.ts,
        }
    )


def _announce_links(world: World, channel: Channel, message: Message) -> None:
    """Somebody wrote an address of a domain that the app unfurls."""
    hosts = {url: urlsplit(url).hostname or "" for url in links(message.text)}
    ours = world.app.manifest.unfurl_domains
    found = [
        {"url": url, "domain": domain}
        for url, host in hosts.items()
        for domain in ours
        if host == domain or host.endswith(f".{domain}")
    ]
    if not found:
        return
    world.publish(
        {
            "type": "link_shared",
            "user": message.user,
            "channel": channel.id,
            "message_ts": message.ts,
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
            "is_bot_user_member": world.app.user_id in channel.members,
            "links": found,
            "unfurl_id": f"{channel.id}-{message.ts}",
            "source": "conversations_history",
            "event_ts": message.ts,
        }
    )


def note(world: World, channel: Channel, user: str, subtype: str, text: str, **extra: Any) -> Message:
    """A line that Slack itself writes into a channel: somebody joined, the topic changed."""
    return post(world, channel, user, text, subtype=subtype, extra=extra)


def edit(world: World, channel: Channel, message: Message, changes: Json, mark: bool) -> None:
    """Changes a stored message; `mark` sets "(edited)"."""
    before = message_json(world, message)
    if "blocks" in changes:
        changes = {**changes, "blocks": named_blocks(changes["blocks"])}
        message.past = [message.blocks or [], *message.past][:MOST_PAST]
    for key, value in changes.items():
        setattr(message, key, value)
    if mark:
        message.edited = {"user": message.user, "ts": world.new_ts()}
    world.tell("message", channel=channel.id, ts=message.ts, user=message.ephemeral_for)
    if not message.ephemeral_for:
        after = message_json(world, message)
        _changed(world, channel, "message_changed", message=after, previous_message=before)


def delete(world: World, channel: Channel, message: Message) -> None:
    """Removes a message. Where a thread hangs on it, a note that it was deleted stays in its place."""
    before = message_json(world, message)
    if channel.thread(message.ts):
        _bury(world, channel, message, before)
        return
    del channel.messages[message.ts]
    channel.pins = [pin for pin in channel.pins if pin.ts != message.ts]
    world.tell("message", channel=channel.id, ts=message.ts, user=message.ephemeral_for)
    if not message.ephemeral_for:
        _changed(world, channel, "message_deleted", deleted_ts=message.ts, previous_message=before)


def _bury(world: World, channel: Channel, message: Message, before: Json) -> None:
    message.text, message.blocks, message.subtype = "This message was deleted.", None, "tombstone"
    message.attachments, message.files, message.reactions, message.metadata = [], [], {}, None
    channel.pins = [pin for pin in channel.pins if pin.ts != message.ts]
    world.tell("message", channel=channel.id, ts=message.ts)
    after = {**message_json(world, message), "hidden": True}
    _changed(world, channel, "message_changed", message=after, previous_message=before)


def _changed(world: World, channel: Channel, subtype: str, **facts: Any) -> None:
    ts = world.new_ts()
    kind = CHANNEL_TYPE[channel.kind]
    event = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id, "channel_type": kind}
    world.publish({**event, "ts": ts, "event_ts": ts, **facts})


def react(world: World, channel: Channel, message: Message, user: str, name: str, added: bool) -> None:
    """Adds or takes back one reaction of one user."""
    who = message.reactions.setdefault(name, [])
    if added:
        who.append(user)
    else:
        who.remove(user)
        if not who:
            del message.reactions[name]
    world.tell("message", channel=channel.id, ts=message.ts)
    world.publish(
        {
            "type": "reaction_added" if added else "reaction_removed",
            "user": user,
            "reaction": name,
            "item_user": message.user,
            "item": {"type": "message", "channel": channel.id, "ts": message.ts},
            "event_ts": world.new_ts(),
        }
    )
