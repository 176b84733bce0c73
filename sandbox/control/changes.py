"""Changes in the company: people come, go and become guests; channels close; the app is thrown out."""

from collections.abc import Callable

from sandbox import rooms
from sandbox.control.context import ControlContext
from sandbox.errors import SlackError
from sandbox.records import Json, User
from sandbox.shapes import user_json
from sandbox.world import World


async def apply(desk: ControlContext, body: Json) -> Json:
    """`{change: target}`, any number of them; see CHANGES."""
    world = desk.world
    for deed, target in body.items():
        if deed not in CHANGES:
            raise SlackError("unknown_change", known=sorted(CHANGES))
        CHANGES[deed](world, target)
    return {"ok": True}


def _change_user(world: World, ref: str, **facts: bool | str) -> None:
    user = world.user(ref)
    for name, value in facts.items():
        setattr(user, name, value)
    user.updated = world.now()
    world.publish({"type": "user_change", "user": user_json(world, user), "event_ts": world.new_ts()})
    world.tell("presence", user=user.id)


def _say_status(world: World, body: Json) -> None:
    """`{user, text}`: what somebody is doing. The app hears of it as of every change of a person."""
    _change_user(world, str(body["user"]), status=str(body.get("text") or ""))


def _disturb(world: World, body: Json) -> None:
    """Do-not-disturb: `hours` of every day ("22:00-07:00", "" for none), or a pause of `minutes` from now (0: over)."""
    user = world.user(str(body["user"]))
    if "hours" in body:
        user.dnd_hours = str(body["hours"])
    if "minutes" in body:
        user.dnd_until = world.now() + 60 * float(body["minutes"])


def _add_user(world: World, row: Json) -> None:
    name = str(row["name"])
    real_name = str(row.get("real_name") or name.title())
    user = User(**{"id": world.new_id("U"), "email": f"{name}@acme.example", **row, "real_name": real_name})
    world.users[user.id] = user
    world.publish({"type": "team_join", "user": user_json(world, user), "event_ts": world.new_ts()})
    world.tell("presence")


def _archive(world: World, ref: str, archived: bool) -> None:
    """By a person who is in it: what the app does itself, Slack does not tell it."""
    channel = world.channel(ref)
    if channel.archived != archived:
        people = [one for one in channel.members if not world.users[one].is_bot]
        rooms.archive(world, channel, people[0] if people else world.user("ana").id, archived)


def _convert(world: World, ref: str, private: bool) -> None:
    """By a person who is in it."""
    channel = world.channel(ref)
    people = [one for one in channel.members if not world.users[one].is_bot]
    rooms.convert(world, channel, people[0], private)


def _kick_bot(world: World, ref: str) -> None:
    channel = world.channel(ref)
    if world.app.user_id in channel.members:
        rooms.leave(world, channel, world.app.user_id, kicked_by=channel.creator)


def _membership(world: World, body: Json, inside: bool) -> None:
    channel, user = world.channel(str(body["channel"])), world.user(str(body["user"]))
    if inside and user.id not in channel.members:
        rooms.join(world, channel, user.id)
    if not inside and user.id in channel.members:
        rooms.leave(world, channel, user.id)


CHANGES: dict[str, Callable[[World, object], None]] = {
    "deactivate": lambda world, ref: _change_user(world, str(ref), deleted=True),
    "reactivate": lambda world, ref: _change_user(world, str(ref), deleted=False),
    "guest": lambda world, ref: _change_user(world, str(ref), is_restricted=True),
    "status": lambda world, body: _say_status(world, dict(body)),  # type: ignore[call-overload]
    "dnd": lambda world, body: _disturb(world, dict(body)),  # type: ignore[call-overload]
    "archive": lambda world, ref: _archive(world, str(ref), True),
    "unarchive": lambda world, ref: _archive(world, str(ref), False),
    "make_private": lambda world, ref: _convert(world, str(ref), True),
    "make_public": lambda world, ref: _convert(world, str(ref), False),
    "kick_bot": lambda world, ref: _kick_bot(world, str(ref)),
    "invite_bot": lambda world, ref: _membership(world, {"channel": ref, "user": world.app.user_id}, True),
    "join": lambda world, body: _membership(world, dict(body), True),  # type: ignore[call-overload]
    "leave": lambda world, body: _membership(world, dict(body), False),  # type: ignore[call-overload]
    "add_user": lambda world, row: _add_user(world, dict(row)),  # type: ignore[call-overload]
    "create_channel": lambda world, row: _create_channel(world, dict(row)),  # type: ignore[call-overload]
}


def _create_channel(world: World, row: Json) -> None:
    creator = world.user(str(row.get("user", "ana"))).id
    rooms.create(world, str(row["name"]), bool(row.get("private")), creator)
