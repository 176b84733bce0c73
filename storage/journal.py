"""Adds to and checks the hash chain of a subject."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, select

from storage.models import Chain, JournalEntry
from storage.upsert import dialect, upsert

_CHAIN = Chain.__table__  # type: ignore[attr-defined]
_MOVE = update(_CHAIN).where(_CHAIN.c.subject == bindparam("of")).values(n=bindparam("to"), head=bindparam("is_"))
_ENTRIES = insert(JournalEntry.__table__)  # type: ignore[attr-defined]


class Journal:
    """What one transaction adds: each subject's head is locked once, and everything is written by `write`, at its end.

    The head row is locked before a number is given, so two writers cannot take the same one.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._heads: dict[str, tuple[int, str]] = {}
        self._entries: list[dict[str, Any]] = []

    def append(self, *, subject: str, fact: str, actor: str, at: datetime, body: dict[str, Any]) -> int:
        """Chains one fact to `subject`; its number there."""
        n, head = self._heads.get(subject) or _lock(self._session, subject)
        entry: dict[str, Any] = {
            "subject": subject,
            "n": n + 1,
            "fact": fact,
            "actor": actor,
            "at": at,
            "body": json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
            "prev_hash": head,
        }
        entry["hash"] = digest(entry)
        self._entries.append(entry)
        self._heads[subject] = n + 1, entry["hash"]
        return n + 1

    def hold(self, subject: str) -> None:
        """Locks a chain before there is anything to add, so that what is read from here on is still so at the end."""
        if subject not in self._heads:
            self._heads[subject] = _lock(self._session, subject)

    def write(self) -> None:
        if self._entries:
            connection = self._session.connection()
            connection.execute(_ENTRIES, self._entries)
            connection.execute(_MOVE, [{"of": of, "to": n, "is_": head} for of, (n, head) in self._heads.items()])


def next_number(session: Session, counter: str) -> int:
    """The next number of a gapless counter: taken back by a rollback, and by nobody else meanwhile."""
    n, _ = _lock(session, f"counter:{counter}")
    session.connection().execute(_MOVE, {"of": f"counter:{counter}", "to": n + 1, "is_": ""})
    return n + 1


def _lock(session: Session, subject: str) -> tuple[int, str]:
    values = {"subject": subject, "n": 0, "head": ""}
    row = session.connection().execute(_locking(dialect(session)), values).one()
    return row[0], row[1]


@cache
def _locking(name: str) -> Any:
    """Makes the row or leaves it as it is; either way it is locked, and answers with what it holds."""
    touch = upsert(name, Chain).on_conflict_do_update(index_elements=["subject"], set_={"n": _CHAIN.c.n})
    return touch.returning(_CHAIN.c.n, _CHAIN.c.head)


def digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the columns of an entry and the hash before it."""
    at = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
    parts = [entry["prev_hash"], entry["subject"], str(entry["n"]), entry["fact"], entry["actor"], at, entry["body"]]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def faults(session: Session, subject: str | None = None) -> Iterator[str]:
    """Walks the chains and yields one sentence per subject whose chain is broken, naming the first bad entry."""
    query = select(Chain).where(col(Chain.subject).not_like("counter:%")).order_by(Chain.subject)
    heads = {chain.subject: chain for chain in session.exec(query) if subject in (None, chain.subject)}
    entries = select(JournalEntry).order_by(JournalEntry.subject, col(JournalEntry.n))
    if subject is not None:
        entries = entries.where(JournalEntry.subject == subject)
    last: dict[str, tuple[int, str]] = {}
    broken: set[str] = set()
    for entry in session.exec(entries.execution_options(yield_per=500)):
        n, head = last.get(entry.subject, (0, ""))
        if entry.subject in broken:
            continue
        if entry.n != n + 1 or entry.prev_hash != head or digest(entry.model_dump()) != entry.hash:
            broken.add(entry.subject)
            yield f"{entry.subject}: entry {entry.n} ({entry.fact}) does not follow from entry {n}"
        last[entry.subject] = (entry.n, entry.hash)
    for name in sorted(set(heads) | set(last)):
        n, head = last.get(name, (0, ""))
        chain = heads.get(name)
        if name not in broken and (chain is None or (chain.n, chain.head) != (n, head)):
            expected = chain.n if chain else 0
            yield f"{name}: the chain should end with entry {expected} and ends with entry {n}"
