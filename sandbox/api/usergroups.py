"""usergroups.*: named groups of people that can be mentioned."""

from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Json, UserGroup
from sandbox.shapes import usergroup_json

MAX_NAME, MAX_DESCRIPTION = 80, 140


def list_all(call: Call) -> Json:
    disabled, people = call.args.flag("include_disabled"), call.args.flag("include_users")
    groups = [group for group in call.world.usergroups.values() if disabled or not group.deleted]
    return {"usergroups": [usergroup_json(call.world, group, people) for group in groups]}


def create(call: Call) -> Json:
    name, handle = call.args.text("name").strip(), call.args.text("handle").lower()
    if not name:
        raise SlackError("missing_subteam_name")
    _check(call, name, handle)
    handle = handle or name.lower().replace(" ", "-")
    now = call.world.now()
    group = UserGroup(call.world.new_id("S"), name, handle, call.args.text("description"), created=now, updated=now)
    group.channels = _channels(call)
    call.world.usergroups[group.id] = group
    return _announced(call, group, "subteam_created")


def _check(call: Call, name: str, handle: str, itself: str = "") -> None:
    others = [group for group in call.world.usergroups.values() if group.id != itself]
    if len(name) > MAX_NAME:
        raise SlackError("name_too_long")
    if len(call.args.text("description")) > MAX_DESCRIPTION:
        raise SlackError("description_too_long")
    if any(group.name == name for group in others):
        raise SlackError("name_already_exists")
    if handle and not handle.replace("-", "").replace("_", "").replace(".", "").isalnum():
        raise SlackError("bad_handle")
    if handle in ("here", "channel", "everyone"):
        raise SlackError("forbidden_handle")
    if handle and any(handle == group.handle for group in others):
        raise SlackError("handle_already_exists")
    if handle and any(handle == user.name for user in call.world.users.values()):
        raise SlackError("handle_already_exists")


def _channels(call: Call) -> list[str]:
    channels = call.args.names("channels")
    if any(channel not in call.world.channels for channel in channels):
        raise SlackError("invalid_channel_provided")
    return channels


def _group(call: Call) -> UserGroup:
    group = call.world.usergroups.get(call.args.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def update(call: Call) -> Json:
    group = _group(call)
    name, handle = call.args.text("name", group.name), call.args.text("handle", group.handle).lower()
    _check(call, name, handle, group.id)
    group.name, group.handle = name, handle
    group.description = call.args.text("description", group.description)
    group.channels = _channels(call) if call.args.has("channels") else group.channels
    return _announced(call, group, "subteam_updated")


def disable(call: Call) -> Json:
    group = _group(call)
    group.deleted = call.world.now()
    return _announced(call, group, "subteam_updated")


def enable(call: Call) -> Json:
    group = _group(call)
    group.deleted = 0
    return _announced(call, group, "subteam_updated")


def users_list(call: Call) -> Json:
    return {"users": list(_group(call).users)}


def users_update(call: Call) -> Json:
    group, users = _group(call), call.args.names("users")
    if not users:
        raise SlackError("no_users_provided")
    if any(user not in call.world.users or call.world.users[user].deleted for user in users):
        raise SlackError("invalid_users")
    before, group.users = group.users, list(dict.fromkeys(users))
    facts = {"subteam_id": group.id, "team_id": call.world.team.id, "date_update": call.world.now()}
    added = [user for user in group.users if user not in before]
    removed = [user for user in before if user not in group.users]
    members = {"added_users": added, "removed_users": removed}
    event = {"type": "subteam_members_changed", **facts, **members, "event_ts": call.world.new_ts()}
    call.world.publish(event)
    return _announced(call, group, "subteam_updated")


def _announced(call: Call, group: UserGroup, kind: str) -> Json:
    group.updated = call.world.now()
    shape = usergroup_json(call.world, group, users=True)
    call.world.publish({"type": kind, "subteam": shape, "event_ts": call.world.new_ts()})
    call.world.tell("presence")
    return {"usergroup": shape}
