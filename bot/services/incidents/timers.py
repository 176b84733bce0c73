"""Timers of incidents: updates that fall due, executives to inform, incidents to close, rooms renamed."""

from datetime import datetime

from bot.services.core import incident as incidents
from bot.services.core.clockwork import TimerKind, Timers
from bot.services.incidents import executives, holding, lifecycle, room_names
from bot.work import Work
from storage.models import Incident


def _lock_incident(w: Work, number: int) -> None:
    w.lock(Incident, number)


def _inform(w: Work, number: int, due_at: datetime) -> None:
    executives.inform(w, incidents.find(w, number))


def _update(w: Work, number: int, due_at: datetime) -> None:
    lifecycle.due_update(w, incidents.find(w, number))


def _close(w: Work, number: int, due_at: datetime) -> None:
    lifecycle.propose_close(w, incidents.find(w, number))


def _held(w: Work, number: int, due_at: datetime) -> None:
    holding.over(w, incidents.find(w, number))


def _renamed(w: Work, number: int, due_at: datetime) -> None:
    room_names.tell_nameless(w, incidents.find(w, number))


TIMERS: Timers = {
    "held": TimerKind(_lock_incident, _held),
    "update": TimerKind(_lock_incident, _update),
    "close": TimerKind(_lock_incident, _close),
    "inform": TimerKind(_lock_incident, _inform),
    room_names.TIMER: TimerKind(_lock_incident, _renamed),
}
