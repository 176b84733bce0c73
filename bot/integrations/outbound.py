"""What a delivery becomes when it is about to be sent: plain values for an integration, no records, no session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.domain.schedules.picture import Picture

Blocks = list[dict[str, Any]]


class NoAddress(Exception):
    """There is nowhere to send this: the delivery fails at once."""


@dataclass(frozen=True)
class Post:
    """A new message. `to` is a channel id, "#name", or a user id (a direct message). `key` finds it again.

    `aloud`: what is said in a thread is shown in its channel too.
    """

    to: str
    text: str
    blocks: Blocks
    key: str
    thread_ts: str | None = None
    aloud: bool = False


@dataclass(frozen=True)
class Edit:
    channel: str
    ts: str
    text: str
    blocks: Blocks


@dataclass(frozen=True)
class Delete:
    """Takes a message of ours away."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Ephemeral:
    """A message that only `user` sees; gone when they reload."""

    channel: str
    user: str
    text: str
    blocks: Blocks


@dataclass(frozen=True)
class MakeChannel:
    """The first of `names` that is free."""

    names: tuple[str, ...]
    private: bool = False


@dataclass(frozen=True)
class Invite:
    """`users` and the members of `groups` (user group ids or handles). `skipped` were left out before: {id: why}."""

    channel: str
    users: tuple[str, ...]
    groups: tuple[str, ...] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SetGroup:
    """Gives a user group, named by id or @handle, exactly these members."""

    group: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class SetTopic:
    channel: str
    topic: str


@dataclass(frozen=True)
class AddBookmark:
    channel: str
    title: str
    link: str


@dataclass(frozen=True)
class Pin:
    channel: str
    ts: str


@dataclass(frozen=True)
class Archive:
    """Files a channel away; its history stays readable."""

    channel: str


@dataclass(frozen=True)
class Upload:
    """A file for a channel or a person: a document, or a picture that is drawn when it is sent.

    `alone`: where files are not to be had, the comment says it all. `alt` describes a picture.
    """

    channel: str
    filename: str
    title: str
    content: str | Picture
    comment: str
    thread_ts: str | None = None
    alone: bool = True
    alt: str = ""


@dataclass(frozen=True)
class MakeCanvas:
    channel: str
    title: str
    markdown: str


@dataclass(frozen=True)
class ShowHome:
    user: str
    view: dict[str, Any]


@dataclass(frozen=True)
class Fetch:
    """Reads one message: its author and text."""

    channel: str
    ts: str


@dataclass(frozen=True)
class AskSilence:
    """Reads whether `user` is behind do-not-disturb."""

    user: str


@dataclass(frozen=True)
class Reach:
    """A page by another way than Slack. `address` is that way's own: an e-mail address, a phone number in full, or ""
    where the installation's configuration has it. `title` has no line breaks (<= 120), `text` is plain (<= 1,500).

    `ack_url` is the signed link, "" without a public address; `urgent` may never be put off or bundled. `alert` names
    what another pager shows for this person and incident, and `afresh` that the last thing it heard was an end to it.
    `unconfirmed` counts earlier attempts of which nobody knows whether they arrived.
    """

    via: str
    person: str
    address: str
    title: str
    text: str
    key: str
    ack_url: str = ""
    urgent: bool = False
    test: bool = False
    alert: str = ""
    afresh: bool = False
    unconfirmed: int = 0


@dataclass(frozen=True)
class Withdraw:
    """An alert made by a Reach of the same `via` needs nobody any more: it was answered, or all is over."""

    via: str
    alert: str
    because: Literal["acknowledged", "over"]
    text: str = ""


@dataclass(frozen=True)
class OpenMirror:
    """The incident as another one at PagerDuty. `key` finds it again; `urgency` is high or low."""

    title: str
    text: str
    urgency: str
    key: str


@dataclass(frozen=True)
class ResolveMirror:
    """Ends the incident `id` at PagerDuty, with a note that says how."""

    id: str
    resolution: str


@dataclass(frozen=True)
class Nothing:
    """There is nothing to send any more, and that is all right."""

    reason: str


@dataclass(frozen=True)
class NotYet:
    """What this needs is not there yet; ask again soon."""

    reason: str


Outbound = (
    Post | Edit | Delete | Ephemeral | MakeChannel | Invite | SetGroup | SetTopic | AddBookmark | Pin | Archive | Upload
    | MakeCanvas | ShowHome | Fetch | AskSilence | Reach | Withdraw | OpenMirror | ResolveMirror | Nothing | NotYet
)  # fmt: skip
