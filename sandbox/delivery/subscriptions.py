"""Which events reach the app: subscribed in the manifest, allowed by a scope, seen by its user."""

from sandbox.posting import CHANNEL_TYPE
from sandbox.records import Channel, Json
from sandbox.world import World

HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history", "mpim": "mpim:history"}
MESSAGE = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}
READ = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
SCOPE = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_left": "channels:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_left": "groups:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "subteam_created": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "file_shared": "files:read",
    "link_shared": "links:read",
    "message_metadata_posted": "metadata.message:read",
}
PUBLIC_KNOWLEDGE = {"channel_created", "channel_rename", "channel_archive", "channel_unarchive", "channel_left"}


def wanted(world: World, event: Json) -> bool:
    """Whether the app is to be told of the event."""
    kind, channel = event["type"], place_of(world, event)
    scopes, subscribed = world.app.manifest.scopes, world.app.manifest.events
    if world.app.revoked and kind not in ("tokens_revoked", "app_uninstalled"):
        return False
    if kind == "message" and channel is not None:
        family = CHANNEL_TYPE[channel.kind]
        return MESSAGE[family] in subscribed and HISTORY[family] in scopes and world.app.user_id in channel.members
    if kind not in subscribed or not _scoped(scopes, kind, channel):
        return False
    anywhere = kind in PUBLIC_KNOWLEDGE or kind in ("channel_left", "group_left")
    seen = kind == "link_shared" and channel is not None and channel.open_to_all
    return channel is None or anywhere or seen or world.app.user_id in channel.members


def _scoped(scopes: frozenset[str], kind: str, channel: Channel | None) -> bool:
    if kind.startswith("member_"):
        return channel is not None and READ[channel.kind] in scopes
    return kind not in SCOPE or SCOPE[kind] in scopes


def place_of(world: World, event: Json) -> Channel | None:
    """The channel that an event is about, if it is about one."""
    if event["type"] == "app_home_opened":
        return None
    place = event.get("channel_id") or event.get("channel") or (event.get("item") or {}).get("channel")
    name = place.get("id") if isinstance(place, dict) else place
    return world.channels.get(name or "")
