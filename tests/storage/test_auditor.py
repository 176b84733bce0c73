"""The auditor beside a newer release, across restarts, and beside transactions that commit late."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.domain.paging.method_effects import key_of
from bot.engine import auditor as module
from bot.engine.auditor import MARK, Auditor
from storage.models import Attempt, Chain, Delivery, JournalEntry, Setting
from tests.selection import examples
from tests.storage.delivery_harness import DeliveryHarness


def test_a_fact_of_a_newer_release_is_passed_over_and_pages_are_still_watched(room: DeliveryHarness) -> None:
    with room.desk.database.write() as session:
        newest = session.exec(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1)).one()  # type: ignore[union-attr]
        session.add(
            JournalEntry(**{**newest.model_dump(exclude={"seq"}), "n": newest.n + 1, "fact": "weather.rain_began"})
        )
        assert session.get(Chain, newest.subject)
    auditor = Auditor(room.desk)
    auditor.audit()
    assert auditor.waiting(), "the page that the incident began with is owed, and known to be"


AT = datetime(2026, 11, 21, tzinfo=UTC)
PAGES = range(1, 6)
ENDS = ("page_acknowledged", "page_declined", "level_reached", "escalation_stopped")


@dataclass
class Record:
    """What a bot left behind, written by hand; and what is owed by it, worked out from all of it, anew each time."""

    room: DeliveryHarness
    time: float = 0.0
    late: list[JournalEntry] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def fact(self, name: str, *, late: bool = False, **body: object) -> None:
        seq = next(self.numbers)
        entry = JournalEntry(seq=seq, subject=f"s{seq}", n=1, fact=name, actor="x", at=AT, body=json.dumps(body),
                             prev_hash="", hash="")  # fmt: skip
        if late:
            self.late.append(entry)
            return
        with self.room.desk.database.write() as session:
            session.add(entry)

    def commit(self) -> None:
        with self.room.desk.database.write() as session:
            session.add_all(self.late)
        self.late = []

    def attempt(self, page: int, outcome: str) -> None:
        with self.room.desk.database.write() as session:
            session.add(Attempt(delivery=page, key=key_of(page, "slack"), n=1, started_at=AT, ended_at=AT, at=AT,
                                outcome=outcome))  # type: ignore[arg-type] # fmt: skip

    def owed(self) -> list[int]:
        owed: set[int] = set()
        dead: set[int] = set()
        with self.room.desk.read() as session:
            for entry in session.exec(select(JournalEntry).order_by(JournalEntry.seq)):  # type: ignore[arg-type]
                body, name = json.loads(entry.body), entry.fact.partition(".")[2]
                if name == "paged":
                    owed.add(body["page"])
                elif name == "delivery_died":
                    dead.add(body["delivery"])
                elif name in ENDS:
                    owed.discard(body["page"])
            tried = {int(one.key.split(":")[1]) for one in session.exec(select(Attempt)) if one.delivery not in dead}
        return sorted(owed - tried)


KINDS = ("page", "late", "sent", "tried", "died", "end", "noise", "audit", "restart")
DEEDS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(PAGES), st.sampled_from(ENDS), st.booleans()), max_size=40
)


@examples(25, 400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(DEEDS)
@pytest.mark.usefixtures("_small_steps")
def test_an_auditor_that_begins_at_its_mark_knows_what_one_knows_that_reads_everything(
    deeds: list[tuple[str, int, str, bool]],
) -> None:
    with TemporaryDirectory() as folder:
        room = DeliveryHarness.opened(Path(folder))
        record = Record(room)
        with room.desk.database.write() as session:
            session.add_all(Delivery(id=page, key=key_of(page, "slack"), kind="page", lane=key_of(page, "slack"),
                                     payload={}, created_at=AT, not_before=AT) for page in PAGES)  # fmt: skip
        auditor = Auditor(room.desk, now=lambda: record.time)
        state: dict[int, str] = {}
        for deed, page, end, long in [*deeds, ("audit", 1, "", True), ("restart", 1, "", True)]:
            if deed in ("page", "late") and page not in state:
                record.fact("paging.paged", late=deed == "late", page=page, escalation=page)
                state[page] = "late" if deed == "late" else "open"
            elif deed == "noise":
                record.fact("incidents.note_added", text="still slow")
            elif deed in ("audit", "restart"):
                if long and record.late:  # no transaction lives for as long
                    record.commit()
                    state = {one: "open" if what == "late" else what for one, what in state.items()}
                record.time += 61 if long else 15
                auditor = Auditor(room.desk, now=lambda: record.time) if deed == "restart" else auditor
                auditor.audit()
                assert auditor.waiting() == record.owed()
            elif state.get(page) == "open" and deed in ("sent", "tried"):
                record.attempt(page, "sent" if deed == "sent" else "not_applied")
                state[page] = "sent" if deed == "sent" else "open"
            elif state.get(page) == "open" and deed == "died":
                record.fact("core.delivery_died", delivery=page, kind="page", reason="x")
            elif state.get(page) in ("open", "sent") and deed == "end":
                record.fact(f"paging.{end}", page=page, escalation=page)
                state[page] = "over"
        room.close()


@pytest.fixture
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark after every entry, and no overlap but that of time."""
    monkeypatch.setattr(module, "STEP", 1)
    monkeypatch.setattr(module, "OVERLAP", 0)


def test_a_start_reads_from_the_mark_and_needs_nothing_that_was_over_before(room: DeliveryHarness) -> None:
    record = Record(room, numbers=count(10_000))
    for page in (1, *range(1000, 1100)):
        record.fact("paging.page_acknowledged", page=page, escalation=page)
    for _ in range(2):
        record.fact("incidents.note_added", text="still slow")
    record.fact("paging.paged", page=5000, escalation=5000)
    auditor = Auditor(room.desk, now=lambda: record.time)
    for record.time in (0.0, 30.0, 61.0, 122.0):
        auditor.audit()
    with room.desk.database.write() as session:
        mark = session.get_one(Setting, MARK).value
        before = session.exec(select(JournalEntry).where(col(JournalEntry.seq) <= mark)).all()
        assert len(before) > 100
        for entry in before:
            session.delete(entry)
    late = Auditor(room.desk)
    late.audit()
    assert late.waiting() == auditor.waiting() == [5000]
