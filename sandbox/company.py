"""Reads company.yml: the people, channels and groups that a workspace starts with."""

from pathlib import Path
from typing import Any

import yaml

from sandbox.clock import SandboxClock
from sandbox.errors import SlackError
from sandbox.manifest import Loader, Manifest
from sandbox.records import Channel, Phrase, User, UserGroup
from sandbox.world import App, Team, World

DEFAULT = Path(__file__).with_name("company.yml")


def found(manifest: Manifest, path: Path | None = None) -> World:
    """A workspace with the app installed and the company of `path` in it.

    Raises OSError when there is no such file and ValueError when it does not describe a company.
    """
    path = path or DEFAULT
    document = yaml.load(path.read_text(encoding="utf-8"), Loader)
    if not isinstance(document, dict):
        raise ValueError(f"{path}: a company has a team, users and channels")
    try:
        return _founded(manifest, document)
    except (KeyError, TypeError, SlackError) as error:
        raise ValueError(f"{path}: this is no company: {error!r}") from error


def _founded(manifest: Manifest, document: dict[str, Any]) -> World:
    world = World(Team(**document["team"]), App(manifest), SandboxClock())
    world.users[world.app.user_id] = _app_user(world)
    for row in document["users"]:
        world.users[row["id"]] = User(**row, updated=world.now())
    for row in document["channels"]:
        channel = _channel(world, dict(row))
        world.channels[channel.id] = channel
    for row in document.get("usergroups") or ():
        people = [world.user(name).id for name in row.get("users", ())]
        world.usergroups[row["id"]] = UserGroup(**{**row, "users": people}, created=world.now(), updated=world.now())
    world.lacking.update(document.get("features") or {})
    return world


def _app_user(world: World) -> User:
    name = world.app.manifest.bot_name
    return User(
        world.app.user_id,
        name.lower().replace(" ", "_"),
        name,
        is_bot=True,
        bot_id=world.app.bot_id,
        updated=world.now(),
    )


def _channel(world: World, row: dict[str, Any]) -> Channel:
    listed = row.get("members", [])
    members = _everybody(world) if listed == "all" else [world.user(name).id for name in listed]
    if "app" in row.get("with", ()):
        members.append(world.app.user_id)
    topic, purpose = (Phrase(row.get(key, ""), members[0], world.now()) for key in ("topic", "purpose"))
    return Channel(
        row["id"],
        row["name"],
        "private" if row.get("private") else "public",
        members[0],
        world.now(),
        members,
        topic,
        purpose,
        general=bool(row.get("general")),
    )


def _everybody(world: World) -> list[str]:
    return [u.id for u in world.users.values() if not (u.deleted or u.guest or u.is_bot)]
