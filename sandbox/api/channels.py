"""Changing channels: create, archive, rename, topic, invite, kick, join, leave, open, close."""

from sandbox import rooms
from sandbox.api.call import Call, need_scope
from sandbox.errors import SlackError
from sandbox.records import Channel, Json
from sandbox.shapes import channel_json

MAX_TOPIC, MAX_INVITES, MAX_GROUP = 250, 1000, 8


def create(call: Call) -> Json:
    private = call.args.flag("is_private")
    scopes = ("groups:write",) if private else ("channels:manage", "channels:write")
    need_scope(call.world, scopes)
    channel = rooms.create(
        call.world, rooms.valid_name(call.world, call.args.text("name")), private, call.world.app.user_id
    )
    return {"channel": channel_json(call.world, channel)}


def archive(call: Call) -> Json:
    channel = call.named(call.channel())
    if channel.archived:
        raise SlackError("already_archived")
    if channel.general:
        raise SlackError("cant_archive_general")
    call.check(channel, member=True, alive=False)
    rooms.archive(call.world, channel, call.world.app.user_id, True)
    return {}


def unarchive(call: Call) -> Json:
    """A bot token cannot: archiving has thrown the app out, and nobody can come into an archived channel."""
    channel = call.named(call.channel())
    raise SlackError("not_in_channel" if channel.archived else "not_archived")


def rename(call: Call) -> Json:
    channel = call.named(call.channel(member=True, alive=True))
    if channel.creator != call.world.app.user_id:
        raise SlackError("not_authorized")
    name = call.args.text("name")
    if name != channel.name:
        rooms.rename(call.world, channel, call.world.app.user_id, rooms.valid_name(call.world, name))
    return {"channel": channel_json(call.world, channel)}


def set_topic(call: Call) -> Json:
    return _describe(call, "topic")


def set_purpose(call: Call) -> Json:
    return _describe(call, "purpose")


def _describe(call: Call, what: str) -> Json:
    channel = call.named(call.channel(member=True, alive=True))
    value = call.args.text(what)
    if len(value) > MAX_TOPIC:
        raise SlackError("too_long")
    rooms.describe(call.world, channel, call.world.app.user_id, what, value)
    return {what: value, "channel": channel_json(call.world, channel)}


def invite(call: Call) -> Json:
    channel = call.named(call.channel(member=True, alive=True))
    users = call.args.names("users")
    if not users:
        raise SlackError("no_user")
    if len(users) > MAX_INVITES:
        raise SlackError("too_many_users")
    errors: list[Json] = [
        {"user": user, "ok": False, "error": why} for user in users if (why := _objection(call, channel, user))
    ]
    if errors and not (call.args.flag("force") and len(errors) < len(users)):
        raise SlackError(errors[0]["error"], errors=errors)
    refused = {error["user"] for error in errors}
    for user in dict.fromkeys(user for user in users if user not in refused):
        rooms.join(call.world, channel, user, inviter=call.world.app.user_id)
    return {"channel": channel_json(call.world, channel), **({"errors": errors} if errors else {})}


def _objection(call: Call, channel: Channel, ref: str) -> str:
    user = call.world.users.get(ref)
    if user is None:
        return "user_not_found"
    if user.id == call.world.app.user_id:
        return "cant_invite_self"
    if user.deleted:
        return "cant_invite"
    if user.id in channel.members:
        return "already_in_channel"
    return "ura_max_channels" if user.is_ultra_restricted and _channels_of(call, user.id) else ""


def _channels_of(call: Call, user: str) -> int:
    return sum(user in channel.members and not channel.direct for channel in call.world.channels.values())


def kick(call: Call) -> Json:
    channel = call.named(call.channel(member=True))
    user = call.args.text("user")
    if user not in call.world.users:
        raise SlackError("user_not_found")
    if user == call.world.app.user_id:
        raise SlackError("cant_kick_self")
    if channel.general:
        raise SlackError("cant_kick_from_general")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    rooms.leave(call.world, channel, user, kicked_by=call.world.app.user_id)
    return {"errors": {}}


def join(call: Call) -> Json:
    channel = call.named(call.channel(alive=True))
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    already = call.world.app.user_id in channel.members
    if not already:
        rooms.join(call.world, channel, call.world.app.user_id)
    warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": channel_json(call.world, channel), **(warning if already else {})}


def leave(call: Call) -> Json:
    channel = call.named(call.channel(alive=True))
    if channel.general:
        raise SlackError("cant_leave_general")
    if call.world.app.user_id not in channel.members:
        return {"not_in_channel": True}
    if channel.kind == "private" and len(channel.members) == 1:
        raise SlackError("last_member")
    rooms.leave(call.world, channel, call.world.app.user_id)
    return {}


def open_direct(call: Call) -> Json:
    if call.args.has("channel"):
        channel = call.channel()
        if not channel.direct:
            raise SlackError("method_not_supported_for_channel_type")
        return _opened(call, channel, already=True)
    users = call.args.names("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MAX_GROUP:
        raise SlackError("too_many_users")
    need_scope(call.world, ("im:write",) if len(users) == 1 else ("mpim:write",))
    if any(user not in call.world.users for user in users):
        raise SlackError("user_not_found")
    if any(call.world.users[user].deleted for user in users):
        raise SlackError("user_disabled")
    before = len(call.world.channels)
    channel = call.world.direct([call.world.app.user_id, *users])
    return _opened(call, channel, already=len(call.world.channels) == before)


def _opened(call: Call, channel: Channel, already: bool) -> Json:
    shape = channel_json(call.world, channel) if call.args.flag("return_im") else {"id": channel.id}
    return {"channel": shape, **({"no_op": True, "already_open": True} if already else {})}


def close(call: Call) -> Json:
    channel = call.channel()
    if not channel.direct:
        raise SlackError("method_not_supported_for_channel_type")
    return {}
