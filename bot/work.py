"""The unit of work: one transaction with one `now`, one actor, and `record`, the only writer of history.

`record` appends each fact to its subject's hash chain, derives the timeline line, and carries out the plan: timers and
deliveries. Whatever needs waking is woken after the commit.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import insert, inspect
from sqlmodel import Session, SQLModel

from bot import clock as clocks
from bot.catalog import Catalog
from bot.clock import Clock
from bot.crash_points import crashpoint
from bot.domain import consequences, timeline
from bot.domain.core.effect import REFRESH, Arm, Cancel, Deliver, Disarm, Effect, FactContext, Supersede
from bot.domain.core.fact import Fact
from bot.domain.core.newer_release import require_known
from bot.domain.core.people import Actor
from storage import once, outbox, timers
from storage.db import Database
from storage.journal import Journal
from storage.models import Escalation, Incident, Page, TimelineEntry
from storage.queries import paging as paging_queries
from storage.upsert import dialect

Row = TypeVar("Row", bound=SQLModel)
Answer = TypeVar("Answer")
Carrier = Callable[["Work", Any], None]
"""Carries out an effect that is not one of the kernel's own; registered by the noun that knows it."""
CROWD = 4
SYSTEM = "system"
_LINES = insert(TimelineEntry.__table__)  # type: ignore[attr-defined]


class Replayed(Exception):
    """The request was carried out before; `answer` is what it was told then."""

    def __init__(self, answer: Any) -> None:
        super().__init__("already carried out")
        self.answer = answer


class Work:
    """One transaction in progress."""

    def __init__(
        self, session: Session, catalog: Catalog, actor: Actor, now: datetime, carriers: Mapping[type, Carrier]
    ) -> None:
        self.session, self.catalog, self.actor, self.now = session, catalog, actor, now
        self._carriers = carriers
        self._timers: dict[tuple[str, str], datetime | None] = {}
        self._journal = Journal(session)
        self._lines: list[dict[str, Any]] = []
        self._held: list[SQLModel] = []

    def lock(self, model: type[Row], ident: Any) -> Row | None:
        """The record, locked until the transaction ends. Lock incidents before escalations before deliveries.

        Raises OfANewerRelease for one in a state that only a newer release knows: that one goes on with it.
        """
        fresh = dialect(self.session) != "sqlite"  # there nobody else writes: what was read in here is still so
        row = self.session.get(model, ident, with_for_update=fresh or None, populate_existing=fresh)
        return self._hold(row and require_known(row))

    def peek(self, model: type[Row], ident: Any) -> Row | None:
        """The record before it is locked: to find what must be locked first."""
        return self._hold(self.session.get(model, ident))

    def _hold(self, row: Row | None) -> Row | None:
        if row is not None:
            self._held.append(row)  # the session itself forgets what nobody holds
        return row

    def held(self, model: type[Row], ident: Any) -> Row | None:
        """The record if it was locked in here, without a look."""
        return next((row for row in self._held if isinstance(row, model) and inspect(row).identity == (ident,)), None)

    def hold_system(self) -> None:
        """Waits for everybody who changes what concerns the installation as a whole. After incidents, never before."""
        self._journal.hold(SYSTEM)

    def pages(self, escalation: Escalation) -> list[Page]:
        """All that it has asked. Raises OfANewerRelease as `lock` does."""
        return [require_known(row) for row in paging_queries.pages(self.session, escalation.id)]

    def record(
        self,
        facts: Iterable[Fact],
        *,
        incident: Incident | None = None,
        escalation: Escalation | None = None,
        pages: Sequence[Page] = (),
        responders: Sequence[str] = (),
        schedule: str | None = None,
        effects: Iterable[Effect] = (),
    ) -> None:
        """Writes history and carries out what follows from it. `effects` come first: those that no fact brings.

        The subject is the incident, else the escalation, else the schedule, else the system.
        """
        self.carry_out(*effects)
        scene = FactContext(now=self.now, incident=incident, escalation=escalation, pages=pages, responders=responders)
        subject = self._subject(incident, escalation, schedule)
        for fact in facts:
            n = self._journal.append(
                subject=subject, fact=fact.name, actor=self.actor.label, at=self.now, body=fact.body()
            )
            if incident is not None:
                self._to_timeline(fact, incident)
            for effect in consequences.plan(fact, scene):
                self._carry_out(effect, f"{subject}.{n}")

    def carry_out(self, *effects: Effect) -> None:
        """What is owed without a fact that says so."""
        for effect in effects:
            self._carry_out(effect, uuid4().hex)

    def _carry_out(self, effect: Effect, stamp: str) -> None:
        """Does one part of a plan; `stamp` makes the key of a coalesced delivery unique."""
        match effect:
            case Arm(kind, subject, due_at):
                self._timers[kind, subject] = due_at
            case Disarm(kind, subject):
                self._timers[kind, subject] = None
            case Cancel(keys, reason):
                outbox.drop(self.session, keys, reason, clocks.real())
            case Supersede(asks, template, payload):
                asked = outbox.no_longer_asking(self.session, asks)
                outbox.drop(self.session, asked, "settled before it left", clocks.real(), unsure=False)
                for key in asked:
                    self._owe(_reworded(key, {**payload, "template": template, "of": key}, stamp), stamp)
            case Deliver():
                self._owe(effect, stamp)
            case _:
                self._carriers[type(effect)](self, effect)

    def _owe(self, owe: Deliver, stamp: str) -> None:
        first = outbox.by_key(self.session, owe.after) if owe.after else None
        at = clocks.real()
        outbox.add(
            self.session,
            {
                "key": owe.key or f"{owe.once}@{stamp}",
                "kind": owe.kind,
                "lane": owe.lane,
                "after": first.id if first else None,
                "once": owe.once,
                "asks": owe.asks,
                "priority": owe.priority,
                "payload": owe.payload,
                "created_at": at,
                "not_before": at,
            },
        )

    def _to_timeline(self, fact: Fact, incident: Incident) -> None:
        line = timeline.entry(fact)
        if line is None:
            return
        self._lines.append(
            {
                "incident": incident.number or 0,
                "at": line.at or self.now,
                "recorded_at": self.now,
                "actor": self.actor.who,
                "kind": line.kind,
                "text": line.text,
                "source_key": line.source_key,
                "link": line.link,
            }
        )

    def seal(self) -> None:
        """The last thing before the commit: timers, journal and timeline are written, each in one go."""
        self.session.flush()
        timers.write(self.session, self._timers)
        self._journal.write()
        if self._lines:
            self.session.connection().execute(_LINES, self._lines)

    @property
    def armed(self) -> datetime | None:
        """The first moment for which this transaction armed a timer."""
        return min((due for due in self._timers.values() if due), default=None)

    @staticmethod
    def _subject(incident: Incident | None, escalation: Escalation | None, schedule: str | None) -> str:
        if incident is not None:
            return f"incident:{incident.number}"
        if escalation is not None:
            return f"escalation:{escalation.id}"
        return f"schedule:{schedule}" if schedule else SYSTEM


class WorkFactory:
    """Opens units of work: what services are given instead of a database, a clock and a configuration."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        catalog: Callable[[], Catalog],
        carriers: Mapping[type, Carrier],
    ) -> None:
        self.database, self.clock, self._catalog, self._carriers = database, clock, catalog, carriers
        self.on_owed: Callable[[set[int]], None] = lambda _: None
        self.on_armed: Callable[[datetime], None] = lambda _: None
        self.followed = ""
        """The digest of the configuration whose schedules this process has taken up."""
        self._open = 0
        self._asking = 0
        self._count = threading.Lock()

    @property
    def catalog(self) -> Catalog:
        return self._catalog()

    @contextmanager
    def work(self, actor: Actor, key: str | None = None) -> Iterator[Work]:
        """One transaction. Raises Replayed, with nothing done, when `key` was carried out before."""
        self._add(1)
        try:
            with self.database.write() as session:
                if key is not None and not once.claim(session, key, clocks.real()):
                    raise Replayed(once.answer(session, key))
                crashpoint("begun")
                work = Work(session, self.catalog, actor, self.clock.now(), self._carriers)
                yield work
                work.seal()
                crashpoint("before_commit")
            crashpoint("after_commit")
        finally:
            self._add(-1)
        if owed := outbox.touched(session):
            self.on_owed(owed)
        if work.armed:
            self.on_armed(work.armed)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Somebody waits for an answer as long as the block runs."""
        with self._count:
            self._asking += 1
        try:
            yield
        finally:
            with self._count:
                self._asking -= 1

    def crowded(self) -> bool:
        """So many wait that what nobody waits for had better wait too: Slack gives each answer three seconds."""
        return self._asking >= CROWD

    def busy(self) -> bool:
        """Is a transaction open, or waiting for its turn?"""
        return self._open > 0

    def _add(self, one: int) -> None:
        with self._count:
            self._open += one

    def run(
        self, actor: Actor, key: str | None, use_case: Callable[[Work], Answer], restore: Callable[[Any], Answer]
    ) -> Answer:
        """Carries out a use case at most once per key; a duplicate gets the first run's answer, made by `restore`."""
        try:
            with self.work(actor, key) as work:
                answer = use_case(work)
                if key is not None:
                    once.remember(work.session, key, _plain(answer))
                return answer
        except Replayed as replay:
            return restore(replay.answer)

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self.database.read() as session:
            yield session


def _reworded(key: str, payload: dict[str, Any], stamp: str) -> Deliver:
    """The edit of a message that was sent, or is on its way; one that asks again can be settled again."""
    of = f"reword:{key}"
    return Deliver(kind="reword", lane=of, key=f"{of}:{stamp}", after=key, payload=payload, priority=REFRESH)


def _plain(answer: Any) -> Any:
    return answer.plain() if hasattr(answer, "plain") else answer
