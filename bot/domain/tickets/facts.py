"""Facts of an incident's ticket in another product: wanted, made or refused, and what is read of it."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class TicketWanted(Fact, name="tickets.wanted", line=False):
    """`by` asks for one. `key` will stand in it; `look`: an earlier try may have made it."""

    title: str
    key: str
    by: str
    look: bool


@dataclass(frozen=True, kw_only=True)
class TicketMade(Fact, name="tickets.made"):
    """It is there, made or found; `by` asked for it."""

    id: str
    url: str
    tracker: str
    by: str


@dataclass(frozen=True, kw_only=True)
class TicketRefused(Fact, name="tickets.refused"):
    """The tracker will not make it. `title` is what was typed for it, `by` asked for it."""

    reason: str
    title: str
    tracker: str
    by: str


@dataclass(frozen=True, kw_only=True)
class TicketRead(Fact, name="tickets.read"):
    """Its status over there is another one than was known."""

    id: str
    status: str
    before: str


@dataclass(frozen=True, kw_only=True)
class TicketBehind(Fact, name="tickets.behind", reaction=False):
    """It was not told what has become of its incident."""

    id: str
    reason: str
