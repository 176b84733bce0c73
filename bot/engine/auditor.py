"""A second pair of eyes: reads only the journal and the attempts, never the queue, and shouts about what is missing.

An obligation is a `Paged` fact. It is met by an attempt, or ended by an acknowledgement, a decline, the next level or
the end of its escalation. One that is neither after 30 s is overdue, whatever the queue believes; and so is one whose
delivery died without anything that ended it.
"""

import json
import logging
from dataclasses import dataclass, field

from sqlmodel import col, select

from bot import clock as clocks
from bot.deliveries import kinds
from bot.domain.core.fact import Fact
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
from storage.models import Attempt, JournalEntry

PATIENCE = 30.0
OVERLAP = 500  # entries: on PostgreSQL a lower number may be committed after a higher one
OF_A_PAGE = (PageDeclined, PageFailed)
ENDINGS = (PageAcknowledged, EscalationStopped, EscalationExhausted, LevelReached, *OF_A_PAGE)

_log = logging.getLogger(__name__)


@dataclass
class Obligation:
    page: int
    escalation: int
    seen_at: float


@dataclass
class Auditor:
    """`audit()` is called every 15 seconds; `overdue` is what it found last."""

    desk: WorkFactory
    overdue: list[int] = field(default_factory=list)
    beat: float = field(default_factory=clocks.monotonic)
    _read_to: int = 0
    _taken: set[int] = field(default_factory=set)
    _open: dict[int, Obligation] = field(default_factory=dict)
    _tried: set[int] = field(default_factory=set)
    _dead: set[int] = field(default_factory=set)  # deliveries of pages
    _shouted: set[int] = field(default_factory=set)

    def audit(self) -> list[int]:
        """Page numbers that are overdue; each is shouted about once."""
        now = clocks.monotonic()
        with self.desk.read() as session:
            floor = self._read_to - OVERLAP
            query = select(JournalEntry).where(col(JournalEntry.seq) > floor).order_by(col(JournalEntry.seq))
            self._taken = {seq for seq in self._taken if seq > floor}
            for entry in session.exec(query):
                self._read_to = max(self._read_to, entry.seq or 0)
                if entry.seq not in self._taken:
                    self._taken.add(entry.seq or 0)
                    self._take_in(entry, now)
            keys = {key: page for page in self._open for key in keys_of(page)}
            tries = session.exec(select(Attempt.key, Attempt.delivery).where(col(Attempt.key).in_(keys)).distinct())
            self._tried = {keys[key] for key, delivery in tries if delivery not in self._dead}
        self.overdue = [page for page in self.waiting() if now - self._open[page].seen_at > PATIENCE]
        for page in set(self.overdue) - self._shouted:
            self._shouted.add(page)
            _log.critical("page %s has been owed for over %d s and is not being sent", page, PATIENCE)
        self.beat = now
        return self.overdue

    def waiting(self) -> list[int]:
        """Pages that nobody tried to send, or that were given up, as far as the journal was read."""
        return sorted(self._open.keys() - self._tried)

    def _take_in(self, entry: JournalEntry, now: float) -> None:
        fact = Fact.all.get(FORMER.get(entry.fact, entry.fact))
        if fact is None:
            return  # a newer release wrote it, on another replica or before it was taken back
        if fact is Paged:
            body = json.loads(entry.body)
            self._open[body["page"]] = Obligation(body["page"], body["escalation"], now)
        elif fact is DeliveryDied:
            body = json.loads(entry.body)
            if body["kind"] in kinds.PAGES:
                self._dead.add(body["delivery"])
        elif fact in ENDINGS:
            body = json.loads(entry.body)
            ended = [one.page for one in self._open.values() if _ends(fact, body, one)]
            for page in ended:
                self._open.pop(page, None)


def _ends(fact: type[Fact], body: dict[str, int], one: Obligation) -> bool:
    if fact in OF_A_PAGE:
        return body["page"] == one.page
    return body["escalation"] == one.escalation
