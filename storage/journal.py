"""Adds to and checks the hash chain of a subject."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.models import Chain, JournalEntry
from storage.upsert import upsert


def append(
    session: Session, *, subject: str, fact: str, actor: str, at: datetime, body: dict[str, Any]
) -> JournalEntry:
    """Chains one fact to `subject`. The head row is locked first, so two writers cannot take the same number."""
    chain = _lock(session, subject)
    entry = JournalEntry(
        subject=subject,
        n=chain.n + 1,
        fact=fact,
        actor=actor,
        at=at,
        body=json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        prev_hash=chain.head,
        hash="",
    )
    entry.hash = digest(entry)
    chain.n, chain.head = entry.n, entry.hash
    session.add(entry)
    session.add(chain)
    return entry


def next_number(session: Session, counter: str) -> int:
    """The next number of a gapless counter: taken back by a rollback, and by nobody else meanwhile."""
    chain = _lock(session, f"counter:{counter}")
    chain.n += 1
    session.add(chain)
    return chain.n


def _lock(session: Session, subject: str) -> Chain:
    statement = select(Chain).where(Chain.subject == subject).with_for_update()
    chain = session.exec(statement).first()
    if chain is None:
        session.execute(upsert(session, Chain).values(subject=subject, n=0, head="").on_conflict_do_nothing())
        chain = session.exec(statement).one()
    return chain


def digest(entry: JournalEntry) -> str:
    """SHA-256 over the entry and the hash before it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [entry.prev_hash, entry.subject, str(entry.n), entry.fact, entry.actor, at, entry.body]
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
        if entry.n != n + 1 or entry.prev_hash != head or digest(entry) != entry.hash:
            broken.add(entry.subject)
            yield f"{entry.subject}: entry {entry.n} ({entry.fact}) does not follow from entry {n}"
        last[entry.subject] = (entry.n, entry.hash)
    for name in sorted(set(heads) | set(last)):
        n, head = last.get(name, (0, ""))
        chain = heads.get(name)
        if name not in broken and (chain is None or (chain.n, chain.head) != (n, head)):
            expected = chain.n if chain else 0
            yield f"{name}: the chain should end with entry {expected} and ends with entry {n}"
