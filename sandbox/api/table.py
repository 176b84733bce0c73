"""Every Web API method the sandbox knows: what runs, its tier, scopes and required arguments."""

from sandbox.api import (
    bookmarks,
    canvases,
    channels,
    chat,
    conversations,
    dnd,
    files,
    functions,
    identity,
    oauth,
    pins,
    reactions,
    scheduling,
    unfurls,
    usergroups,
    users,
    validation,
    views,
)
from sandbox.api.call import Method

_MANAGE = {
    "public": ("channels:manage", "channels:write"),
    "private": ("groups:write",),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}
_TOPIC = {
    "public": ("channels:write.topic", "channels:manage"),
    "private": ("groups:write.topic", "groups:write"),
    "im": ("im:write.topic", "im:write"),
    "mpim": ("mpim:write.topic", "mpim:write"),
}
_INVITE = {
    "public": ("channels:write.invites", "channels:manage"),
    "private": ("groups:write.invites", "groups:write"),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}
_READ = {"public": ("channels:read",), "private": ("groups:read",), "im": ("im:read",), "mpim": ("mpim:read",)}
_HISTORY = {
    "public": ("channels:history",),
    "private": ("groups:history",),
    "im": ("im:history",),
    "mpim": ("mpim:history",),
}
_CHAT = ("chat:write",)
_CANVAS = ("canvases:write",)
_GROUPS, _GROUPS_READ = ("usergroups:write",), ("usergroups:read",)
FOR_PEOPLE = (
    "search.messages",
    "search.files",
    "search.all",
    "reminders.add",
    "reminders.list",
    "reminders.delete",
    "dnd.setSnooze",
    "dnd.endDnd",
    "users.profile.set",
    "stars.add",
    "stars.list",
    "stars.remove",
)

METHODS: dict[str, Method] = {
    "auth.test": Method(identity.auth_test, 5),
    "api.test": Method(identity.api_test, 4, token="none"),
    "auth.revoke": Method(identity.auth_revoke, 3, writes=True),
    "apps.connections.open": Method(identity.connections_open, 3, token="app"),
    "team.info": Method(identity.team_info, 3, ("team:read",)),
    "bots.info": Method(identity.bots_info, 3, ("users:read",)),
    "emoji.list": Method(identity.emoji_list, 2, ("emoji:read",)),
    "conversations.create": Method(channels.create, 2, _MANAGE, ("name",), writes=True),
    "conversations.archive": Method(channels.archive, 2, _MANAGE, ("channel",), writes=True),
    "conversations.unarchive": Method(channels.unarchive, 2, _MANAGE, ("channel",), writes=True),
    "conversations.rename": Method(channels.rename, 2, _MANAGE, ("channel", "name"), writes=True),
    "conversations.setTopic": Method(channels.set_topic, 2, _TOPIC, ("channel", "topic"), writes=True),
    "conversations.setPurpose": Method(channels.set_purpose, 2, _TOPIC, ("channel", "purpose"), writes=True),
    "conversations.invite": Method(channels.invite, 3, _INVITE, ("channel", "users"), writes=True),
    "conversations.kick": Method(channels.kick, 3, _MANAGE, ("channel", "user"), writes=True),
    "conversations.join": Method(channels.join, 3, ("channels:join",), ("channel",), writes=True),
    "conversations.leave": Method(channels.leave, 3, _MANAGE, ("channel",), writes=True),
    "conversations.open": Method(channels.open_direct, 3, _MANAGE, writes=True),
    "conversations.close": Method(channels.close, 2, _MANAGE, ("channel",), writes=True),
    "conversations.info": Method(conversations.info, 3, _READ, ("channel",)),
    "conversations.list": Method(conversations.list_all, 2, _READ),
    "conversations.members": Method(conversations.members, 4, _READ, ("channel",)),
    "conversations.history": Method(conversations.history, 3, _HISTORY, ("channel",)),
    "conversations.replies": Method(conversations.replies, 3, _HISTORY, ("channel", "ts")),
    "conversations.mark": Method(conversations.mark, 3, _MANAGE, ("channel", "ts"), writes=True),
    "users.list": Method(users.users_list, 2, ("users:read",)),
    "users.info": Method(users.info, 4, ("users:read",), ("user",)),
    "users.lookupByEmail": Method(users.lookup_by_email, 3, ("users:read.email",), ("email",)),
    "users.profile.get": Method(users.profile_get, 4, ("users.profile:read",)),
    "users.getPresence": Method(users.get_presence, 3, ("users:read",)),
    "users.conversations": Method(users.conversations, 3, _READ),
    "dnd.info": Method(dnd.info, 3, ("dnd:read",), feature="dnd"),
    "dnd.teamInfo": Method(dnd.team_info, 2, ("dnd:read",), ("users",), feature="dnd"),
    "chat.postMessage": Method(chat.post_message, 5, _CHAT, ("channel",), writes=True),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, _CHAT, ("channel", "user"), writes=True),
    "chat.meMessage": Method(chat.me_message, 3, _CHAT, ("channel", "text"), writes=True),
    "chat.update": Method(chat.update, 3, _CHAT, ("channel", "ts"), writes=True),
    "chat.delete": Method(chat.delete, 3, _CHAT, ("channel", "ts"), writes=True),
    "chat.getPermalink": Method(chat.get_permalink, 5, (), ("channel", "message_ts")),
    "chat.unfurl": Method(unfurls.unfurl, 3, ("links:write",), writes=True),
    "entity.presentDetails": Method(unfurls.present_details, 3, (), ("trigger_id",), writes=True),
    "functions.completeSuccess": Method(
        functions.complete_success, 3, (), ("function_execution_id", "outputs"), writes=True
    ),
    "functions.completeError": Method(functions.complete_error, 3, (), ("function_execution_id", "error"), writes=True),
    "views.open": Method(views.open_modal, 4, (), ("view",), writes=True),
    "views.push": Method(views.push, 4, (), ("view",), writes=True),
    "views.update": Method(views.update, 4, (), ("view",), writes=True),
    "views.publish": Method(views.publish, 4, (), ("user_id", "view"), writes=True),
    "chat.scheduleMessage": Method(scheduling.schedule, 3, _CHAT, ("channel", "post_at"), writes=True),
    "chat.deleteScheduledMessage": Method(
        scheduling.delete, 3, _CHAT, ("channel", "scheduled_message_id"), writes=True
    ),
    "chat.scheduledMessages.list": Method(scheduling.list_all, 3),
    "blocks.validate": Method(validation.validate, 4),
    "oauth.v2.access": Method(oauth.access, 5, token="none"),
    "openid.connect.token": Method(oauth.connect_token, 4, token="none"),
    "openid.connect.userInfo": Method(oauth.connect_user, 3, token="user"),
    "files.getUploadURLExternal": Method(
        files.upload_url, 4, ("files:write",), ("filename", "length"), writes=True, feature="files"
    ),
    "files.completeUploadExternal": Method(
        files.complete, 4, ("files:write",), ("files",), writes=True, feature="files"
    ),
    "files.info": Method(files.info, 4, ("files:read",), ("file",), feature="files"),
    "files.list": Method(files.list_all, 3, ("files:read",), feature="files"),
    "files.delete": Method(files.delete, 3, ("files:write",), ("file",), writes=True, feature="files"),
    "files.upload": Method(files.upload_v1, 2, feature="files"),
    "canvases.create": Method(canvases.create, 2, _CANVAS, writes=True, feature="canvases"),
    "canvases.edit": Method(canvases.edit, 3, _CANVAS, ("canvas_id", "changes"), writes=True, feature="canvases"),
    "canvases.delete": Method(canvases.delete, 3, _CANVAS, ("canvas_id",), writes=True, feature="canvases"),
    "canvases.access.set": Method(
        canvases.access_set, 3, _CANVAS, ("canvas_id", "access_level"), writes=True, feature="canvases"
    ),
    "canvases.access.delete": Method(
        canvases.access_delete, 3, _CANVAS, ("canvas_id",), writes=True, feature="canvases"
    ),
    "canvases.sections.lookup": Method(
        canvases.sections_lookup, 3, ("canvases:read",), ("canvas_id", "criteria"), feature="canvases"
    ),
    "conversations.canvases.create": Method(
        canvases.create_for_channel, 2, _CANVAS, ("channel_id",), writes=True, feature="canvases"
    ),
    "usergroups.list": Method(usergroups.list_all, 2, _GROUPS_READ),
    "usergroups.create": Method(usergroups.create, 2, _GROUPS, ("name",), writes=True),
    "usergroups.update": Method(usergroups.update, 2, _GROUPS, ("usergroup",), writes=True),
    "usergroups.disable": Method(usergroups.disable, 2, _GROUPS, ("usergroup",), writes=True),
    "usergroups.enable": Method(usergroups.enable, 2, _GROUPS, ("usergroup",), writes=True),
    "usergroups.users.list": Method(usergroups.users_list, 2, _GROUPS_READ, ("usergroup",)),
    "usergroups.users.update": Method(usergroups.users_update, 2, _GROUPS, ("usergroup", "users"), writes=True),
    **{name: Method(oauth.only_for_people, 2) for name in FOR_PEOPLE},
    "pins.add": Method(pins.add, 2, ("pins:write",), ("channel",), writes=True, feature="pins"),
    "pins.remove": Method(pins.remove, 2, ("pins:write",), ("channel",), writes=True, feature="pins"),
    "pins.list": Method(pins.list_all, 2, ("pins:read",), ("channel",), feature="pins"),
    "bookmarks.add": Method(
        bookmarks.add, 2, ("bookmarks:write",), ("channel_id", "title", "type"), writes=True, feature="bookmarks"
    ),
    "bookmarks.edit": Method(
        bookmarks.edit, 2, ("bookmarks:write",), ("channel_id", "bookmark_id"), writes=True, feature="bookmarks"
    ),
    "bookmarks.remove": Method(
        bookmarks.remove, 2, ("bookmarks:write",), ("channel_id", "bookmark_id"), writes=True, feature="bookmarks"
    ),
    "bookmarks.list": Method(bookmarks.list_all, 3, ("bookmarks:read",), ("channel_id",), feature="bookmarks"),
    "reactions.add": Method(reactions.add, 3, ("reactions:write",), ("channel", "name", "timestamp"), writes=True),
    "reactions.remove": Method(reactions.remove, 2, ("reactions:write",), ("name",), writes=True),
    "reactions.get": Method(reactions.get, 3, ("reactions:read",)),
}
