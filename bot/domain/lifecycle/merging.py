"""Rules of merging: two incidents are the same one, so one of them ends, and the work goes on in the other."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.core.errors import DomainError, NotOpen
from bot.domain.core.fact import Fact
from bot.domain.incidents.lifecycle import MAX_TEXT, is_open
from bot.domain.incidents.states import Step, move, require, require_accepted
from bot.domain.incidents.visibility import is_public
from bot.domain.lifecycle.facts import ClockSet, IncidentAbsorbed, IncidentMerged
from storage.models import Incident, IncidentStatus


class WithItself(DomainError):
    """{ref} can't be merged into itself. Say which other one it is the same as: `/incident merge {ref} into ...`."""


class PrivateAndPublic(DomainError):
    """One of {ref} and {other} is private, and merging would show it to those who may not know of it, so nothing was
    changed. Cancel the public one, or keep both.
    """


class DrillAndReal(DomainError):
    """One of {ref} and {other} is a drill, and drills count nowhere, so nothing was changed."""


def check(loser: Incident, winner: Incident, *, ref: str, other: str) -> None:
    """Raises what speaks against it. `ref` ends, and `other` goes on."""
    if loser.number == winner.number:
        raise WithItself(ref=ref)
    require(loser, Step.MERGE, ref)
    if not loser.unaccepted or winner.status == IncidentStatus.MERGED:
        require_accepted(winner, other, "merging something into it")
    if not is_open(winner):
        raise NotOpen(ref=other, status=winner.status, what="merging something into it")
    if is_public(loser) != is_public(winner):
        raise PrivateAndPublic(ref=ref, other=other)
    if loser.drill != winner.drill:
        raise DrillAndReal(ref=ref, other=other)


def merge(
    loser: Incident,
    winner: Incident,
    *,
    now: datetime,
    ref: str,
    other: str,
    reason: str = "",
    left: Sequence[str] = (),
) -> tuple[list[Fact], list[Fact]]:
    """What became true of the one that ends, and of the one that goes on. The trouble began when the first began.
    `left` is what the one that ends leaves open, in words.
    """
    check(loser, winner, ref=ref, other=other)
    move(loser, Step.MERGE, IncidentStatus.MERGED)
    loser.merged_into, loser.closed_at, loser.next_update_at = winner.number, now, None
    ended = IncidentMerged(into=winner.number or 0, ref=other, reason=reason.strip()[:MAX_TEXT])
    absorbed: list[Fact] = [
        IncidentAbsorbed(other=loser.number or 0, ref=ref, title=loser.title, left=list(left)),
    ]
    if loser.started_at < winner.started_at:
        absorbed.append(ClockSet(clock="started", at=loser.started_at, was=winner.started_at))
        winner.started_at = loser.started_at
    return [ended], absorbed
