"""How records look in answers and payloads."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.records import Bookmark, Canvas, Channel, Json, Message, StoredFile, User, UserGroup, View
from sandbox.world import World

KEPT = {"id", "team_id", "name", "deleted", "profile", "is_bot", "is_app_user", "updated", "is_stranger"}
"""What is left of the user object when the account is closed."""


def user_json(world: World, user: User) -> Json:
    """The user object of users.info. Of a closed account Slack keeps little: no zone, no roles, no name but in the
    profile.
    """
    whole = whole_user_json(world, user)
    return {key: value for key, value in whole.items() if key in KEPT} if user.deleted else whole


def whole_user_json(world: World, user: User) -> Json:
    """Everything that is known of a person."""
    offset = datetime.fromtimestamp(world.now(), UTC).astimezone(ZoneInfo(user.timezone)).utcoffset()
    strange = {"is_stranger": user.is_stranger} if user.team else {}
    return {
        "id": user.id,
        "team_id": world.team_of(user.id),
        "name": user.name,
        "deleted": user.deleted,
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.timezone,
        "tz_label": user.timezone,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "profile": profile_json(world, user),
        "is_admin": user.is_admin,
        "is_owner": user.is_admin,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_email_confirmed": user.is_email_confirmed and not user.is_bot,
        "updated": user.updated,
        "has_2fa": False,
        **strange,
    }


def profile_json(world: World, user: User) -> Json:
    """The profile object; the e-mail only with the scope for it."""
    profile = {
        "title": user.title,
        "phone": user.phone,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.display_name or user.name,
        "display_name_normalized": user.display_name or user.name,
        "status_text": user.status,
        "status_emoji": "",
        "team": world.team_of(user.id),
    }
    if user.is_bot:
        return {**profile, "bot_id": user.bot_id, "api_app_id": world.app.id}
    if "users:read.email" in world.app.manifest.scopes and not user.team:
        profile["email"] = user.email
    return profile


def channel_json(world: World, channel: Channel) -> Json:
    """The channel object of conversations.info as the app sees it."""
    bot, others = world.app.user_id, world.shared_with(channel)
    base: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_channel": channel.kind in ("public", "private"),
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "is_archived": channel.archived,
        "is_shared": bool(others),
        "is_ext_shared": bool(others),
        "is_org_shared": False,
        "context_team_id": world.team.id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        other = next((member for member in channel.members if member != bot), bot)
        return {**base, "user": other, "is_user_deleted": world.users[other].deleted, "priority": 0}
    return {
        **base,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": channel.general,
        "is_member": bot in channel.members,
        "creator": channel.creator,
        "unlinked": 0,
        "pending_shared": [],
        "is_pending_ext_shared": False,
        "topic": vars(channel.topic).copy(),
        "purpose": vars(channel.purpose).copy(),
        "previous_names": list(channel.previous_names),
        "num_members": len(channel.members),
        **({"shared_team_ids": [world.team.id, *others], "conversation_host_id": world.team.id} if others else {}),
        "properties": {"canvas": {"file_id": channel.canvas, "is_empty": False}} if channel.canvas else {},
    }


def message_json(world: World, message: Message, metadata: bool = False) -> Json:
    """The message object of conversations.history; `metadata` only when it was asked for."""
    shape: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shape["team"] = home = world.team_of(message.user)
    if home != world.team.id:
        shape |= {"user_team": home, "source_team": home}
    if message.bot_id:
        shape |= {"bot_id": message.bot_id, "app_id": world.app.id, "bot_profile": bot_json(world)}
    optional = {
        "subtype": message.subtype,
        "username": message.username,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "client_msg_id": message.client_msg_id,
        "files": [file_json(world, world.files[name]) for name in message.files],
        "reactions": reactions_json(message),
        "metadata": message.metadata if metadata else None,
    }
    shape |= {key: value for key, value in optional.items() if value}
    return {**shape, **message.extra, **_thread_facts(world, message)}


def _thread_facts(world: World, message: Message) -> Json:
    if message.ephemeral_for or message.thread_ts not in (None, message.ts):
        return {}
    replies = world.channels[message.channel].thread(message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def reactions_json(message: Message) -> list[Json]:
    """Reactions in the order in which they first appeared."""
    return [{"name": name, "users": list(who), "count": len(who)} for name, who in message.reactions.items()]


def bot_json(world: World) -> Json:
    """The bot profile inside messages and of bots.info."""
    return {
        "id": world.app.bot_id,
        "app_id": world.app.id,
        "user_id": world.app.user_id,
        "name": world.app.manifest.bot_name,
        "deleted": False,
        "updated": world.bot.updated,
        "icons": {"image_36": "", "image_48": "", "image_72": ""},
        "team_id": world.team.id,
    }


def view_json(world: World, view: View) -> Json:
    """The view object with the state of every input, the empty ones too."""
    return {
        "id": view.id,
        "team_id": world.team.id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "external_id": view.external_id,
        "state": {"values": view.values},
        "hash": view.hash,
        "title": view.title,
        "submit": view.submit,
        "close": view.close,
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "submit_disabled": view.submit_disabled,
        "root_view_id": view.root or view.id,
        "previous_view_id": view.previous or None,
        "app_id": world.app.id,
        "app_installed_team_id": world.team.id,
        "bot_id": world.app.bot_id,
    }


def file_json(world: World, file: StoredFile) -> Json:
    """The file object of files.info."""
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "user": file.user,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "channels": list(file.channels),
        "url_private": f"{world.base_url}/files-pri/{file.id}/{file.name}",
        "url_private_download": f"{world.base_url}/files-pri/{file.id}/download/{file.name}",
        "permalink": f"{world.base_url}/files/{file.user}/{file.id}/{file.name}",
    }


def usergroup_json(world: World, group: UserGroup, users: bool) -> Json:
    """The user group object; its members only when asked for."""
    shape: Json = {
        "id": group.id,
        "team_id": world.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.updated,
        "date_delete": group.deleted,
        "auto_type": None,
        "created_by": world.app.user_id,
        "updated_by": world.app.user_id,
        "deleted_by": None,
        "prefs": {"channels": list(group.channels), "groups": []},
        "user_count": len(group.users),
    }
    return {**shape, "users": list(group.users)} if users else shape


def bookmark_json(world: World, mark: Bookmark) -> Json:
    """The bookmark object."""
    return {
        "id": mark.id,
        "channel_id": mark.channel,
        "title": mark.title,
        "link": mark.link,
        "emoji": mark.emoji,
        "icon_url": None,
        "type": mark.type,
        "entity_id": None,
        "date_created": mark.created,
        "date_updated": mark.updated,
        "rank": "",
        "last_updated_by_user_id": world.app.user_id,
        "last_updated_by_team_id": world.team.id,
        "shortcut_id": None,
        "app_id": world.app.id,
    }


def permalink(world: World, message: Message) -> str:
    """The address of a message; it begins with the team's url."""
    link = f"{world.base_url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return link


def canvas_json(canvas: Canvas) -> Json:
    """A canvas for the page."""
    return {"id": canvas.id, "title": canvas.title, "markdown": canvas.markdown, "channel": canvas.channel}
