"""How the ways to reach people stand, judged by the latest attempts: what gets through, what fails, what is refused.

Pure; real time. Slack is a way like the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.contact.methods import SLACK
from storage.models import AttemptOutcome

RECENT = timedelta(seconds=60)
"""Attempts that are older say nothing about now."""
ENOUGH = 2
"""Failures in a row, the last of them the latest attempt, that make a way one that is down."""
FAILURES = frozenset({AttemptOutcome.NOT_APPLIED, AttemptOutcome.AMBIGUOUS})
"""Outcomes that are the other side's failure. Whoever refuses one message has answered."""
REFUSED, DOWN = "refused", "down"
REASONS = {
    AttemptOutcome.NOT_APPLIED: "cannot be connected to",
    AttemptOutcome.AMBIGUOUS: "does not answer as it should",
}
FILES = "files"
"""Slack's store of files, which may be away while its messages are not."""
MIRROR = "mirror"
"""PagerDuty's other interface: not a way to reach anybody, but it has credentials of its own."""

TICKETS = "tickets"
"""The tracker in which tickets of incidents are made."""


@dataclass(frozen=True)
class Attempted:
    """One attempt: by which way, how it ended, and when."""

    via: str
    outcome: AttemptOutcome
    at: datetime


@dataclass(frozen=True)
class ProviderTrouble:
    """`cause` is refused (credentials) or down; `reason` the end of a sentence that begins with the way."""

    cause: str
    reason: str
    since: datetime


def down(tries: Sequence[Attempted], now: datetime, *, parked: bool, away: bool) -> dict[str, str]:
    """The ways that do not get through now, each with the reason. `tries` oldest first.

    `parked`: deliveries wait for credentials that Slack accepts; `away`: we have had no connection to Slack for long.
    """
    found: dict[str, str] = {}
    recent = [one for one in tries if now - one.at <= RECENT and one.outcome != AttemptOutcome.NOTHING]
    for via in dict.fromkeys(one.via for one in recent):
        last = [one.outcome for one in recent if one.via == via][-ENOUGH:]
        if len(last) == ENOUGH and all(one in FAILURES for one in last):
            found[via] = REASONS[last[-1]]
    if parked:
        found[SLACK] = "refuses our credentials"
    elif away and not any(one.via == SLACK and one.outcome == AttemptOutcome.SENT for one in recent):
        found.setdefault(SLACK, "has no connection to us")
    return found


def accepted(tries: Sequence[Attempted], via: str, since: datetime) -> bool:
    """Whether a way that was refused has taken something since."""
    return any(one.via == via and one.outcome == AttemptOutcome.SENT and one.at > since for one in tries)
