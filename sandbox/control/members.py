"""What members do with messages and channels: edit, delete, rename, leave, archive and bring back."""

from collections.abc import Callable

from sandbox import markup, posting, rooms
from sandbox.control.user_actions import Deeds, shown
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Message, User

OWN_WORDS = (None, "thread_broadcast", "me_message", "file_share")
"""Subtypes of messages that somebody wrote; the others are Slack's own."""


def _target(deeds: Deeds, body: Json, user: User) -> tuple[Channel, Message]:
    channel = deeds.place(body, user, member=True)
    message = deeds.world.message(channel, str(body.get("ts", "")))
    if message.ephemeral_for:
        raise SlackError("message_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    return channel, message


async def edit(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, ts, text}`: changes one's own message."""
    user = deeds.person(body)
    channel, message = _target(deeds, body, user)
    if message.user != user.id or message.subtype not in OWN_WORDS:
        raise SlackError("cant_update_message")
    typed = str(body.get("text", ""))
    if not typed.strip():
        raise SlackError("no_text")
    changes: Json = {"text": markup.written(deeds.world, typed), "blocks": markup.rich_text(typed)}
    _, answer = await deeds.publish(user, lambda: posting.edit(deeds.world, channel, message, changes, mark=True))
    return {**answer, "message": shown(deeds.world, message)}


async def delete(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, ts}`: removes one's own message; an admin removes anybody's."""
    user = deeds.person(body)
    channel, message = _target(deeds, body, user)
    if (message.user != user.id and not user.is_admin) or message.subtype not in OWN_WORDS:
        raise SlackError("cant_delete_message")
    _, answer = await deeds.publish(user, lambda: posting.delete(deeds.world, channel, message))
    return answer


async def rename(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, name}`: gives the channel another name."""
    user, channel = _of_ones_own(deeds, body)
    if channel.archived:
        raise SlackError("is_archived")
    name = str(body.get("name", ""))
    if name != channel.name:
        rooms.valid_name(deeds.world, name)
    return await _done(deeds, user, lambda: rooms.rename(deeds.world, channel, user.id, name), name != channel.name)


async def leave(deeds: Deeds, body: Json) -> Json:
    """`{user, channel}`: goes out of the channel."""
    user = deeds.person(body)
    channel = _named(deeds.place(body, user, member=True))
    if channel.general and not user.guest:
        raise SlackError("cant_leave_general")
    return await _done(deeds, user, lambda: rooms.leave(deeds.world, channel, user.id))


async def archive(deeds: Deeds, body: Json) -> Json:
    """`{user, channel}`: files the channel away, and throws the app out of it."""
    user, channel = _of_ones_own(deeds, body)
    if channel.general:
        raise SlackError("cant_archive_general")
    if channel.archived:
        raise SlackError("already_archived")
    return await _done(deeds, user, lambda: rooms.archive(deeds.world, channel, user.id, True))


async def unarchive(deeds: Deeds, body: Json) -> Json:
    """`{user, channel}`: brings the channel back. People can; a bot token cannot."""
    user, channel = _of_ones_own(deeds, body, member=False)
    if not channel.archived:
        raise SlackError("not_archived")
    return await _done(deeds, user, lambda: rooms.archive(deeds.world, channel, user.id, False))


def _of_ones_own(deeds: Deeds, body: Json, member: bool = True) -> tuple[User, Channel]:
    """What guests and people of another company may not do."""
    user = deeds.person(body)
    channel = _named(deeds.place(body, user, member))
    if user.guest:
        raise SlackError("user_is_restricted")
    return user, channel


def _named(channel: Channel) -> Channel:
    if channel.direct:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


async def _done(deeds: Deeds, user: User, deed: Callable[[], None], wanted: bool = True) -> Json:
    _, answer = await deeds.publish(user, deed if wanted else lambda: None)
    return answer
