"""Use cases of the clock: what a timer that is due does. One transaction each; firing twice is harmless."""

from bot.domain.core.people import TOCSIN
from bot.services.assistance import specialists, vendors
from bot.services.contact.timers import _reachability
from bot.services.incidents.timers import _close, _inform, _lock_incident, _raise, _update
from bot.services.paging.timers import _ack, _alarm, _contact, _escalation, _lock_escalation, _lock_page, _resume
from bot.services.schedules.timers import _cover, _lock_cover, _lock_nothing, _rota
from bot.work import WorkFactory
from storage import timers


def fire(desk: WorkFactory, kind: str, subject: str) -> bool:
    """Applies the rule of one due timer; False when it was disarmed, moved or taken meanwhile."""
    number = int(subject.partition(":")[2])
    with desk.work(TOCSIN) as w:
        LOCKS[kind](w, number)
        timer = timers.take(w.session, kind, subject, w.now)
        if timer is None:
            return False
        RULES[kind](w, number, timer.due_at)
    return True


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
