"""A second pair of eyes: reads only the journal and the attempts, never the queue, and shouts about what is missing.

An obligation is a `Paged` fact. It is met by an attempt, or ended by an acknowledgement, a decline, the next level or
the end of its escalation. One that is neither after 30 s is overdue, whatever the queue believes; and so is one whose
delivery died without anything that ended it.

A start reads from a mark that was kept: before it, every obligation was ended, or met by something that arrived.
"""

import json
import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot import clock as clocks
from bot.deliveries import kinds
from bot.domain.core.fact import Fact, stored_names
from bot.domain.core.facts import DeliveryDied
from bot.domain.core.former_names import FORMER
from bot.domain.paging.facts import (
    EscalationExhausted,
    EscalationStopped,
    LevelReached,
    PageAcknowledged,
    Paged,
    PageDeclined,
    PageFailed,
)
from bot.domain.paging.method_effects import keys_of
from bot.work import WorkFactory
from storage.models import Attempt, AttemptOutcome, JournalEntry, Setting
from storage.upsert import put

PATIENCE = 30.0
COMMITTED = 60.0
"""Seconds after which what had a number then is committed or undone: no transaction lives for as long."""
OVERLAP, WIDE = 500, 20_000
"""Entries that are looked at once more, at least and at most: on PostgreSQL a lower number may be committed after a
higher one."""
MARK, STEP = "auditor.mark", 200
"""The setting with the entry that a start begins after, and by how much it is moved at a time."""
AT_ONCE = 100
"""Pages whose attempts one statement asks for."""
OF_A_PAGE = (PageDeclined, PageFailed)
ENDINGS = (PageAcknowledged, EscalationStopped, EscalationExhausted, LevelReached, *OF_A_PAGE)
READ = stored_names([Paged, DeliveryDied, *ENDINGS])

_log = logging.getLogger(__name__)


@dataclass
class Obligation:
    """`entry` is where it stands in the journal, `seen_at` when we read of it."""

    page: int
    escalation: int
    entry: int
    seen_at: float


class Read(NamedTuple):
    """How far the journal was read, and when (monotonic)."""

    at: float
    upto: int


@dataclass
class Auditor:
    """`audit()` is called every 15 seconds; `overdue` is what it found last."""

    desk: WorkFactory
    overdue: list[int] = field(default_factory=list)
    now: Callable[[], float] = clocks.monotonic
    beat: float = field(default_factory=clocks.monotonic)
    _reads: deque[Read] = field(default_factory=deque)
    _taken: set[int] = field(default_factory=set)
    _open: dict[int, Obligation] = field(default_factory=dict)
    _tried: set[int] = field(default_factory=set)
    _dead: set[int] = field(default_factory=set)  # deliveries of pages
    _shouted: set[int] = field(default_factory=set)
    _mark: int | None = None
    _certain: int = 0  # up to here we have read everything that will ever stand there

    def audit(self) -> list[int]:
        """Page numbers that are overdue; each is shouted about once."""
        now = self.now()
        with self.desk.read() as session:
            self._read(session, now)
            self._look_for_attempts(session)
        self._keep_mark()
        self.overdue = [page for page in self.waiting() if now - self._open[page].seen_at > PATIENCE]
        for page in set(self.overdue) - self._shouted:
            self._shouted.add(page)
            _log.critical("page %s has been owed for over %d s and is not being sent", page, PATIENCE)
        self._shouted &= self._open.keys()
        self.beat = now
        return self.overdue

    def waiting(self) -> list[int]:
        """Pages that nobody tried to send, or that were given up, as far as the journal was read."""
        return sorted(self._open.keys() - self._tried)

    def _read(self, session: Session, now: float) -> None:
        """What is new, and once more what came lately: a part of that may have been committed late."""
        newest = session.exec(select(func.max(JournalEntry.seq))).one() or 0
        if self._mark is None:
            kept = session.get(Setting, MARK)
            self._mark = kept.value if kept and kept.value <= newest else 0
        floor = self._mark
        if self._reads:
            upto = self._reads[-1].upto
            floor = max(floor, upto - WIDE, min(self._certain, upto - OVERLAP))
        self._taken = {seq for seq in self._taken if seq > floor}
        for seq, name, body in _entries(session, floor):
            if seq not in self._taken:
                if seq > newest - WIDE:
                    self._taken.add(seq)
                self._take_in(seq, name, body, now)
        self._reads.append(Read(now, newest))
        self._ascertain(now)

    def _ascertain(self, now: float) -> None:
        """What had a number a minute ago was committed or undone before the reading just now, which has seen it."""
        while len(self._reads) > 1 and now - self._reads[1].at > COMMITTED:
            self._reads.popleft()
        if now - self._reads[0].at > COMMITTED:
            self._certain = self._reads[0].upto

    def _look_for_attempts(self, session: Session) -> None:
        """What arrived is met for good, whatever becomes of other ways: it need not be watched any more."""
        pages, tried, met = sorted(self._open), set(), set()
        for start in range(0, len(pages), AT_ONCE):
            keys = {key: page for page in pages[start : start + AT_ONCE] for key in keys_of(page)}
            query = select(Attempt.key, Attempt.delivery, Attempt.outcome).where(col(Attempt.key).in_(keys)).distinct()
            for key, delivery, outcome in session.exec(query):
                if delivery not in self._dead:
                    tried.add(keys[key])
                    if outcome == AttemptOutcome.SENT:
                        met.add(keys[key])
        self._tried = tried
        for page in met:
            self._open.pop(page)
        if not self._open:
            self._dead.clear()

    def _keep_mark(self) -> None:
        mark = min([self._certain, *(one.entry - 1 for one in self._open.values())])
        if mark >= (self._mark or 0) + STEP:
            with self.desk.database.write() as session:
                put(session, Setting(key=MARK, value=mark))
            self._mark = mark

    def _take_in(self, seq: int, name: str, body: str, now: float) -> None:
        fact = Fact.all.get(FORMER.get(name, name))
        said = json.loads(body)
        if fact is Paged:
            self._open[said["page"]] = Obligation(said["page"], said["escalation"], seq, now)
        elif fact is DeliveryDied:
            if said["kind"] in kinds.PAGES:
                self._dead.add(said["delivery"])
        elif fact in ENDINGS:
            for page in [one.page for one in self._open.values() if _ends(fact, said, one)]:
                self._open.pop(page, None)


def _entries(session: Session, floor: int) -> Iterator[tuple[int, str, str]]:
    """Those after `floor` that say something of pages, in their order: number, name and body, a few at a time.

    A fact of a newer release, which wrote on another replica or was taken back, has a name that is not asked for.
    """
    query = (
        select(JournalEntry.seq, JournalEntry.fact, JournalEntry.body)
        .where(col(JournalEntry.seq) > floor, col(JournalEntry.fact).in_(READ))
        .order_by(col(JournalEntry.seq))
    )
    for seq, name, body in session.exec(query.execution_options(yield_per=500)):
        yield seq or 0, name, body


def _ends(fact: type[Fact], body: dict[str, int], one: Obligation) -> bool:
    if fact in OF_A_PAGE:
        return body["page"] == one.page
    return body["escalation"] == one.escalation
