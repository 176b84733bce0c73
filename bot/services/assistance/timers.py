"""Timers of asking further: specialists and vendors who have not answered in the promised time."""

from bot.services.assistance import specialists, vendors
from bot.services.core.clockwork import TimerKind, Timers
from bot.services.paging.timers import lock_escalation

TIMERS: Timers = {
    "specialist": TimerKind(lock_escalation, specialists.silent),
    "vendor": TimerKind(vendors.lock, vendors.silent),
}
