"""Timers of paging: what is done when a level, a contact method, an acknowledgement or a pause falls due."""

from datetime import datetime, timedelta

from bot.domain.paging import escalation as escalations
from bot.domain.paging.facts import TimerWasLate
from bot.services.contact import steps
from bot.services.core import incident as incidents
from bot.services.core.clockwork import TimerKind, Timers
from bot.services.paging import acknowledgement, last_resort, pause
from bot.services.paging import escalations as escalation_service
from bot.work import Work
from storage.models import Escalation, EscalationState, Incident, Page

LATE = timedelta(seconds=60)


def lock_escalation(w: Work, number: int) -> None:
    row = w.peek(Escalation, number)
    if row and row.incident:
        w.lock(Incident, row.incident)


def _escalation(w: Work, number: int, due_at: datetime) -> None:
    row = w.session.get(Escalation, number)
    incident = incidents.find(w, row.incident) if row and row.incident else None
    escalation = w.lock(Escalation, number)
    if escalation is None or escalation.state != EscalationState.RUNNING:
        return
    _note_delay(w, "escalation", due_at, incident, escalation)
    for reason in escalations.overdue(escalation, due_at, w.now):
        escalation_service.advance(w, incident, escalation, reason)


def _lock_page(w: Work, number: int) -> None:
    row = w.peek(Page, number)
    if row and row.incident:
        w.lock(Incident, row.incident)


def _contact(w: Work, number: int, due_at: datetime) -> None:
    page = w.session.get(Page, number)
    if page is None:
        return
    incident = incidents.find(w, page.incident) if page.incident else None
    escalation = w.lock(Escalation, page.escalation)
    w.session.refresh(page)
    if escalation is not None:
        steps.due(w, incident, escalation, page)


def _of(w: Work, number: int) -> tuple[Incident | None, Escalation | None]:
    """An escalation with its incident, locked in this order."""
    row = w.session.get(Escalation, number)
    incident = incidents.find(w, row.incident) if row and row.incident else None
    return incident, w.lock(Escalation, number)


def _ack(w: Work, number: int, due_at: datetime) -> None:
    incident, escalation = _of(w, number)
    if escalation is not None:
        acknowledgement.check(w, incident, escalation, late=w.now - due_at > LATE)


def _resume(w: Work, number: int, due_at: datetime) -> None:
    incident, escalation = _of(w, number)
    if escalation is not None and escalation.state == EscalationState.PAUSED:
        _note_delay(w, "resume", due_at, incident, escalation)
        pause.wake(w, incident, escalation, "the pause is over")


def _alarm(w: Work, number: int, due_at: datetime) -> None:
    incident, escalation = _of(w, number)
    if incident is not None and escalation is not None:
        last_resort.again(w, incident, escalation)


def _note_delay(
    w: Work, timer: str, due_at: datetime, incident: Incident | None, escalation: Escalation | None
) -> None:
    """A timer that fired late is written down: the bot was down, and whoever reads the history must know."""
    late = w.now - due_at
    if late > LATE:
        fact = TimerWasLate(timer=timer, seconds=int(late.total_seconds()))
        w.record([fact], incident=incident, escalation=escalation)


TIMERS: Timers = {
    "escalation": TimerKind(lock_escalation, _escalation),
    "contact": TimerKind(_lock_page, _contact),
    "ack": TimerKind(lock_escalation, _ack),
    "resume": TimerKind(lock_escalation, _resume),
    "alarm": TimerKind(lock_escalation, _alarm),
}
