"""What concerns one person among everything that is open: each a statement of its own, however much is open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from storage.models import (
    Action,
    ActionState,
    CommandOffer,
    Incident,
    IncidentStatus,
    Page,
    RoleAssignment,
    Ruling,
    RulingState,
)
from storage.queries.command import offers_of
from storage.queries.incidents import roles_of
from storage.queries.paging import live_pages

UNSETTLED = (RulingState.PENDING, RulingState.OBJECTED)
"""Decisions that whoever commands has to settle."""


@dataclass(frozen=True)
class Mine:
    """`own`: incident -> roles that this person has in it. `holders`: incident -> role -> who has it, of those."""

    own: Mapping[int, Sequence[str]] = field(default_factory=dict)
    holders: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    pages: Sequence[Page] = ()
    offers: Sequence[CommandOffer] = ()
    actions: Sequence[Action] = ()
    rulings: Sequence[Ruling] = ()


def own_roles(session: Session, names: Collection[str]) -> dict[int, list[str]]:
    """Open incident -> the roles that somebody has in it now, under any of their names."""
    theirs = col(RoleAssignment.person).in_(names), col(RoleAssignment.until).is_(None)
    query = select(RoleAssignment.incident, RoleAssignment.role).join(Incident).where(
        col(Incident.status).in_(IncidentStatus.OPEN), *theirs
    )  # fmt: skip
    found: dict[int, list[str]] = {}
    for number, role in session.exec(query.order_by(col(RoleAssignment.id))):
        found.setdefault(number, []).append(role)
    return found


def mine(session: Session, slack: str, names: Collection[str], rows: Sequence[Incident]) -> Mine:
    """What waits for one person in these incidents."""
    numbers = {row.number for row in rows}
    own = {number: roles for number, roles in own_roles(session, names).items() if number in numbers}
    commanded = [number for number, roles in own.items() if "ic" in roles]
    todo = select(Action).where(col(Action.owner).in_(names), Action.state == ActionState.OPEN)
    waiting = select(Ruling).where(col(Ruling.incident).in_(commanded), col(Ruling.state).in_(UNSETTLED))
    return Mine(
        own,
        roles_of(session, list(own)) if own else {},
        [one for one in live_pages(session, slack) if one.incident in numbers],
        [one for one in offers_of(session, set(names)) if one.person in names and one.incident in numbers],
        [one for one in session.exec(todo.order_by(col(Action.due_at), col(Action.id))) if one.incident in numbers],
        list(session.exec(waiting.order_by(col(Ruling.id)))) if commanded else [],
    )
