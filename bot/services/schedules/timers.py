"""Timers of schedules: what is done when a shift changes or a request for cover falls due."""

from datetime import datetime

from bot.services.schedules import cover_requests, history
from bot.work import Work


def _lock_nothing(w: Work, number: int) -> None:
    """The timer itself is what is held."""


def _lock_cover(w: Work, number: int) -> None:
    cover_requests.lock(w, number)


def _rota(w: Work, number: int, due_at: datetime) -> None:
    history.follow(w, min(due_at, w.now))


def _cover(w: Work, number: int, due_at: datetime) -> None:
    cover_requests.due(w, number)
