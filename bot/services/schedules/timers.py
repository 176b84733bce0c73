"""Timers of schedules: what is done when a shift changes or a request for cover falls due."""

from datetime import datetime

from bot.services.core.clockwork import TimerKind, Timers, lock_nothing
from bot.services.schedules import cover_requests, history
from bot.work import Work


def _rota(w: Work, number: int, due_at: datetime) -> None:
    history.follow(w, min(due_at, w.now))


def _cover(w: Work, number: int, due_at: datetime) -> None:
    cover_requests.due(w, number)


TIMERS: Timers = {
    "rota": TimerKind(lock_nothing, _rota),
    "cover": TimerKind(cover_requests.lock, _cover),
}
