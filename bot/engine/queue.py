"""The queue of what is owed: the agenda says whose turn it is, the database gives it out, under a lease.

Whoever owes something tells its number after the commit. What another replica owes is found by a look at what is new,
once a second, and by a look at everything, now and then: numbers are given out before the commit, and a process may die
between the two.
"""

import threading
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from uuid import uuid4

from bot import clock as clocks
from bot.domain.core.people import TOCSIN
from bot.engine.agenda import Agenda
from bot.engine.auditor import COMMITTED
from bot.engine.sender_pools import Line
from bot.engine.settlement import Claimed
from bot.work import WorkFactory
from storage import claims, outbox
from storage.claims import Owed
from storage.models import Delivery, DeliveryState

POLL = 1.0
RENEWALS = 4  # a delivery takes several calls; who holds one for longer than a minute hangs
SWEEP, SHARE = 10.0, 50
"""Seconds between two looks at everything, which take a fiftieth of the time at most."""


class Queue:
    """Asked by the dispatcher's loop and told by its senders."""

    def __init__(self, desk: WorkFactory, lease: float, monotonic: Callable[[], float] = clocks.monotonic) -> None:
        self._desk, self._lease, self._monotonic = desk, lease, monotonic
        self._lock = threading.Lock()
        self._agenda = Agenda()
        self._told: set[int] = set()
        self._returned: set[int] = set()
        self._kept: set[int] = set()
        self._polled = self._swept = self._marked = self._lost = float("-inf")
        self._pause = SWEEP
        self._seen = self._highest = 0

    def tell(self, ids: Collection[int]) -> None:
        """These were owed, changed or taken back, and that is committed; without any: something was, somewhere."""
        with self._lock:
            self._told.update(ids)
            if not ids:
                self._polled = float("-inf")

    def doubt(self) -> None:
        """What is known may not be so: everything is read anew."""
        self._swept = float("-inf")

    def lost(self) -> None:
        """The database was away just now. A lease that ran out meanwhile says nothing of who holds it."""
        self._lost = self._monotonic()

    def _spares(self) -> bool:
        """Whether who lives is given the time to renew first; where nobody else claims there is no need to."""
        return not self._desk.database.is_sqlite and self._monotonic() - self._lost < self._lease / 2

    def look(self) -> None:
        """Takes in what is new. It costs what is new, not what waits."""
        seconds = self._monotonic()
        if seconds - self._swept >= self._pause:
            self._sweep(seconds)
        with self._lock:
            told, self._told = self._told, set()
            self._returned.clear()
        poll = seconds - self._polled >= POLL
        if not told and not poll:
            return
        try:
            with self._desk.read() as session:
                rows = claims.these(session, told) if told else []
                if poll:
                    rows += claims.newer(session, self._seen)
                    self._mark(claims.last(session), seconds)
        except Exception:
            self.doubt()
            raise
        self._polled = seconds if poll else self._polled
        now = clocks.real()
        with self._lock:
            for ident in told - {row.id for row in rows} - self._returned:
                self._agenda.settled(ident, now)
            for row in self._fresh(rows):
                self._agenda.learn(row, now)

    def _sweep(self, seconds: float) -> None:
        with self._lock:
            before, self._told = self._agenda.known, set()
            self._returned.clear()
        with self._desk.read() as session:
            self._mark(claims.last(session), seconds)
            rows = claims.unsettled(session)
        with self._lock:
            self._agenda.reconcile(self._fresh(rows), before - self._returned, clocks.real(), kept=self._kept)
        self._swept = self._polled = self._monotonic()
        self._pause = max(SWEEP, SHARE * (self._swept - seconds))

    def _fresh(self, rows: Collection[Owed]) -> list[Owed]:
        """In order, without those that came back while these were read: what came back is newer."""
        return sorted((row for row in rows if row.id not in self._returned), key=lambda row: row.id)

    def _mark(self, last: int, seconds: float) -> None:
        """Up to `_seen` all is known: nothing before it can still be committed."""
        if self._desk.database.is_sqlite:
            self._seen = self._highest = last
        elif seconds - self._marked >= COMMITTED:
            self._seen, self._highest, self._marked = self._highest, last, seconds

    def claim(self, line: Line, most: int) -> list[Claimed]:
        """Up to so many of a line, leased to the caller, who has to bring each back."""
        now, began = clocks.real(), self._monotonic()
        with self._lock:
            ids = self._agenda.take(line, most, now, began)
        if not ids:
            return []
        lease = uuid4().hex
        try:
            with self._desk.work(TOCSIN) as w:
                rows = claims.claim(
                    w.session, now, lease=lease, seconds=self._lease, ids=ids, seen=self._seen, spare=self._spares()
                )
                for row in rows:
                    w.session.expunge(row)
                given = {row.id for row in rows}
                kept = [ident for ident in ids if ident not in given]
                others = {row.id: row for row in claims.these(w.session, kept)}
        except BaseException:
            with self._lock:
                self._agenda.give_back(ids, clocks.real())
            raise
        with self._lock:
            for ident in kept:
                self._agenda.refused(ident, others.get(ident), clocks.real())
        return [Claimed(row, lease, began) for row in rows]

    def renew(self, many: Iterable[Claimed]) -> None:
        """What is held here is held for another lease, but for what has been held for too long."""
        now = self._monotonic()
        held = {one.row.id or 0: one.lease for one in many if now - one.since < RENEWALS * self._lease}
        if held:
            with self._desk.work(TOCSIN) as w:
                outbox.renew(w.session, held, clocks.real() + timedelta(seconds=self._lease))

    def keep(self, claimed: Claimed) -> None:
        """It is done, and that cannot be recorded yet: it is not claimed here again, even when its lease runs out."""
        with self._lock:
            self._kept.add(claimed.row.id or 0)

    def back(self, claimed: Claimed, row: Delivery | None, gate: str = "", after: float | None = None) -> None:
        """What became of it; None when nobody knows, so that the database is asked again."""
        now, seconds, ident = clocks.real(), self._monotonic(), claimed.row.id or 0
        with self._lock:
            self._returned.add(ident)
            self._kept.discard(ident)
            if row is None:
                self._agenda.give_back([ident], now)
            elif row.state in DeliveryState.UNSETTLED:
                self._agenda.came_back(Owed.of(row), now, seconds, gate=gate, after=after or 0.0)
            else:
                self._agenda.settled(ident, now)

    def pause(self) -> float:
        """Seconds until it is worth asking again, at most one: what another replica owes wakes no one here."""
        with self._lock:
            return self._agenda.pause(clocks.real(), self._monotonic(), POLL)
