"""Whose turn it is: what is owed, kept in memory by lane, by time and by what lets it pass. Pure; knows no database.

Of each lane only the first delivery is looked at, and of all that wait at the same gate (a channel's pace, a method's
limit) only one goes to see whether it is open. So a look costs the same however much waits. The database is the truth:
what is kept here is only where to ask, and it refuses whoever comes too early.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from bot.engine.sender_pools import Line
from storage.claims import Owed
from storage.models import DeliveryState

AGAIN = timedelta(seconds=0.25)
"""How long what the database refused is left alone."""

Turn = tuple[int, int, int]
"""Priority, number, and which of its placings this is: it has moved on when there was a later one."""


@dataclass
class Gate:
    """Something that lets one through at a time: who waits, when it opens next, and who is trying it."""

    waiting: list[Turn] = field(default_factory=list)
    opens: float = 0.0
    trying: int | None = None


class Agenda:
    """`now` is the real time, `seconds` the monotonic one."""

    def __init__(self) -> None:
        self._rows: dict[int, Owed] = {}
        self._lanes: dict[str, list[int]] = {}
        self._waiting_for: dict[int, list[int]] = {}
        self._ready: dict[Line, list[Turn]] = {line: [] for line in Line}
        self._asleep: list[tuple[datetime, int, int]] = []
        self._gates: dict[str, Gate] = {}
        self._closed: list[tuple[float, str]] = []
        self._trying: dict[int, str] = {}
        self._turned_away: dict[str, dict[str, str]] = {}  # by lane and kind: at which gate
        self._out: set[int] = set()
        self._placed: dict[int, int] = {}
        self._placings = count(1)
        self._seconds = 0.0

    @property
    def known(self) -> set[int]:
        return set(self._rows)

    def learn(self, row: Owed, now: datetime) -> None:
        """It is owed, and this is how it stands. What is being sent here is known better here."""
        if row.id in self._out:
            return
        self._note(row, now)
        self._place(row.id, now)

    def _note(self, row: Owed, now: datetime) -> None:
        """This is how it stands. Whoever was behind one that has left its lane may have its turn now."""
        before = self._rows.get(row.id)
        self._rows[row.id] = row
        if before is None or before.lane != row.lane:
            heappush(self._lanes.setdefault(row.lane, []), row.id)
        if before is not None and before.lane != row.lane and (first := self._first(before.lane)) is not None:
            self._place(first, now)

    def reconcile(
        self, rows: Sequence[Owed], before: Collection[int], now: datetime, *, kept: Collection[int] = ()
    ) -> None:
        """This is everything that is owed; what was known `before` it was read and is not in it is settled.

        A lease of our own that ran out belongs to a sender that hangs: somebody else may try; but for what is `kept`.
        """
        for ident in set(before) - {row.id for row in rows} - self._out:
            self.settled(ident, now)
        for row in rows:
            due = row.due(now)
            if row.state == DeliveryState.LEASED and due is not None and due <= now and row.id not in kept:
                self._out.discard(row.id)
            if self._rows.get(row.id) != row or row.priority == 0:
                self.learn(row, now)

    def take(self, line: Line, most: int, now: datetime, seconds: float) -> list[int]:
        """Those whose turn it is, most urgent first. Each of them comes back, or is refused or settled."""
        self._seconds = seconds
        while self._asleep and self._asleep[0][0] <= now:
            _, ident, placing = heappop(self._asleep)
            if self._placed.get(ident) == placing:
                self._place(ident, now)
        while self._closed and self._closed[0][0] <= seconds:
            self._let_one_through(heappop(self._closed)[1])
        taken: list[int] = []
        ready = self._ready[line]
        while ready and len(taken) < most:
            _, ident, placing = heappop(ready)
            if self._placed.get(ident) == placing:
                self._out.add(ident)
                taken.append(ident)
        return taken

    def came_back(self, row: Owed, now: datetime, seconds: float, *, gate: str = "", after: float = 0.0) -> None:
        """It was tried and is still owed; `gate` is what was shut, for so many seconds more."""
        self._seconds = seconds
        self._out.discard(row.id)
        self._note(row, now)
        if not gate or row.priority == 0:
            self._leave_gate(row.id)
            self._place(row.id, now)
            return
        shut = self._gates.setdefault(gate, Gate())
        shut.opens = seconds + after
        self._leave_gate(row.id)
        self._turned_away.setdefault(row.lane, {})[row.kind] = gate
        self._queue(row, gate)
        heappush(self._closed, (shut.opens, gate))

    def refused(self, ident: int, row: Owed | None, now: datetime) -> None:
        """The database did not give it; `row` is how it stands there, if it is still owed."""
        self._out.discard(ident)
        self._leave_gate(ident)
        if row is None:
            self.settled(ident, now)
            return
        due = row.due(now)
        if due is not None and due < now + AGAIN:
            row = replace(row, not_before=now + AGAIN, lease_until=row.lease_until and now + AGAIN)
        self._note(row, now)
        self._place(ident, now)

    def settled(self, ident: int, now: datetime) -> None:
        """Nobody owes it any more: whoever was behind it, or waited for it, may have its turn now."""
        self._out.discard(ident)
        self._leave_gate(ident)
        self._placed.pop(ident, None)
        row = self._rows.pop(ident, None)
        if row is not None and (first := self._first(row.lane)) is not None:
            self._place(first, now)
        for waiting in self._waiting_for.pop(ident, ()):
            if waiting in self._rows:
                self._place(waiting, now)

    def give_back(self, idents: Iterable[int], now: datetime) -> None:
        """Taken, and nobody knows what became of them: the database was away."""
        for ident in idents:
            self.refused(ident, self._rows.get(ident), now)

    def pause(self, now: datetime, seconds: float, most: float) -> float:
        """Seconds until somebody's turn may come, at most so many."""
        until = most
        if self._asleep:
            until = min(until, (self._asleep[0][0] - now).total_seconds())
        if self._closed:
            until = min(until, self._closed[0][0] - seconds)
        return max(0.01, until)

    def _first(self, lane: str) -> int | None:
        """The first of a lane that is still owed."""
        queue = self._lanes.get(lane, [])
        while queue and (queue[0] not in self._rows or self._rows[queue[0]].lane != lane):
            heappop(queue)
        if not queue:
            self._lanes.pop(lane, None)
            self._turned_away.pop(lane, None)
            return None
        return queue[0]

    def _place(self, ident: int, now: datetime) -> None:
        """Puts it where it waits: behind its lane, for another, for its time, at a gate, or for a sender."""
        row = self._rows[ident]
        if ident in self._out:
            return
        placing = self._placed[ident] = next(self._placings)
        due = row.due(now)
        if self._first(row.lane) != ident or due is None:
            self._leave_gate(ident)
        elif row.after is not None and row.after in self._rows:
            self._leave_gate(ident)
            self._waiting_for.setdefault(row.after, []).append(ident)
        elif due > now:
            self._leave_gate(ident)
            heappush(self._asleep, (due, ident, placing))
        elif ident not in self._trying and (gate := self._shut_for(row)):
            self._queue(row, gate)
        else:
            heappush(self._ready[Line.of(row)], (row.priority, ident, placing))

    def _shut_for(self, row: Owed) -> str:
        """The gate at which the like of it was turned away, if anybody waits there; none keeps a page."""
        gate = self._turned_away.get(row.lane, {}).get(row.kind, "")
        return gate if gate in self._gates and row.priority > 0 else ""

    def _queue(self, row: Owed, gate: str) -> None:
        placing = self._placed[row.id] = next(self._placings)
        heappush(self._gates[gate].waiting, (row.priority, row.id, placing))

    def _leave_gate(self, ident: int) -> None:
        """Whoever went to see whether a gate is open leaves it to the next."""
        name = self._trying.pop(ident, "")
        if name:
            self._gates[name].trying = None
            self._let_one_through(name)

    def _let_one_through(self, name: str) -> None:
        """The next in the queue goes to see whether the gate is open; one at which nobody waits is none."""
        gate = self._gates.get(name)
        if gate is None or gate.trying is not None or gate.opens > self._seconds:
            return
        while gate.waiting:
            priority, ident, placing = heappop(gate.waiting)
            if self._placed.get(ident) == placing:
                gate.trying, self._trying[ident] = ident, name
                heappush(self._ready[Line.of(self._rows[ident])], (priority, ident, placing))
                return
        del self._gates[name]
