"""People: users.*."""

from sandbox.api.call import Call, page
from sandbox.api.conversations import of_types
from sandbox.errors import SlackError
from sandbox.records import Json, User
from sandbox.shapes import channel_json, profile_json, user_json


def _user(call: Call, key: str = "user") -> User:
    found = call.world.users.get(call.args.text(key))
    if found is None:
        raise SlackError("user_not_found")
    return found


def users_list(call: Call) -> Json:
    people, more = page(list(call.world.users.values()), call.args, default=1000)
    members = [user_json(call.world, user) for user in people]
    return {"members": members, "cache_ts": call.world.now(), "response_metadata": more}


def info(call: Call) -> Json:
    return {"user": user_json(call.world, _user(call))}


def lookup_by_email(call: Call) -> Json:
    wanted = call.args.text("email").strip().lower()
    for user in call.world.users.values():
        if user.email.lower() == wanted and wanted and not user.deleted:
            return {"user": user_json(call.world, user)}
    raise SlackError("users_not_found")


def profile_get(call: Call) -> Json:
    user = _user(call) if call.args.has("user") else call.world.bot
    return {"profile": profile_json(call.world, user)}


def get_presence(call: Call) -> Json:
    user = _user(call) if call.args.has("user") else call.world.bot
    return {"presence": "away" if user.deleted else user.presence}


def conversations(call: Call) -> Json:
    who = _user(call).id if call.args.has("user") else call.world.app.user_id
    hidden = call.args.flag("exclude_archived")
    mine = [
        channel
        for channel in of_types(call)
        if who in channel.members
        and call.world.sees(call.world.app.user_id, channel)
        and not (hidden and channel.archived)
    ]
    shown, more = page(mine, call.args, most=999)
    return {"channels": [channel_json(call.world, channel) for channel in shown], "response_metadata": more}
