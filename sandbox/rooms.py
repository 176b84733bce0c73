"""Channels: making, joining, leaving, renaming, archiving, with the events that follow from it."""

import re
from typing import Any

from sandbox.errors import SlackError
from sandbox.posting import note
from sandbox.records import Channel, Kind
from sandbox.world import World

_NAME = re.compile(r"[\w-]+$", re.UNICODE)
MAX_NAME = 80


def valid_name(world: World, name: str) -> str:
    """The name, if a channel may be called so. Raises SlackError. Archived channels keep theirs."""
    if not name.strip():
        raise SlackError("invalid_name_required")
    if len(name) > MAX_NAME:
        raise SlackError("invalid_name_maxlength")
    if not name.strip("-_"):
        raise SlackError("invalid_name_punctuation")
    if not _NAME.match(name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if world.named_channel(name):
        raise SlackError("name_taken")
    return name


def create(world: World, name: str, private: bool, creator: str) -> Channel:
    """A new channel with its creator in it."""
    kind: Kind = "private" if private else "public"
    channel = world.add_channel(name, kind, creator, [])
    if not private:
        facts = {"id": channel.id, "name": name, "created": channel.created, "creator": creator, "is_channel": True}
        _tell_app(world, "channel_created", channel=facts)
    join(world, channel, creator)
    return channel


def join(world: World, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Makes the user a member."""
    channel.members.append(user)
    channel.kicked.discard(user)
    subtype = "channel_join" if channel.kind == "public" else "group_join"
    extra = {"inviter": inviter} if inviter else {}
    note(world, channel, user, subtype, f"<@{user}> has joined the channel", **extra)
    _member_event(world, "member_joined_channel", channel, user, **extra)
    world.tell("channel", channel=channel.id)


def leave(world: World, channel: Channel, user: str, kicked_by: str = "") -> None:
    """Takes the user out; `kicked_by` when somebody else did it."""
    subtype = "channel_leave" if channel.kind == "public" else "group_leave"
    note(world, channel, user, subtype, f"<@{user}> has left the channel")
    _member_event(world, "member_left_channel", channel, user)
    channel.members.remove(user)
    if kicked_by:
        channel.kicked.add(user)
    if user == world.app.user_id:
        name = "channel_left" if channel.kind == "public" else "group_left"
        _tell_app(world, name, channel=channel.id, actor_id=kicked_by or user)
    world.tell("channel", channel=channel.id)


def _member_event(world: World, kind: str, channel: Channel, user: str, **extra: Any) -> None:
    letter = "C" if channel.kind == "public" else "G"
    _tell_app(world, kind, user=user, channel=channel.id, channel_type=letter, team=world.team_of(user), **extra)


def archive(world: World, channel: Channel, user: str, archived: bool) -> None:
    """Archives a channel, or brings it back. Archiving throws the app out; bringing back does not let it in again."""
    prefix = "channel" if channel.kind == "public" else "group"
    verb = "archive" if archived else "unarchive"
    note(world, channel, user, f"{prefix}_{verb}", f"<@{user}> {verb}d the channel")
    channel.archived = archived
    _tell_app(world, f"{prefix}_{verb}", channel=channel.id, user=user)
    if archived and world.app.user_id in channel.members:
        channel.members.remove(world.app.user_id)
    if not archived and user not in channel.members:
        channel.members.append(user)
    world.tell("channel", channel=channel.id)


def rename(world: World, channel: Channel, user: str, name: str) -> None:
    """Gives the channel another name; the old one becomes free."""
    old, channel.name = channel.name, name
    channel.previous_names.append(old)
    prefix = "channel" if channel.kind == "public" else "group"
    text = f'<@{user}> has renamed the channel from "{old}" to "{name}"'
    note(world, channel, user, f"{prefix}_name", text, old_name=old, name=name)
    _tell_app(world, f"{prefix}_rename", channel={"id": channel.id, "name": name, "created": channel.created})
    world.tell("channel", channel=channel.id)


def convert(world: World, channel: Channel, user: str, private: bool) -> None:
    """Makes a public channel private, or a private one public; its id stays."""
    channel.kind = "private" if private else "public"
    word = "private" if private else "public"
    now = "it can only be viewed or joined by invitation" if private else "anybody in the workspace can join it"
    note(world, channel, user, f"channel_convert_to_{word}", f"made this channel *{word}*. Now, {now}.")
    world.tell("channel", channel=channel.id)


def describe(world: World, channel: Channel, user: str, what: str, value: str) -> None:
    """Sets the topic or the purpose (`what`)."""
    phrase = channel.topic if what == "topic" else channel.purpose
    phrase.value, phrase.creator, phrase.last_set = value, user, world.now()
    prefix = "group" if channel.kind == "private" else "channel"
    label = "topic" if what == "topic" else "description"
    text = f"<@{user}> set the channel {label}: {value}"
    note(world, channel, user, f"{prefix}_{what}", text, **{what: value})
    world.tell("channel", channel=channel.id)


def _tell_app(world: World, kind: str, **facts: Any) -> None:
    world.publish({"type": kind, **facts, "event_ts": world.new_ts()})
