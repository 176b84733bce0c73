"""Timers of contact: the nightly look at who can be reached."""

from datetime import datetime

from bot.services.contact import reachability
from bot.work import Work


def _reachability(w: Work, number: int, due_at: datetime) -> None:
    reachability.check(w)
