"""Facts of commanding an incident: offers of command, and command that was taken."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class CommandOffered(Fact, name="command.offered"):
    """`giver` has command and keeps it until `person` accepts; `by` offers it. `brief_hash` is the SHA-256 of what the
    other is told, with the worry."""

    offer: int
    giver: str
    person: str
    by: str
    brief_hash: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class MoreTimeAsked(Fact, name="command.more_time_asked", line=False):
    """Whoever was asked wants some minutes more before they answer."""

    offer: int
    giver: str
    person: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class CommandHandedOver(Fact, name="command.handed_over", line=False):
    """The offer was accepted, and with that command moved; `held` is for how many seconds the giver had it."""

    offer: int
    giver: str
    person: str
    by: str
    brief_hash: str
    accepted_at: datetime
    held: int


@dataclass(frozen=True, kw_only=True)
class OfferEnded(Fact, name="command.offer_ended"):
    """The offer came to nothing: declined, expired or withdrawn, by `ended_by` and for a reason where there is one.

    `next` is whom the schedule of the role names instead.
    """

    offer: int
    giver: str
    person: str
    by: str
    state: str
    ended_by: str
    reason: str
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class CommandTaken(Fact, name="command.taken"):
    """Somebody took command from a commander who did not answer."""

    person: str
    before: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RolePaged(Fact, name="command.role_paged"):
    """Nobody has the role, and a reminder was in vain: whoever is on call for it is paged, once in an incident."""

    role: str
    schedule: str


@dataclass(frozen=True, kw_only=True)
class HelpOffered(Fact, name="command.help_offered"):
    """Somebody who came late has a hand free; `lead` leads it and reads that, if that is somebody else."""

    person: str
    lead: str | None
