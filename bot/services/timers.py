"""Use cases of the clock, merged from the nouns: what a timer that is due does. One transaction each; firing twice is
harmless."""

from bot.domain.core.people import TOCSIN
from bot.domain.core.table import merged
from bot.services import nudges
from bot.services.assistance import timers as assistance
from bot.services.command import actions, decisions, handoff
from bot.services.contact import reachability
from bot.services.core.clockwork import TimerKind
from bot.services.incidents import timers as incidents
from bot.services.paging import timers as paging
from bot.services.schedules import timers as schedules
from bot.work import WorkFactory
from storage import timers

NOUNS = (schedules, reachability, paging, incidents, handoff, actions, decisions, assistance, nudges)
TIMERS: dict[str, TimerKind] = merged(noun.TIMERS for noun in NOUNS)


def known() -> tuple[str, ...]:
    """The kinds that this release fires. What only a newer one arms stays, for a replica that knows it."""
    return tuple(sorted(TIMERS))


def fire(desk: WorkFactory, kind: str, subject: str) -> bool:
    """Applies the rule of one due timer; False when it was disarmed, moved or taken meanwhile."""
    rule, number = TIMERS[kind], int(subject.partition(":")[2])
    with desk.work(TOCSIN) as w:
        rule.lock(w, number)
        timer = timers.take(w.session, kind, subject, w.now)
        if timer is None:
            return False
        rule.fire(w, number, timer.due_at)
    return True
