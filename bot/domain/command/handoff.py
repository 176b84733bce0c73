"""Rules of handing command over: it is offered with a brief, and moves when the other accepts, never before."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.command.errors import AskedForTime
from bot.domain.command.facts import CommandHandedOver, CommandOffered, MoreTimeAsked, OfferEnded
from bot.domain.core.errors import AlreadyThat
from bot.domain.core.fact import Fact
from bot.domain.core.typed_text import cut
from bot.domain.incidents import lifecycle
from storage.models import CommandOffer, Incident, OfferState

MOST = 3000
"""Characters of a brief, as many as a field of a form takes."""
ANSWERS = {
    "accept": ("accept", "accepted", "yes"),
    "decline": ("decline", "declined", "no", "can't", "cant"),
    "later": ("later", "wait", "5m", "5min", "time"),
    "withdraw": ("none", "withdraw", "nobody", "cancel", "back"),
}
"""What can be said about an offer instead of a person to make it to."""


def answer_in(text: str) -> tuple[str, str]:
    """What these words say about an offer, and the reason behind it; ("", text) when they name somebody."""
    first, rest = cut(text)
    word = first.lower().strip(".,:;!")
    return next(((name, rest) for name, words in ANSWERS.items() if word in words), ("", text))


def offer(
    incident: Incident, *, giver: str, person: str, by: str, brief: str, worry: str, now: datetime, lasts: timedelta,
    ref: str,
) -> CommandOffer:  # fmt: skip
    """The offer, to be stored before it is told (`offered`). Raises NotOpen and AlreadyThat."""
    lifecycle.require_open(incident, ref, "a hand-off of command")
    if person == giver:
        raise AlreadyThat(ref=ref, what="commanded by them")
    return CommandOffer(
        incident=incident.number or 0, giver=giver, person=person, by=by, brief=brief.strip()[:MOST],
        worry=worry.strip()[:MOST], offered_at=now, expires_at=now + lasts,
    )  # fmt: skip


def offered(row: CommandOffer) -> list[Fact]:
    return [
        CommandOffered(
            offer=row.id or 0, giver=row.giver, person=row.person, by=row.by, brief_hash=digest(row),
            expires_at=row.expires_at,
        )
    ]  # fmt: skip


def digest(row: CommandOffer) -> str:
    """The SHA-256 of what the other was told."""
    return hashlib.sha256(f"{row.brief}\n{row.worry}".encode()).hexdigest()


def more_time(row: CommandOffer, *, now: datetime, by: timedelta) -> list[Fact]:
    """The offer stands longer, once. Raises AskedForTime."""
    if row.state != OfferState.OFFERED:
        return []
    if row.extended:
        raise AskedForTime()
    row.extended, row.expires_at = 1, max(row.expires_at, now + by)
    return [MoreTimeAsked(offer=row.id or 0, giver=row.giver, person=row.person, until=row.expires_at)]


def accept(row: CommandOffer, *, now: datetime, since: datetime | None) -> list[Fact]:
    """Accepted, once. `since` is from when the giver had command."""
    if row.state != OfferState.OFFERED:
        return []
    row.state, row.settled_at = OfferState.ACCEPTED, now
    held = int((now - since).total_seconds()) if since else 0
    return [
        CommandHandedOver(
            offer=row.id or 0, giver=row.giver, person=row.person, by=row.by, brief_hash=digest(row), accepted_at=now,
            held=held,
        )
    ]  # fmt: skip


def end(
    row: CommandOffer, state: OfferState, *, now: datetime, by: str, reason: str = "", after: str | None = None
) -> list[Fact]:
    """It came to nothing: declined, expired or withdrawn; the giver keeps command. `after` is who could be asked."""
    if row.state != OfferState.OFFERED:
        return []
    row.state, row.settled_at = state, now
    return [
        OfferEnded(
            offer=row.id or 0, giver=row.giver, person=row.person, by=row.by, state=state, ended_by=by, reason=reason,
            next=after,
        )
    ]  # fmt: skip


def suggested(on_call: Sequence[str], without: Sequence[str]) -> str | None:
    """Who could be asked next: the first on call for command who has not been asked and does not have it."""
    return next((one for one in on_call if one not in without), None)
