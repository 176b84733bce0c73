"""What there is to see: the workspace, messages, unread counts, commands, and a stream of changes."""

import asyncio
import json
from collections.abc import AsyncIterator

from sandbox.control.user_actions import shown
from sandbox.followers import Followers
from sandbox.records import Channel, Json
from sandbox.shapes import bookmark_json, canvas_json, file_json, view_json, whole_user_json
from sandbox.world import World

HEARTBEAT = 15.0


def state(world: World, followers: Followers, connections: int) -> Json:
    """GET /_sandbox/state."""
    return {
        "now": world.clock.now(),
        "iso": world.clock.iso(),
        "speed": world.clock.speed,
        "team": {**vars(world.team), "url": world.base_url + "/"},
        "app": {"id": world.app.id, "name": world.app.manifest.name, "user": world.app.user_id},
        "users": [_user(world, user) for user in world.users],
        "channels": [channel(world, one) for one in world.channels.values()],
        "usergroups": [vars(group) for group in world.usergroups.values()],
        "views": {user: [view_json(world, view) for view in stack] for user, stack in world.modals.items() if stack},
        "homes": {user: view_json(world, view) for user, view in world.homes.items()},
        "files": [file_json(world, file) for file in world.files.values() if not file.deleted],
        "canvases": [canvas_json(canvas) for canvas in world.canvases.values() if not canvas.deleted],
        "scheduled": [vars(item) for item in world.scheduled.values()],
        "connections": connections,
        "followers": followers.names(),
        "revoked": world.app.revoked,
    }


def _user(world: World, name: str) -> Json:
    user = world.users[name]
    contact = {"email": user.email, "title": user.title, "presence": user.presence}
    return {**whole_user_json(world, user), **contact}


def channel(world: World, one: Channel) -> Json:
    """A channel of the state."""
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "private": one.kind != "public",
        "archived": one.archived,
        "members": list(one.members),
        "topic": one.topic.value,
        "purpose": one.purpose.value,
        "created": one.created,
        "creator": one.creator,
        "pins": [pin.ts for pin in one.pins],
        "bookmarks": [bookmark_json(world, mark) for mark in one.bookmarks],
        "canvas": one.canvas or None,
        "latest": next(reversed(one.messages), None),
    }


def messages(world: World, one: Channel, reader: str = "") -> list[Json]:
    """Every message of a channel, oldest first; with `reader`, without what others alone can see."""
    return [
        shown(world, message)
        for message in one.messages.values()
        if not reader or message.ephemeral_for in (None, reader)
    ]


def unread(world: World, user: str) -> Json:
    """channel id -> {count, mentions} of what others wrote since the user looked."""
    counts = {}
    for one in world.channels.values():
        if user not in one.members:
            continue
        new = [
            m
            for m in one.messages.values()
            if m.ts > one.read_to.get(user, "") and m.user != user and m.ephemeral_for in (None, user)
        ]
        calls = sum(one.direct or f"<@{user}>" in m.text or m.ephemeral_for == user for m in new)
        counts[one.id] = {"count": len(new), "mentions": calls}
    return counts


def registered(world: World) -> Json:
    """What the manifest offers to people."""
    manifest = world.app.manifest
    commands = [
        {"command": c.name, "description": c.description, "usage_hint": c.usage_hint} for c in manifest.commands
    ]
    shortcuts = [
        {"name": s.name, "type": s.kind, "callback_id": s.callback_id, "description": s.description}
        for s in manifest.shortcuts
    ]
    return {"commands": commands, "shortcuts": shortcuts, "home_tab": manifest.home_tab}


async def stream(world: World, reader: str) -> AsyncIterator[str]:
    """Server-sent events; only what the reader may see when there is one."""
    notices: asyncio.Queue[Json] = asyncio.Queue()
    world.watchers.append(notices.put_nowait)
    try:
        yield ": hello\n\n"
        while True:
            try:
                notice = await asyncio.wait_for(notices.get(), HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if notice["kind"] == "end":
                return
            if not reader or _for(world, notice, reader):
                yield f"data: {json.dumps(notice)}\n\n"
    finally:
        world.watchers.remove(notices.put_nowait)


def _for(world: World, notice: Json, reader: str) -> bool:
    if notice.get("user") not in (None, reader):
        return False
    place = world.channels.get(notice.get("channel", ""))
    return place is None or notice["kind"] == "channel" or world.sees(reader, place)
