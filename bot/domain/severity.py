"""How bad it is: the order of the severities and what each one's policy row means for an incident."""

from datetime import datetime, timedelta

ORDER = ("SEV-1", "SEV-2", "SEV-3", "SEV-4")


def is_worse(a: str, b: str) -> bool:
    """Is `a` more severe than `b`?"""
    return ORDER.index(a) < ORDER.index(b)


def next_update(now: datetime, cadence: timedelta | None) -> datetime | None:
    """When the next update is due; None where the severity asks for none."""
    return now + cadence if cadence else None
