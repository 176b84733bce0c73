"""What a person does, told to the app: the call returns once the app has acknowledged."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.delivery.courier import Courier
from sandbox.delivery.envelope import Outcome
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Message, User
from sandbox.shapes import message_json
from sandbox.world import World

Done = TypeVar("Done")


@dataclass
class Deeds:
    """The workspace and the way to its app."""

    world: World
    courier: Courier

    def person(self, body: Json) -> User:
        """The acting user. Raises SlackError user_not_found or account_inactive."""
        user = self.world.user(str(body.get("user", "")))
        if user.deleted:
            raise SlackError("account_inactive")
        return user

    def place(self, body: Json, user: User, member: bool = False) -> Channel:
        """The channel of a deed, as far as the user may see it."""
        channel = self.world.channel(str(body.get("channel", "")))
        if not self.world.sees(user.id, channel):
            raise SlackError("channel_not_found")
        if member and user.id not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    async def perform(self, user: User, deed: Callable[[], Awaitable[Outcome]]) -> Json:
        """Runs a deed and reports the acknowledgement and what appeared for the user meanwhile."""
        heard, seen = len(self.world.ephemerals), len(self.world.opened)
        outcome = await deed()
        if outcome.error:
            return {"ok": False, "error": outcome.error}
        return self._report(user, outcome.ack_ms, outcome.body, heard, seen)

    async def publish(self, user: User, deed: Callable[[], Done]) -> tuple[Done, Json]:
        """Does what the app learns of by events. It is done whether or not the app acknowledges: `acked` says so."""
        heard, seen = len(self.world.ephemerals), len(self.world.opened)
        done, outcomes = await self.courier.heard(deed)
        acked = bool(outcomes) and not any(outcome.error for outcome in outcomes)
        ack_ms = max(outcome.ack_ms for outcome in outcomes) if acked else None
        return done, {**self._report(user, ack_ms, None, heard, seen), "acked": acked}

    def _report(self, user: User, ack_ms: int | None, response: Json | None, heard: int, seen: int) -> Json:
        ephemeral = [m for m in self.world.ephemerals[heard:] if m.ephemeral_for == user.id]
        opened = [view.id for view in self.world.opened[seen:] if view.owner == user.id]
        return {
            "ok": True,
            "ack_ms": ack_ms,
            "response": response,
            "ephemeral": [shown(self.world, message) for message in ephemeral],
            "view_id": opened[-1] if opened else None,
        }

    def offered(self, user: User) -> bool:
        """Whether Slack would offer the app's commands and shortcuts: it needs the scope, and somebody of our own."""
        return "commands" in self.world.app.manifest.scopes and not user.team


def shown(world: World, message: Message) -> Json:
    """A message for the page and for tests: metadata, reader and permalink parts included."""
    more: dict[str, Any] = {
        "thread_ts": message.thread_ts,
        "blocks": message.blocks or [],
        "metadata": message.metadata,
        "edited": message.edited,
        "ephemeral_for": message.ephemeral_for,
        "channel": message.channel,
        "broadcast": message.broadcast,
    }
    shape = message_json(world, message, metadata=True)
    return {**shape, **more, "thread_ts": shape.get("thread_ts", message.thread_ts)}
