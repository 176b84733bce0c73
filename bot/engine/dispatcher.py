"""Sends what is owed: claims deliveries, composes them, hands them to an integration, settles the outcome.

One loop claims; two senders are reserved for pages in Slack, two for pages by other ways, which must not wait while
Slack hangs; the others serve the rest. A claim holds a lease with a token, and an outcome is accepted only from the
holder, so a sender that hung cannot overwrite what came after it.
"""

import logging
import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Protocol

from sqlmodel import Session

from bot import clock as clocks
from bot.crash_points import crashpoint
from bot.deliveries import kinds, outcomes
from bot.domain.core import refusals
from bot.domain.core.errors import OfANewerRelease
from bot.domain.core.people import TOCSIN
from bot.engine import retry
from bot.engine.outage import AWAY, Outage
from bot.engine.pacing import PER_SECOND, Pacer
from bot.engine.queue import Queue
from bot.engine.recorder import Known, Recorder
from bot.engine.sender_pools import Line
from bot.engine.settlement import Claimed, Lapsed, digest_of, fault, known, left
from bot.integrations.outbound import Look, NoAddress, Outbound
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent
from bot.work import WorkFactory
from storage import loss, outbox
from storage.models import Delivery

LEASE = 15.0
PATIENCE, GLANCE = 1.0, 0.02

_log = logging.getLogger(__name__)


class Integration(Protocol):
    """Something that can send. `ambiguous`: an earlier attempt may have arrived, so look before sending again; `plain`:
    without anything that could be refused, for the last time."""

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome: ...


Compose = Callable[[Session, Delivery], Outbound]


class Dispatcher:
    """`start()` runs it in its own threads; `stop()` lets what is under way end."""

    def __init__(
        self,
        desk: WorkFactory,
        compose: Compose,
        integration: Integration,
        *,
        observe: "Observer",
        pace: float = PER_SECOND,
        lease: float = LEASE,
        patience: float = PATIENCE,
    ) -> None:
        self._desk, self._compose, self._integration, self._observe = desk, compose, integration, observe
        self._pacer, self.outage = Pacer(pace), Outage()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._free = {line: threading.Semaphore(line.senders) for line in Line}
        self._pools = {line: ThreadPoolExecutor(line.senders, thread_name_prefix=line.value) for line in Line}
        self._loop = threading.Thread(target=self._run, name="dispatcher", daemon=True)
        self.beat = clocks.monotonic()
        self.under_way = 0
        self._count = threading.Lock()
        self._lease, self._patience = lease, patience
        self._queue = Queue(desk, lease)
        self._recorder = Recorder(desk, self._queue, lease)
        self._renewed = self._served = clocks.monotonic()
        self._taken: dict[int, Claimed] = {}

    def start(self) -> None:
        self._recorder.start()
        self._loop.start()

    def wake(self) -> None:
        """Something may be owed: it is looked for."""
        self.owed(())

    def owed(self, ids: Collection[int]) -> None:
        """These deliveries were committed."""
        self._queue.tell(ids)
        self._wake.set()

    def stop(self, seconds: float = 10.0) -> None:
        """Claims nothing more and sends what was claimed: another replica would wait for the lease of each."""
        self._stopping.set()
        self._wake.set()
        crashpoint("draining")
        self._loop.join(seconds)
        for pool in self._pools.values():
            pool.shutdown(wait=True)
        self._recorder.stop(seconds)

    def alive(self) -> bool:
        return self._loop.is_alive() and self._recorder.alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self.beat = clocks.monotonic()
            try:
                self._renew()
                self._queue.look()
                busy = self._round(Line.PAGES) + self._round(Line.WAYS)
                gives_way = self._gives_way()
                busy += 0 if gives_way else self._round(Line.REST)
                pause = 0.0 if busy else GLANCE if gives_way else self._queue.pause()
            except Exception as error:
                if loss.reason(error):  # that it is away is said once, where it was found
                    self._queue.lost()
                else:
                    _log.exception("the dispatcher could not claim; it tries again in a second")
                pause = 1.0
            if pause:
                self._wake.wait(pause)

    def _gives_way(self) -> bool:
        """In a crowd of people who wait for an answer, pages go out and all the rest waits, for a second at most."""
        now = clocks.monotonic()
        if self._desk.crowded() and now - self._served < self._patience:
            return True
        self._served = now
        return False

    def _renew(self) -> None:
        """Keeps what is being sent here from being sent elsewhere too; a process that stands still renews nothing."""
        now = clocks.monotonic()
        if now - self._renewed < self._lease / 3:
            return
        self._renewed = now
        with self._count:
            taken = list(self._taken.values())
        self._queue.renew(taken)

    def _round(self, line: Line) -> int:
        """Claims as many as there are free senders."""
        room = 0
        while self._free[line].acquire(blocking=False):
            room += 1
        if not room:
            return 0
        claimed: list[Claimed] = []
        try:
            claimed = self._claim(room, line)
        finally:  # a database that is away must not use up the senders
            for _ in range(room - len(claimed)):
                self._free[line].release()
        for one in claimed:
            self._pools[line].submit(self._deliver, one)
        return len(claimed)

    def _claim(self, limit: int, line: Line) -> list[Claimed]:
        claimed = self._queue.claim(line, limit)
        if claimed:
            crashpoint("claimed")
            with self._count:
                self._taken |= {one.row.id or 0: one for one in claimed}
                self.under_way += len(claimed)
        return claimed

    def _deliver(self, claimed: Claimed) -> None:
        try:
            self._send_and_settle(claimed)
        except Exception as error:
            tell = _log.warning if loss.reason(error) else _log.exception
            tell("delivery %s (%s) could not be settled; its lease will run out", claimed.row.id, claimed.row.kind)
            self._queue.back(claimed, None)
        finally:
            with self._count:
                ident = claimed.row.id or 0
                if self._taken.get(ident) is claimed:  # and not claimed again already
                    del self._taken[ident]
                self.under_way -= 1
            self._free[Line.of(claimed.row)].release()
            self._wake.set()

    def _send_and_settle(self, claimed: Claimed) -> None:
        started = clocks.real()
        try:
            outcome = self._attempt(claimed)
        except Lapsed:
            _log.warning("delivery %s (%s) was claimed too long ago to be sent by us", claimed.row.id, claimed.row.kind)
            self._queue.back(claimed, None)
            return
        except OfANewerRelease as unknown:
            self._queue.back(claimed, left(self._desk, claimed, unknown, clocks.real()))
            return
        crashpoint("sent_not_recorded")
        ended = clocks.real()
        self._observe.attempt(claimed.row, outcome, (ended - started).total_seconds())
        self._recorder.record(Known(claimed, outcome, started, ended))

    def _attempt(self, claimed: Claimed) -> Outcome:
        """What is told as one after an outage is held until then; it only looks whether Slack is back."""
        row = claimed.row
        if row.kind in kinds.DIGESTED and self.outage.away():
            looked = self._weathered(claimed, self._sent(row, Look(), plain=False))
            return Retry(Reason.WAITING, "Slack is back", retry.WAIT_LEAST) if isinstance(looked, Sent) else looked
        try:
            with self._desk.read() as session:
                item = self._compose(session, row)
        except NoAddress as error:
            return Failed(Reason.PERMANENT, str(error), refusals.NO_ADDRESS)
        except Exception as error:
            if isinstance(error, OfANewerRelease) or loss.reason(error):
                raise  # the other release sends it; or its lease runs out, and it is sent when the database is back
            _log.exception("delivery %s (%s) could not be composed", row.id, row.kind)
            return Failed(Reason.POISON, f"could not be composed: {fault(error)}")
        digest = digest_of(item)
        if digest and digest == self._last_digest(row):
            return Sent({"nothing": "it shows this already", "digest": digest})
        paced = item.pace()
        target = self._pacer.place(paced) if paced else None
        if target and (seconds := self._pacer.wait(target, urgent=claimed.is_page)) > 0:
            return Retry(Reason.WAITING, f"pacing {target}", seconds, gate=target)
        crashpoint("before_send" if row.ambiguous_since is None else "reconciling")
        self._require_lease(claimed)
        plain = bool(row.payload.get("plain"))
        outcome = self._sent(row, item, plain)
        if paced and isinstance(outcome, Sent) and outcome.posted:
            self._pacer.found(paced, f"post {outcome.result['channel']}")
        if item.proves_slack:
            outcome = self._weathered(claimed, outcome)
        return known(row, item, digest, outcome)

    def _require_lease(self, claimed: Claimed) -> None:
        """Whoever stood still since the claim must not send what somebody else may have taken over. Raises Lapsed."""
        if clocks.monotonic() - claimed.since < self._lease / 2:
            return
        with self._desk.read() as session:
            if not outbox.is_held(session, claimed.row.id or 0, claimed.lease, clocks.real()):
                raise Lapsed

    def _weathered(self, claimed: Claimed, outcome: Outcome) -> Outcome:
        """What waited for Slack to come back leaves as soon as one delivery gets through."""
        if self.outage.saw(outcome, clocks.monotonic()):
            if not self._hurry(fold=True):
                self._hurry(fold=False)
            self.outage.over()
        if isinstance(outcome, Retry) and outcome.reason in AWAY and outcome.after is None:
            usual = retry.delay(claimed.row.attempts, page=claimed.is_page, after=None)
            return replace(outcome, after=self.outage.wait(usual, clocks.monotonic()))
        return outcome

    def _hurry(self, *, fold: bool) -> bool:
        """The delivery that showed it has arrived: that is recorded, whatever becomes of this. Whether it was done."""
        try:
            with self._desk.work(TOCSIN) as w:
                if fold:
                    outcomes.back(w)
                outbox.hurry(w.session, clocks.real(), without=kinds.BEYOND_SLACK)
        except Exception:
            _log.exception("Slack is back; what waited for it leaves in its own time")
            return False
        return True

    def _sent(self, row: Delivery, item: Outbound, plain: bool) -> Outcome:
        """An integration that breaks may have done its work: that is an attempt, to be looked after."""
        try:
            return self._integration.send(item, ambiguous=row.ambiguous_since is not None, plain=plain)
        except Exception as error:
            _log.exception("delivery %s (%s) broke its integration", row.id, row.kind)
            return Retry(Reason.AMBIGUOUS, f"broke the integration: {fault(error)}")

    def _last_digest(self, row: Delivery) -> str | None:
        """What this surface shows now, as far as we know: the digest of what was last sent on its lane."""
        draws = kinds.DRAWS.get(row.kind)
        if draws is None or row.ambiguous_since is not None:
            return None
        with self._desk.read() as session:
            return outbox.last_digest(session, row, draws)


class Observer(Protocol):
    """Counts what happens."""

    def attempt(self, row: Delivery, outcome: Outcome, seconds: float) -> None: ...
