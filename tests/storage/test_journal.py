"""The hash chain: every kind of tampering is found, and two writers cannot take the same number."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from storage import journal
from storage.db import Database
from storage.models import JournalEntry

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def write(database: Database, subject: str, count: int) -> None:
    for number in range(count):
        with database.write() as session:
            book = journal.Journal(session)
            book.append(subject=subject, fact="incidents.note_added", actor="U1", at=AT, body={"text": f"{number} é"})
            book.write()


def faults(database: Database) -> list[str]:
    with database.read() as session:
        return list(journal.faults(session))


def test_an_untouched_journal_verifies(database: Database) -> None:
    write(database, "incident:1", 5)
    write(database, "incident:2", 3)
    assert faults(database) == []


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("UPDATE journalentry SET body = '{\"text\":\"nothing\"}' WHERE subject = 'incident:1' AND n = 3", "entry 3"),
        ("UPDATE journalentry SET actor = 'U2' WHERE subject = 'incident:1' AND n = 1", "entry 1"),
        ("UPDATE journalentry SET fact = 'Other' WHERE subject = 'incident:1' AND n = 5", "entry 5"),
        ("DELETE FROM journalentry WHERE subject = 'incident:1' AND n = 2", "entry 3"),
        ("DELETE FROM journalentry WHERE subject = 'incident:1' AND n = 5", "ends with entry 4"),
        ("DELETE FROM journalentry WHERE subject = 'incident:1'", "ends with entry 0"),
        ("UPDATE journalentry SET subject = 'incident:9' WHERE subject = 'incident:1' AND n = 5", "incident"),
        ("DELETE FROM chain WHERE subject = 'incident:1'", "incident:1"),
        ("UPDATE chain SET head = '' WHERE subject = 'incident:1'", "incident:1"),
    ],
)
def test_tampering_is_found_and_named(database: Database, tampering: str, named: str) -> None:
    write(database, "incident:1", 5)
    write(database, "incident:2", 3)
    with database.engine.begin() as connection:
        connection.execute(text(tampering))
    found = faults(database)
    assert found
    assert any(named in sentence for sentence in found)
    assert not any("incident:2" in sentence for sentence in found), "the other chain is whole"


def test_a_recomputed_hash_does_not_hide_an_edit(database: Database) -> None:
    write(database, "incident:1", 3)
    with database.write() as session:
        entry = session.exec(select(JournalEntry).where(JournalEntry.n == 2)).one()
        entry.body = "{}"
        entry.hash = journal.digest(entry.model_dump())
        session.add(entry)
    assert any("entry 3" in sentence for sentence in faults(database))


def test_writers_at_once_make_one_chain(database: Database) -> None:
    threads = [threading.Thread(target=write, args=(database, "incident:1", 5)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults(database) == []
    with database.read() as session:
        numbers = session.exec(select(JournalEntry.n).order_by(col(JournalEntry.n))).all()
    assert list(numbers) == list(range(1, 31))


def test_facts_of_one_transaction_follow_each_other(database: Database) -> None:
    with database.write() as session:
        book = journal.Journal(session)
        for subject in ("incident:1", "incident:2", "incident:1"):
            book.append(subject=subject, fact="incidents.note_added", actor="U1", at=AT, body={})
        assert list(session.exec(select(JournalEntry))) == [], "written together, at the end"
        book.write()
    assert faults(database) == []
    with database.read() as session:
        found = session.exec(select(JournalEntry.subject, JournalEntry.n).order_by(col(JournalEntry.seq))).all()
    assert list(found) == [("incident:1", 1), ("incident:2", 1), ("incident:1", 2)]


def test_a_counter_has_no_gaps_even_after_a_rollback(database: Database) -> None:
    def take(session: Session) -> int:
        return journal.next_number(session, "incident")

    with database.write() as session:
        assert take(session) == 1

    def refused() -> None:
        with database.write() as session:
            take(session)
            raise RuntimeError("refused")

    with pytest.raises(RuntimeError):
        refused()
    with database.write() as session:
        assert take(session) == 2
