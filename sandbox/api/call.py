"""One call of a Web API method: the arguments, the workspace, and the checks that many methods share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.api.arguments import Arguments
from sandbox.delivery.socket_mode import SocketDoor
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Message
from sandbox.world import World

_TS = re.compile(r"\d+\.\d+$")
Scopes = tuple[str, ...] | Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Method:
    """A row of the method table. `scopes` are alternatives; a mapping gives them for each kind of channel."""

    run: Callable[["Call"], Json]
    tier: int = 3
    scopes: Scopes = ()
    required: tuple[str, ...] = ()
    token: str = "bot"
    writes: bool = False
    feature: str = ""


@dataclass
class Call:
    world: World
    method: str
    spec: Method
    args: Arguments
    door: SocketDoor
    authorization: str = ""

    def channel(self, key: str = "channel", member: bool = False, alive: bool = False) -> Channel:
        """The channel an argument names, as far as the app may see it.

        `member`: the app must be in it; `alive`: it must not be archived.
        """
        return self.check(self.find(self.args.text(key)), member, alive)

    def find(self, ref: str, named: bool = False) -> Channel:
        """A channel by id, where `named` a public one by its name too; private ones exist only for members."""
        channel = self.world.channels.get(ref)
        if channel is None and named:
            channel = self.world.named_channel(ref.removeprefix("#"))
            channel = channel if channel and channel.open_to_all else None
        if channel is None or not self.world.sees(self.world.app.user_id, channel):
            raise SlackError("channel_not_found")
        return channel

    def check(self, channel: Channel, member: bool, alive: bool) -> Channel:
        """The scope for this kind of channel, membership and life."""
        if isinstance(self.spec.scopes, Mapping):
            need_scope(self.world, self.spec.scopes.get(channel.kind, ()))
        if alive and channel.archived:
            raise SlackError("is_archived")
        if member and self.world.app.user_id not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def named(self, channel: Channel) -> Channel:
        """Refuses direct conversations."""
        if channel.direct:
            raise SlackError("method_not_supported_for_channel_type")
        return channel

    def message(self, channel: Channel, key: str = "ts") -> Message:
        """The message an argument names; a person's ephemeral message is not there for the API."""
        message = self.world.message(channel, self.args.text(key))
        if message.ephemeral_for:
            raise SlackError("message_not_found")
        return message

    def item(self, channel: Channel, key: str = "timestamp") -> Message:
        """The message that a pin or a reaction is about."""
        ts = self.args.text(key)
        if not ts:
            raise SlackError("no_item_specified")
        if not _TS.match(ts):
            raise SlackError("bad_timestamp")
        return self.message(channel, key)


def need_scope(world: World, scopes: tuple[str, ...]) -> None:
    """missing_scope unless the app has one of the alternatives."""
    have = world.app.manifest.scopes
    if scopes and not have.intersection(scopes):
        raise SlackError("missing_scope", needed=scopes[0], provided=",".join(sorted(have)))


def page(items: list[Any], args: Arguments, default: int = 100, most: int = 1000) -> tuple[list[Any], Json]:
    """One page of a list and its response_metadata; cursors are opaque text."""
    limit = args.number("limit", default, 1, most, "invalid_limit")
    cursor = args.text("cursor")
    start = 0
    if cursor:
        kind, _, offset = cursor.partition(":")
        if kind != "next" or not offset.isdigit() or int(offset) > len(items):
            raise SlackError("invalid_cursor")
        start = int(offset)
    end = start + limit
    return items[start:end], {"next_cursor": f"next:{end}" if end < len(items) else ""}
