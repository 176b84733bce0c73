"""What a delivery about a ticket becomes when it is about to be sent: plain values for a tracker."""

from dataclasses import dataclass
from datetime import datetime

from bot.integrations.item import Elsewhere


@dataclass(frozen=True)
class MakeTicket(Elsewhere):
    """The ticket of an incident. `key` stands in it and finds it again; `look`: it may be there from an earlier try,
    of which nothing is known `since` then, in real time."""

    title: str
    text: str
    key: str
    look: bool = False
    since: datetime | None = None


@dataclass(frozen=True)
class NoteTicket(Elsewhere):
    """A comment on the ticket `id`. `done`: whether it is closed with that, or opened again; None leaves it."""

    id: str
    text: str
    done: bool | None = None


@dataclass(frozen=True)
class ReadTicket(Elsewhere):
    """How the ticket `id` stands there."""

    id: str
