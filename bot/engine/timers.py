"""The loop that fires timers: asks the database what is due, applies each one's rule, sleeps until the next.

A commit that arms a timer wakes it at once. It holds no timer itself, so a restart loses none: what fell due meanwhile
fires in due order.
"""

import logging
import threading
from datetime import UTC, datetime

from bot import clock as clocks
from bot.crash_points import crashpoint
from bot.domain.core.errors import OfANewerRelease
from bot.services import timers as rules
from bot.work import WorkFactory
from storage import loss, timers

ALWAYS = datetime.max.replace(tzinfo=UTC)
MAX_WAIT = 1.0
RETRY_WAIT = 0.2

_log = logging.getLogger(__name__)


class TimerLoop:
    """`start()` runs it in its own thread."""

    def __init__(self, desk: WorkFactory) -> None:
        self._desk = desk
        self._wake = threading.Event()
        self._next = ALWAYS
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timers", daemon=True)
        self.beat = clocks.monotonic()

    def start(self) -> None:
        self._thread.start()

    def wake(self, due: datetime | None = None) -> None:
        """The clock was moved, or something was armed that is due then: only what comes first disturbs the sleep."""
        if due is None or due < self._next:
            self._wake.set()

    def stop(self, seconds: float = 5.0) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join(seconds)

    def alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self._next = ALWAYS  # until it is known what comes first, whatever is armed wakes
            self.beat = clocks.monotonic()
            try:
                pause = 0.0 if fire_due(self._desk) else self._pause()
            except Exception as error:
                if not loss.reason(error):  # that the database is away is said once, where it was found
                    _log.exception("timers could not be read; the loop tries again in a second")
                pause = 1.0
            if pause:
                self._wake.wait(pause)

    def _pause(self) -> float:
        with self._desk.read() as session:
            due = timers.next_due(session, rules.known())
        if due is None:
            return MAX_WAIT
        self._next = due
        left = (due - self._desk.clock.now()).total_seconds()
        if left <= 0:  # it is due and did not fire: it failed, or another replica has it in hand
            return RETRY_WAIT
        return min(MAX_WAIT, max(0.005, self._desk.clock.real_seconds(left)))


def fire_due(desk: WorkFactory) -> int:
    """Fires what is due now, each in its own transaction; how many had an effect.

    One that fails is tried again, and holds up none behind it, however many of them there are.
    """
    stuck = 0
    while True:
        with desk.read() as session:
            due = timers.due(session, desk.clock.now(), rules.known(), skip=stuck)
        fired = sum(_fire(desk, kind, subject) for kind, subject in due)
        if fired or len(due) < timers.MOST:
            return fired
        stuck += len(due)


def _fire(desk: WorkFactory, kind: str, subject: str) -> bool:
    crashpoint("timer_due")
    try:
        return rules.fire(desk, kind, subject)
    except OfANewerRelease:
        return False  # a replica that knows what stands there fires it
    except Exception as error:
        if loss.reason(error):
            raise
        _log.exception("timer %s of %s failed; it stays due and is tried again", kind, subject)
        return False
