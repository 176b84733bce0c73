"""What a workspace consists of. Plain records; the shapes that the API shows are made in shapes.py."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["public", "private", "im", "mpim"]
PARTNER = "T02PARTNER"
"""The connected workspace of people whose own is not named."""


@dataclass
class User:
    """A person or an app. Silent until `dnd_until`, and in `dnd_hours` ("22:00-07:00" in their zone) of every day.

    `team` is the id of a connected workspace for a person of another company, "" for one of our own.
    """

    id: str
    name: str
    real_name: str
    display_name: str = ""
    email: str = ""
    is_email_confirmed: bool = True
    status: str = ""
    title: str = ""
    timezone: str = "UTC"
    deleted: bool = False
    team: str = ""
    is_stranger: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    bot_id: str = ""
    phone: str = ""
    presence: str = "active"
    dnd_until: float = 0.0
    dnd_hours: str = ""
    updated: int = 0

    def __post_init__(self) -> None:
        if self.is_stranger and not self.team:
            self.team = PARTNER

    @property
    def guest(self) -> bool:
        """Sees nothing but the channels they were let into: a guest, or somebody of another company."""
        return self.is_restricted or self.is_ultra_restricted or bool(self.team)


@dataclass
class Message:
    """One message; `ephemeral_for` is the only reader of an ephemeral one, `past` what it showed before it was edited,
    latest first."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] | None = None
    past: list[list[Json]] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str = ""
    username: str = ""
    edited: Json | None = None
    ephemeral_for: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    broadcast: bool = False
    client_msg_id: str = ""
    extra: Json = field(default_factory=dict)


@dataclass
class Bookmark:
    id: str
    channel: str
    title: str
    link: str
    emoji: str
    type: str
    created: int
    updated: int


@dataclass
class Pin:
    ts: str
    user: str
    created: int


@dataclass
class Phrase:
    """A topic or a purpose."""

    value: str = ""
    creator: str = ""
    last_set: int = 0


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    topic: Phrase = field(default_factory=Phrase)
    purpose: Phrase = field(default_factory=Phrase)
    archived: bool = False
    general: bool = False
    previous_names: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)
    pins: list[Pin] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    canvas: str = ""
    read_to: dict[str, str] = field(default_factory=dict)
    kicked: set[str] = field(default_factory=set)

    @property
    def direct(self) -> bool:
        """A conversation between people, without a name of its own."""
        return self.kind in ("im", "mpim")

    @property
    def open_to_all(self) -> bool:
        """Anybody but guests may look in."""
        return self.kind == "public"

    def thread(self, ts: str) -> list[Message]:
        """The replies to `ts`, oldest first, without the parent and without ephemeral ones."""
        return [self.messages[reply] for reply in self.replies.get(ts, ()) if reply in self.messages]


@dataclass
class View:
    """A modal or a home tab; `values` is what the reader has typed and chosen so far."""

    id: str
    type: str
    owner: str
    blocks: list[Json]
    title: Json | None = None
    submit: Json | None = None
    close: Json | None = None
    private_metadata: str = ""
    callback_id: str = ""
    external_id: str = ""
    notify_on_close: bool = False
    clear_on_close: bool = False
    submit_disabled: bool = False
    hash: str = ""
    root: str = ""
    previous: str = ""
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    options: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    response_urls: list[Json] = field(default_factory=list)


@dataclass
class UserGroup:
    id: str
    name: str
    handle: str
    description: str = ""
    users: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    deleted: int = 0


@dataclass
class StoredFile:
    id: str
    name: str
    title: str
    user: str
    created: int
    length: int
    content: bytes | None = None
    shared: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass
class Canvas:
    id: str
    title: str
    markdown: str
    channel: str = ""
    deleted: bool = False
    sections: dict[str, str] = field(default_factory=dict)
    access: Json = field(default_factory=dict)


@dataclass
class Scheduled:
    id: str
    channel: str
    post_at: int
    created: int
    message: Json


@dataclass
class Trigger:
    """Permission to open a modal, or to show the details of an `entity`; three real seconds, once."""

    id: str
    user: str
    expires: float
    view: str = ""
    used: bool = False
    entity: str = ""


@dataclass
class Execution:
    """A workflow step that the app carries out: running, until the app says how it ended."""

    id: str
    callback_id: str
    inputs: Json
    state: str = "running"
    outputs: Json = field(default_factory=dict)
    error: str = ""


@dataclass
class Hook:
    """A response_url: where it writes, how often and how long."""

    id: str
    channel: str
    user: str
    expires: float
    uses: int = 0
    ts: str = ""
    ephemeral: bool = True
    thread_ts: str | None = None
