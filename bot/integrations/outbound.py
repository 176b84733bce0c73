"""What a delivery becomes when it is about to be sent: plain values for an integration, no records, no session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.domain.schedules.picture import Picture
from bot.integrations.item import Elsewhere, Item
from bot.integrations.trackers.letters import MakeTicket, NoteTicket, ReadTicket

Blocks = list[dict[str, Any]]


class NoAddress(Exception):
    """There is nowhere to send this: the delivery fails at once."""


@dataclass(frozen=True)
class Post(Item):
    """A new message. `to` is a channel id, "#name", or a user id (a direct message). `key` finds it again.

    `aloud`: what is said in a thread is shown in its channel too. `first`: it goes before all that is no page.
    `found_only`: it is not wanted any more, and looked for all the same, since an earlier attempt may have posted it.
    """

    to: str
    text: str
    blocks: Blocks
    key: str
    thread_ts: str | None = None
    aloud: bool = False
    first: bool = False
    found_only: bool = False

    def pace(self) -> str:
        return f"post {self.to}"

    def shown(self) -> Any:
        return [self.text, self.blocks]


@dataclass(frozen=True)
class Edit(Item):
    """`first`: it goes before all that concerns no page."""

    channel: str
    ts: str
    text: str
    blocks: Blocks
    first: bool = False

    def place(self) -> str:
        return f"{self.channel}/{self.ts}"

    def shown(self) -> Any:
        return [self.text, self.blocks]


@dataclass(frozen=True)
class Delete(Item):
    channel: str
    ts: str


@dataclass(frozen=True)
class Ephemeral(Item):
    """A message that only `user` sees; gone when they reload."""

    channel: str
    user: str
    text: str
    blocks: Blocks
    thread_ts: str | None = None


@dataclass(frozen=True)
class MakeChannel(Item):
    """The first of `names` that is free."""

    names: tuple[str, ...]
    private: bool = False


@dataclass(frozen=True)
class Invite(Item):
    """`users` and the members of `groups` (user group ids or handles). `skipped` were left out before: {id: why}."""

    channel: str
    users: tuple[str, ...]
    groups: tuple[str, ...] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SetGroup(Item):
    """Gives a user group, named by id or @handle, exactly these members."""

    group: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class SetTopic(Item):
    channel: str
    topic: str

    def shown(self) -> Any:
        return self.topic


@dataclass(frozen=True)
class SetBookmark(Item):
    """Above a channel: a new one, or `known` as it should be; without a link, that one is taken away."""

    channel: str
    title: str
    link: str
    known: str = ""


@dataclass(frozen=True)
class Pin(Item):
    channel: str
    ts: str


@dataclass(frozen=True)
class Rename(Item):
    channel: str
    name: str


@dataclass(frozen=True)
class Archive(Item):
    channel: str  # its history stays readable


@dataclass(frozen=True)
class Upload(Elsewhere):
    """A file for a channel or a person: a document, or a picture that is drawn when it is sent, which `alt` describes.
    `alone`: where files are not to be had, the comment says it all."""

    channel: str
    filename: str
    title: str
    content: str | Picture
    comment: str
    thread_ts: str | None = None
    alone: bool = True
    alt: str = ""

    def pace(self) -> str:
        return f"post {self.channel}"


@dataclass(frozen=True)
class MakeCanvas(Elsewhere):
    channel: str
    title: str
    markdown: str


@dataclass(frozen=True)
class ShowHome(Item):
    user: str
    view: dict[str, Any]


@dataclass(frozen=True)
class Fetch(Item):
    """Reads one message: its author and text."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Look(Item):
    """Asks Slack something that changes nothing: whether it is there."""


@dataclass(frozen=True)
class AskDoNotDisturb(Elsewhere):
    """Reads whether `user` is behind do-not-disturb."""

    user: str


@dataclass(frozen=True)
class Reach(Elsewhere):
    """A page by another way than Slack. `address` is that way's own: an e-mail address, a phone number in full, one of
    PagerDuty's services by name, or "" where the configuration has it. `title` is a line (<= 120), `text` <= 1,500.

    `ack_url` is the signed link, "" without a public address; `urgent` may never be put off or bundled; `priority` is
    what a provider is told (low to urgent), "" when `urgent` alone decides. `alert` names what another pager shows for
    this person and incident, `afresh` that an end to it was the last it heard; `unconfirmed` counts attempts left open.
    """

    via: str
    person: str
    address: str
    title: str
    text: str
    key: str
    ack_url: str = ""
    urgent: bool = False
    priority: str = ""
    test: bool = False
    alert: str = ""
    afresh: bool = False
    unconfirmed: int = 0

    @property
    def rank(self) -> str:
        """How urgent a provider should call it."""
        return self.priority or ("urgent" if self.urgent else "high")


@dataclass(frozen=True)
class Withdraw(Elsewhere):
    """An alert made by a Reach of the same `via` and `address` needs nobody any more: answered, or all is over."""

    via: str
    alert: str
    because: Literal["acknowledged", "over"]
    text: str = ""
    address: str = ""


@dataclass(frozen=True)
class OpenMirror(Elsewhere):
    """The incident as another one at PagerDuty. `key` finds it again; `urgency` is high or low."""

    title: str
    text: str
    urgency: str
    key: str


@dataclass(frozen=True)
class NoteMirror(Elsewhere):
    """A note on the incident `id` at PagerDuty, and its `urgency` when that changes."""

    id: str
    text: str
    urgency: str = ""


@dataclass(frozen=True)
class ResolveMirror(Elsewhere):
    """Ends the incident `id` at PagerDuty, with a note that says how."""

    id: str
    resolution: str


@dataclass(frozen=True)
class Nothing(Elsewhere):
    """There is nothing to send any more, and that is all right."""

    reason: str


@dataclass(frozen=True)
class NotYet(Elsewhere):
    """What this needs is not there yet: `of` is the key of the delivery that brings it; without one, ask again soon."""

    reason: str
    of: str | None = None


Outbound = (
    Post | Edit | Delete | Ephemeral | MakeChannel | Invite | SetGroup | SetTopic | SetBookmark | Pin | Rename | Archive
    | Upload | MakeCanvas | ShowHome | Fetch | AskDoNotDisturb | Look | Reach | Withdraw | OpenMirror | NoteMirror
    | ResolveMirror | MakeTicket | NoteTicket | ReadTicket | Nothing | NotYet
)  # fmt: skip
