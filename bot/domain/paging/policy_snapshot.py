"""A policy as a running escalation keeps it: plain JSON, so that an edit of the file moves no page under way."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.catalog.sections.policies import Policy

DEFAULT_WAIT = timedelta(minutes=5)


def snapshot(policy: Policy, severity: str, ack: timedelta | None = None) -> dict[str, Any]:
    """The policy as plain JSON, lengths in seconds, levels from 0: what a running escalation keeps.

    `ack` is the severity's target: a policy of a single level without a wait of its own gives that much time.
    """
    levels = []
    alone = ack if len(policy.levels) == 1 else None
    for number, level in enumerate(policy.levels):
        wait = policy.wait(number, severity) or alone
        levels.append(
            {
                "to": [str(target) for target in level.to],
                "via": list(level.via),
                "wait": wait.total_seconds() if wait else None,
                "priority": level.priority,
                "priorities": dict(level.priorities),
                **({"only": list(level.only)} if level.only else {}),
            }
        )
    return {
        "levels": levels,
        "severity": severity,
        "repeat": policy.repeat,
        "ack_timeout": policy.ack_timeout.total_seconds() if policy.ack_timeout else None,
        "ack_timeout_from": policy.ack_timeout_from - 1 if policy.ack_timeout_from else None,
    }


def because(policy: dict[str, Any], why: str) -> dict[str, Any]:
    """The snapshot with what whoever asked for it said: everybody whom it pages reads that."""
    return {**policy, "because": why} if why else policy


def direct(targets: Iterable[str], wait: timedelta | None = None) -> dict[str, Any]:
    """The snapshot of a one-level policy for people who are paged by name."""
    seconds = (wait or DEFAULT_WAIT).total_seconds()
    return {"levels": [{"to": list(targets), "via": [], "wait": seconds}], "repeat": 2}
