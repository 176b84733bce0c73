"""How the ways to reach people stand, judged by the latest attempts: what gets through, what fails, what is refused.

Pure; real time. Slack is a way like the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.contact.methods import SLACK

RECENT = timedelta(seconds=60)
"""Attempts that are older say nothing about now."""
ENOUGH = 2
"""Failures in a row, the last of them the latest attempt, that make a way one that is down."""
FAILURES = frozenset({"not_applied", "ambiguous"})
"""Outcomes that are the other side's failure. Whoever refuses one message has answered."""
UNASKED = "nothing"
"""Outcome of an attempt for which nobody was asked anything, as there was nothing to say."""
REFUSED, DOWN = "refused", "down"
REASONS = {
    "not_applied": "cannot be connected to",
    "ambiguous": "does not answer as it should",
}
MIRROR = "mirror"
"""PagerDuty's other interface: not a way to reach anybody, but it has credentials of its own."""


@dataclass(frozen=True)
class Attempted:
    """One attempt: by which way, how it ended, and when."""

    via: str
    outcome: str
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
    recent = [one for one in tries if now - one.at <= RECENT and one.outcome != UNASKED]
    for via in dict.fromkeys(one.via for one in recent):
        last = [one.outcome for one in recent if one.via == via][-ENOUGH:]
        if len(last) == ENOUGH and all(one in FAILURES for one in last):
            found[via] = REASONS[last[-1]]
    if parked:
        found[SLACK] = "refuses our credentials"
    elif away and not any(one.via == SLACK and one.outcome == "sent" for one in recent):
        found.setdefault(SLACK, "has no connection to us")
    return found


def accepted(tries: Sequence[Attempted], via: str, since: datetime) -> bool:
    """Whether a way that was refused has taken something since."""
    return any(one.via == via and one.outcome == "sent" and one.at > since for one in tries)
