"""Use cases of the clock: what a timer that is due does. One transaction each; firing twice is harmless."""

from datetime import datetime, timedelta

from bot.domain.core.people import TOCSIN
from bot.domain.facts import TimerWasLate
from bot.domain.paging import escalation as escalations
from bot.services.assistance import specialists, vendors  # fmt: skip
from bot.services.contact import reachability, steps
from bot.services.incidents import executives, lifecycle
from bot.services.paging import acknowledgement, last_resort, pause
from bot.services.paging import escalations as escalation_service
from bot.services.schedules import cover_requests, history
from bot.work import Desk, Work
from storage import timers
from storage.models import Escalation, Incident, Page

LATE = timedelta(seconds=60)


def fire(desk: Desk, kind: str, subject: str) -> bool:
    """Applies the rule of one due timer; False when it was disarmed, moved or taken meanwhile."""
    number = int(subject.partition(":")[2])
    with desk.work(TOCSIN) as w:
        LOCKS[kind](w, number)
        timer = timers.take(w.session, kind, subject, w.now)
        if timer is None:
            return False
        RULES[kind](w, number, timer.due_at)
    return True


def _lock_escalation(w: Work, number: int) -> None:
    row = w.peek(Escalation, number)
    if row and row.incident:
        w.lock(Incident, row.incident)


def _lock_incident(w: Work, number: int) -> None:
    w.lock(Incident, number)


def _escalation(w: Work, number: int, due_at: datetime) -> None:
    row = w.session.get(Escalation, number)
    incident = lifecycle.find(w, row.incident) if row and row.incident else None
    escalation = w.lock(Escalation, number)
    if escalation is None or escalation.state != "running":
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
    incident = lifecycle.find(w, page.incident) if page.incident else None
    escalation = w.lock(Escalation, page.escalation)
    w.session.refresh(page)
    if escalation is not None:
        steps.due(w, incident, escalation, page)


def _of(w: Work, number: int) -> tuple[Incident | None, Escalation | None]:
    """An escalation with its incident, locked in this order."""
    row = w.session.get(Escalation, number)
    incident = lifecycle.find(w, row.incident) if row and row.incident else None
    return incident, w.lock(Escalation, number)


def _ack(w: Work, number: int, due_at: datetime) -> None:
    incident, escalation = _of(w, number)
    if escalation is not None:
        acknowledgement.check(w, incident, escalation, late=w.now - due_at > LATE)


def _resume(w: Work, number: int, due_at: datetime) -> None:
    incident, escalation = _of(w, number)
    if escalation is not None and escalation.state == "paused":
        _note_delay(w, "resume", due_at, incident, escalation)
        pause.wake(w, incident, escalation, "the pause is over")


def _alarm(w: Work, number: int, due_at: datetime) -> None:
    incident, escalation = _of(w, number)
    if incident is not None and escalation is not None:
        last_resort.again(w, incident, escalation)


def _inform(w: Work, number: int, due_at: datetime) -> None:
    executives.inform(w, lifecycle.find(w, number))


def _raise(w: Work, number: int, due_at: datetime) -> None:
    executives.suggest_raise(w, lifecycle.find(w, number))


def _update(w: Work, number: int, due_at: datetime) -> None:
    lifecycle.due_update(w, lifecycle.find(w, number))


def _close(w: Work, number: int, due_at: datetime) -> None:
    lifecycle.propose_close(w, lifecycle.find(w, number))


def _note_delay(
    w: Work, timer: str, due_at: datetime, incident: Incident | None, escalation: Escalation | None
) -> None:
    """A timer that fired late is written down: the bot was down, and whoever reads the history must know."""
    late = w.now - due_at
    if late > LATE:
        fact = TimerWasLate(timer=timer, seconds=int(late.total_seconds()))
        w.record([fact], incident=incident, escalation=escalation)


def _lock_nothing(w: Work, number: int) -> None:
    """The timer itself is what is held."""


def _lock_cover(w: Work, number: int) -> None:
    cover_requests.lock(w, number)


def _rota(w: Work, number: int, due_at: datetime) -> None:
    history.follow(w, min(due_at, w.now))


def _reachability(w: Work, number: int, due_at: datetime) -> None:
    reachability.check(w)


def _cover(w: Work, number: int, due_at: datetime) -> None:
    cover_requests.due(w, number)


# Whoever acknowledges holds the incident and then deletes its timer: the other way round, both would wait for ever.
LOCKS = {"escalation": _lock_escalation, "contact": _lock_page, "update": _lock_incident, "close": _lock_incident,
         "ack": _lock_escalation, "resume": _lock_escalation, "alarm": _lock_escalation,
         "inform": _lock_incident, "raise": _lock_incident, "rota": _lock_nothing, "reachability": _lock_nothing,
         "cover": _lock_cover,
         "specialist": _lock_escalation, "vendor": vendors.lock}  # fmt: skip
RULES = {"escalation": _escalation, "contact": _contact, "update": _update, "close": _close,
         "ack": _ack, "resume": _resume, "alarm": _alarm, "inform": _inform, "raise": _raise,
         "rota": _rota, "reachability": _reachability, "cover": _cover,
         "specialist": specialists.silent, "vendor": vendors.silent}  # fmt: skip
