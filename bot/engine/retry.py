"""When a failed attempt is tried again, and when nobody tries any more. Pure."""

import random
from datetime import timedelta

from bot.integrations.outcome import Reason

NOT_ATTEMPTS = (Reason.RATE, Reason.WAITING)
GIVE_UP_AFTER = timedelta(hours=6)
PAGE_WAIT_MOST = 30.0
FOR_ANOTHER_RELEASE = timedelta(minutes=1)
"""For so long what this release does not know keeps its place: an upgrade has a replica that does beside us."""
WAIT_LEAST = 0.05


def delay(attempts: int, *, page: bool, after: float | None) -> float:
    """Seconds until the next attempt: what the other side asked for, else full jitter over a doubling bound.

    Pages wait at most 10 s, everything else at most 60 s. `after` wins, but no page sleeps for longer than 30 s
    because it was told to: asking too early costs a refusal, asking too late costs the night.
    """
    if after is not None:
        return max(WAIT_LEAST, min(after, PAGE_WAIT_MOST) if page else after)
    bound: float = min(0.5 * 2 ** min(attempts, 10), 10.0 if page else 60.0)
    return bound * random.uniform(0.5, 1.0)


def patience(age: timedelta) -> float:
    """Seconds until what waits for something else of ours looks again: a tenth of its age, 0.2 to 5 s.

    Slack may be away for long: hundreds of deliveries that look five times a second would take the database from
    people.
    """
    return min(5.0, max(0.2, age.total_seconds() / 10))


def hopeless(age: timedelta, after: timedelta | None, *, page: bool) -> bool:
    """Posts are given up `after` so long, or after six hours when their kind does not say.

    A page is owed until somebody answers or the escalation ends.
    """
    return not page and age > (after or GIVE_UP_AFTER)
