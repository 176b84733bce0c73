"""Everything that surfaces show of one incident, as one read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from storage.models import (
    CommandOffer,
    Escalation,
    Incident,
    Page,
    PageStep,
    Problem,
    StatusUpdate,
    TimelineEntry,
)
from storage.queries.assignees import assignees
from storage.queries.command import newest_offer
from storage.queries.incidents import roles, roles_of, updates
from storage.queries.paging import escalation_of, newest_of, pages
from storage.queries.problems import of_incident


@dataclass
class IncidentView:
    """An incident with what its surfaces show. `escalation` is the newest; `pages` are its pages in order,
    `steps` the ways of those, for the surfaces that show them; `giver` is who offers it, if it is an offer,
    and `note` what they say. `assignee` is whom the incident is with, `offer` the newest offer of its command,
    `problems` what it comes from."""

    incident: Incident
    roles: dict[str, str] = field(default_factory=dict)
    escalation: Escalation | None = None
    pages: list[Page] = field(default_factory=list)
    updates: list[StatusUpdate] = field(default_factory=list)
    steps: list[PageStep] = field(default_factory=list)
    resolved_by: str | None = None
    giver: str | None = None
    note: str = ""
    assignee: str | None = None
    offer: CommandOffer | None = None
    problems: list[Problem] = field(default_factory=list)


PARTS = frozenset({"roles", "pages", "updates", "assignee", "offer", "problems"})


def dossier(
    session: Session, number: int, parts: frozenset[str] = PARTS, *, escalation: int | None = None
) -> IncidentView | None:
    """The incident with those parts of its record that are asked for; "pages" brings the escalation, this one or else
    the newest."""
    incident = session.get(Incident, number)
    if incident is None:
        return None
    row = session.get(Escalation, escalation) if escalation else None
    if escalation is None and "pages" in parts:
        row = escalation_of(session, number)
    return IncidentView(
        incident=incident,
        roles=roles(session, number) if "roles" in parts else {},
        escalation=row,
        pages=pages(session, row.id) if row else [],
        updates=updates(session, number) if "updates" in parts else [],
        resolved_by=resolved_by(session, number) if incident.resolved_at else None,
        assignee=assignees(session, [number]).get(number) if row and "assignee" in parts else None,
        offer=newest_offer(session, number) if "offer" in parts else None,
        problems=of_incident(session, number) if "problems" in parts else [],
    )


def listed(session: Session, rows: Sequence[Incident]) -> list[IncidentView]:
    """What a list shows of each: it asks as much for one as for many."""
    numbers = [row.number or 0 for row in rows]
    if not numbers:
        return []
    holders, newest = roles_of(session, numbers), newest_of(session, numbers)
    with_whom = assignees(session, numbers)
    return [
        IncidentView(
            row,
            roles=holders.get(row.number or 0, {}),
            escalation=newest.get(row.number or 0),
            assignee=with_whom.get(row.number or 0),
        )
        for row in rows
    ]


def resolved_by(session: Session, number: int) -> str | None:
    """Who resolved it last."""
    query = select(TimelineEntry.actor).where(TimelineEntry.incident == number, TimelineEntry.kind == "resolved")
    return session.exec(query.order_by(col(TimelineEntry.id).desc()).limit(1)).first()
