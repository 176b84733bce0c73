"""Records what became of what was sent; what cannot be recorded now is kept in memory and tried again until it can.

Whoever stands still may hold the lock of an incident, and a database may be away for a while. An outcome that were
forgotten for that would be made anew: the page would be sent a second time. So the lease is renewed meanwhile, for as
long as any sender's may be; a process that dies forgets, and what it sent is looked after by the next.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError

from bot import clock as clocks
from bot.crash_points import crashpoint
from bot.engine.queue import Queue
from bot.engine.settlement import Claimed, settled
from bot.integrations.outcome import Outcome, Retry
from bot.work import WorkFactory
from storage import loss

AGAIN = 1.0
"""Seconds between two tries."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """What became of a delivery that is ours."""

    claimed: Claimed
    outcome: Outcome
    started: datetime
    ended: datetime

    @property
    def ident(self) -> int:
        return self.claimed.row.id or 0

    @property
    def held_with(self) -> str:
        """Those that have this in common wait for the same lock."""
        incident = self.claimed.row.payload.get("incident")
        return f"incident {incident}" if incident else f"delivery {self.ident}"

    @property
    def is_final(self) -> bool:
        """Nobody is to try again. What is to be tried again is kept from nobody, once its lease has run out."""
        return not isinstance(self.outcome, Retry)


class Recorder:
    """`start()` begins the thread that tries again; `stop()` lets it try once more."""

    def __init__(self, desk: WorkFactory, queue: Queue, lease: float) -> None:
        self._desk, self._queue, self._lease = desk, queue, lease
        self._kept: dict[int, Known] = {}
        self._lock = threading.Lock()
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float) -> None:
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def alive(self) -> bool:
        return self._thread.is_alive()

    def record(self, known: Known) -> None:
        """Now, or as soon as it can be. Raises what a database's trouble does not explain."""
        try:
            self._settle(known)
        except Exception as error:
            if not _passes(error):
                raise
            _log.warning(
                "delivery %s (%s): its outcome is known and cannot be recorded now; it is tried again until it can",
                known.ident,
                known.claimed.row.kind,
            )
            self._keep(known)

    def _settle(self, known: Known) -> None:
        row = settled(self._desk, known.claimed, known.outcome, started=known.started, ended=known.ended)
        crashpoint("settled")
        if isinstance(known.outcome, Retry):
            self._queue.back(known.claimed, row, known.outcome.gate, known.outcome.after)
        else:
            self._queue.back(known.claimed, row)

    def _keep(self, known: Known) -> None:
        if known.is_final:
            self._queue.keep(known.claimed)
        with self._lock:
            self._kept[known.ident] = known
        self._renew([known])  # by whoever sent it: the other thread may be waiting for a lock
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait(min(AGAIN, self._lease / 3) if self._kept else None)
            self._wake.clear()
            last = self._stopping.is_set()
            try:
                self._round()
            except Exception:
                _log.exception("what became of deliveries could not be recorded; it is tried again in a second")
            if last:
                return

    def _round(self) -> None:
        """Tries each. Where one waited in vain for a lock, those that would wait for it too have their turn later."""
        held: set[str] = set()
        with self._lock:
            kept = list(self._kept.values())
        for known in kept:
            if known.held_with in held:
                continue
            self._renew(kept)
            if self._again(known):
                self._forget(known)
            else:
                held.add(known.held_with)

    def _again(self, known: Known) -> bool:
        """Whether it is recorded, or nothing to us any more."""
        try:
            self._settle(known)
        except Exception as error:
            lapsed = clocks.monotonic() - known.claimed.since > self._lease
            if _passes(error) and (known.is_final or not lapsed):
                return False
            if not _passes(error):
                _log.exception("delivery %s could not be settled; its lease will run out", known.ident)
            self._queue.back(known.claimed, None)
        return True

    def _forget(self, known: Known) -> None:
        with self._lock:
            if self._kept.get(known.ident) is known:  # and not claimed and sent again meanwhile
                del self._kept[known.ident]

    def _renew(self, many: list[Known]) -> None:
        try:
            self._queue.renew(known.claimed for known in many if known.is_final)
        except Exception as error:
            if not _passes(error):
                _log.exception("leases could not be renewed")


def _passes(error: Exception) -> bool:
    """A lock that another holds, or a database that is away: not for good."""
    return isinstance(error, OperationalError) or bool(loss.reason(error))
