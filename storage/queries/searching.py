"""Incidents that fit what somebody looks for, the newest first; and what is like a new one among the last ones."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from storage.models import Incident, RoleAssignment, Wanted

BATCH, BATCHES = 200, 10
"""So many are read at a time, and so often at most: what a reader may not know of is left out of what was read."""
FAR, LAST = 5000, 300
"""What is like a new one is looked for among so many, and so many of those are compared."""
_TEXTS = (Incident.title, Incident.description, Incident.impact, Incident.focus, Incident.resolution)


def found(
    session: Session,
    wanted: Wanted,
    names: Collection[str],
    known: Callable[[list[Incident]], Sequence[Incident]],
    limit: int,
) -> list[Incident]:
    """Up to `limit` that fit, of those that the reader may know of. `names` are those of whoever asks."""
    query = select(Incident).where(*_holding(wanted, names)).order_by(col(Incident.number).desc())
    shown: list[Incident] = []
    for n in range(BATCHES):
        rows = list(session.exec(query.offset(n * BATCH).limit(BATCH)))
        shown += known(rows)
        if len(rows) < BATCH or len(shown) >= limit:
            break
    return shown[:limit]


def _holding(wanted: Wanted, names: Collection[str]) -> list[ColumnElement[bool]]:
    """One condition for each thing that is wanted."""
    held: list[Any] = [_has(word) for word in wanted.words]
    if wanted.states:
        held.append(col(Incident.status).in_(wanted.states))
    if wanted.severities:
        held.append(col(Incident.severity).in_(wanted.severities))
    if wanted.service:
        held.append(Incident.service == wanted.service)
    held += _between(wanted.since, wanted.until)
    held += [func.lower(col(Incident.own)[key].as_string()) == func.lower(text) for key, text in wanted.own.items()]
    if wanted.role:
        held.append(_part(wanted.role, names))
    return held


def _has(word: str) -> ColumnElement[bool]:
    """A word anywhere in what is told of an incident. SQLite knows capital letters of English alone: of other words it
    looks for the usual spellings."""
    spelled = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(col(text).icontains(one, autoescape=True) for text in _TEXTS for one in sorted(spelled)))


def _between(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    return [
        *([col(Incident.declared_at) >= since] if since else []),
        *([col(Incident.declared_at) < until] if until else []),
    ]


def _part(role: str, names: Collection[str]) -> ColumnElement[bool]:
    """Whether somebody has or had this role in it; with "any", whichever, or they declared it."""
    mine = select(RoleAssignment.incident).where(col(RoleAssignment.person).in_(names))
    if role == "any":
        return or_(col(Incident.number).in_(mine), col(Incident.declared_by).in_(names))
    return and_(col(Incident.number).in_(mine.where(RoleAssignment.role == role)))


def last_ones(session: Session, service: str) -> list[Incident]:
    """The newest open and past ones, and the newest of a service: so many at most, whatever there was before them."""
    newest = session.exec(select(func.max(col(Incident.number)))).one() or 0
    query = select(Incident).where(col(Incident.number) > newest - FAR).order_by(col(Incident.number).desc())
    found = {row.number: row for row in session.exec(query.limit(LAST))}
    if service:
        found |= {row.number: row for row in session.exec(query.where(Incident.service == service).limit(LAST))}
    return list(found.values())
