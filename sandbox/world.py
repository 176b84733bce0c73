"""The workspace: every record, how to find one, and who is told when something changes."""

import asyncio
import itertools
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.clock import SandboxClock
from sandbox.errors import SlackError
from sandbox.manifest import Manifest
from sandbox.records import (
    Canvas,
    Channel,
    Execution,
    Hook,
    Json,
    Kind,
    Message,
    Scheduled,
    StoredFile,
    Trigger,
    User,
    UserGroup,
    View,
)

PATIENCE = 3.0
OUTBOX = 500
HOOK_LIFE = 30 * 60.0
ID_PREFIX = {"public": "C", "private": "C", "im": "D", "mpim": "G"}


@dataclass
class Team:
    id: str
    name: str
    domain: str


@dataclass
class App:
    """The one installed app, its user and its secrets."""

    manifest: Manifest
    id: str = "A01SANDBOX"
    bot_id: str = "B01SANDBOX"
    user_id: str = "U01SANDBOX"
    bot_token: str = "xoxb-sandbox-1"
    app_token: str = "xapp-sandbox-1"
    user_token: str = "xoxp-sandbox-1"
    workflow_token: str = "xwfp-sandbox-1"
    signing_secret: str = "sandbox-secret"
    verification_token: str = "sandbox-verification"
    revoked: bool = False


def _ignore(_: Json) -> None:
    return


@dataclass
class World:
    """All state. Lives on one event loop, so nothing here needs a lock."""

    team: Team
    app: App
    clock: SandboxClock
    base_url: str = ""
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    usergroups: dict[str, UserGroup] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    canvases: dict[str, Canvas] = field(default_factory=dict)
    scheduled: dict[str, Scheduled] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)
    ephemerals: list[Message] = field(default_factory=list)
    opened: list[View] = field(default_factory=list)
    executions: dict[str, Execution] = field(default_factory=dict)
    details: dict[str, Json] = field(default_factory=dict)
    outbox: deque[Json] = field(default_factory=lambda: deque(maxlen=OUTBOX))
    publish: Callable[[Json], None] = _ignore
    watchers: list[Callable[[Json], None]] = field(default_factory=list)
    patience: float = PATIENCE
    expire_triggers: int = 0
    conflict_hashes: int = 0
    chores: set["asyncio.Task[None]"] = field(default_factory=set)
    _counter: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _last_tick: int = 0

    def now(self) -> int:
        """Whole epoch seconds on the sandbox's clock."""
        return int(self.clock.now())

    def new_ts(self) -> str:
        """A message timestamp of the sandbox's clock, above every earlier one."""
        self._last_tick = max(self._last_tick + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_tick // 1_000_000}.{self._last_tick % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """An id in Slack's look: a letter for the kind, then upper case and digits."""
        return f"{prefix}0SB{next(self._counter):06X}"

    def tell(self, kind: str, **what: str | None) -> None:
        """Tells every watcher that something changed: `{"kind": ..., "channel"?, "ts"?, "user"?, "text"?}`."""
        notice = {"kind": kind, **{key: value for key, value in what.items() if value is not None}}
        for watcher in list(self.watchers):
            watcher(notice)

    @property
    def bot(self) -> User:
        """The app's own user."""
        return self.users[self.app.user_id]

    def farewell(self) -> None:
        """The end: everybody who waits for news gets an answer."""
        self.tell("end")
        self.clock.end()

    def user(self, ref: str) -> User:
        """A user by id or name (`@` allowed). Raises SlackError user_not_found."""
        found = self.users.get(ref) or next((u for u in self.users.values() if u.name == ref.removeprefix("@")), None)
        if found is None:
            raise SlackError("user_not_found")
        return found

    def channel(self, ref: str) -> Channel:
        """A channel by id or name (`#` allowed). Raises SlackError channel_not_found."""
        found = self.channels.get(ref) or self.named_channel(ref.removeprefix("#"))
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def named_channel(self, name: str) -> Channel | None:
        """The channel of that name; direct conversations have none."""
        return next((c for c in self.channels.values() if not c.direct and c.name == name), None)

    def message(self, channel: Channel, ts: str) -> Message:
        """A message by timestamp. Raises SlackError message_not_found."""
        if ts not in channel.messages:
            raise SlackError("message_not_found")
        return channel.messages[ts]

    def add_channel(self, name: str, kind: Kind, creator: str, members: list[str]) -> Channel:
        """A new channel, without events."""
        channel = Channel(self.new_id(ID_PREFIX[kind]), name, kind, creator, self.now(), list(members))
        self.channels[channel.id] = channel
        return channel

    def direct(self, people: list[str]) -> Channel:
        """The direct conversation of exactly these people, made when there is none."""
        wanted, kind = set(people), "im" if len(set(people)) <= 2 else "mpim"
        for channel in self.channels.values():
            if channel.kind == kind and set(channel.members) == wanted:
                return channel
        names = "--".join(sorted(self.users[person].name for person in wanted))
        channel = self.add_channel(f"mpdm-{names}-1" if kind == "mpim" else "", kind, people[0], people)  # type: ignore[arg-type]
        self.tell("channel", channel=channel.id)
        return channel

    def sees(self, user: str, channel: Channel) -> bool:
        """Whether the user may look into the channel."""
        return user in channel.members or (channel.open_to_all and not self.users[user].guest)

    def team_of(self, user: str) -> str:
        """The id of the workspace that a user belongs to."""
        known = self.users.get(user)
        return (known.team if known else "") or self.team.id

    def shared_with(self, channel: Channel) -> list[str]:
        """The connected workspaces whose people are in the channel."""
        return sorted({self.users[member].team for member in channel.members} - {""})

    def new_trigger(self, user: str, view: str = "") -> Trigger:
        """A trigger id for something that `user` has just done (in the modal `view`)."""
        life = self.patience
        if self.expire_triggers:
            self.expire_triggers, life = self.expire_triggers - 1, -1.0
        name = f"{time.time_ns() // 1_000_000}.{self.team.id}.{secrets.token_hex(8)}"
        trigger = self.triggers[name] = Trigger(name, user, time.monotonic() + life, view)
        return trigger

    def new_hook(self, channel: str, user: str, **where: str | bool | None) -> Hook:
        """A response_url that writes into `channel`; 30 minutes of sandbox time."""
        hook = Hook(secrets.token_urlsafe(12), channel, user, self.clock.now() + HOOK_LIFE, **where)  # type: ignore[arg-type]
        self.hooks[hook.id] = hook
        return hook

    def hook_url(self, hook: Hook) -> str:
        """Where the app posts its late answers."""
        return f"{self.base_url}/hooks/actions/{self.team.id}/{hook.id}"
