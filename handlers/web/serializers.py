"""How records look to programs: plain JSON, times ISO 8601 in UTC, people by id and name."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from bot.catalog.sections.fields import OWN_FIELDS
from bot.domain.lifecycle import phases
from bot.domain.lifecycle.checklists import LISTS
from bot.domain.tickets import tickets
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.lists import told
from bot.services.incidents import checklists
from handlers.web.assistance import serializers
from handlers.web.learning import problems
from storage import claims
from storage.models import (
    Attempt,
    Delivery,
    Escalation,
    Incident,
    JournalEntry,
    RoleAssignment,
    TicketState,
    TimelineEntry,
)
from storage.queries import assistance as asked
from storage.queries import command as command_queries
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries
from storage.queries.incident_view import IncidentView

Json = dict[str, Any]
FORMAT = "tocsin-export/1"
AT_ONCE = 200
"""Deliveries that one statement looks at."""

_MOMENTS = (
    "started_at", "detected_at", "declared_at", "acknowledged_at", "ic_assigned_at", "identified_at", "mitigated_at",
    "resolved_at", "closed_at", "next_update_at", "held_until",
)  # fmt: skip
_PLAIN = ("title", "description", "status", "source", "service", "drill", "private", "impact", "focus", "resolution",
          "detection", "held_for")  # fmt: skip


def summary(show: Presenter, row: Incident, assignee: str | None = None) -> Json:
    """One line of a list."""
    return {
        "ref": show.ref(row.number),
        "number": row.number,
        "severity": row.severity,
        "severity_label": show.severity(row.severity),
        **{key: getattr(row, key) for key in _PLAIN},
        "phase": phases.phase(row),
        "merged_into": show.ref(row.merged_into) if row.merged_into else None,
        "complaints": row.complaint_count,
        "fields": _own(show, row),
        "declared_by": person(show, row.declared_by),
        "assignee": person(show, assignee),
        **{key: _iso(getattr(row, key)) for key in _MOMENTS},
        "ticket": _ticket(row),
        "channel": {"id": row.channel_id, "name": row.channel_name} if row.channel_id else None,
    }


def _ticket(row: Incident) -> Json | None:
    """None where none was ever asked for; `status` is the tracker's word."""
    kept = tickets.of(row)
    if kept.state == TicketState.NONE:
        return None
    shown = {"id": kept.id or None, "url": kept.url or None, "status": kept.status or None}
    return {"state": kept.state, **shown}


def _own(show: Presenter, row: Incident) -> Json:
    """Own fields by key; a person as everywhere."""
    known = show.catalog.entries(OWN_FIELDS)
    people = {key for key, one in known.items() if one.type == "people"}
    return {key: person(show, value) if key in people else value for key, value in (row.own or {}).items()}


def detail(session: Session, show: Presenter, dossier: IncidentView) -> Json:
    """An incident with who has which role, who was asked what, and the updates."""
    number = dossier.incident.number or 0
    escalation = dossier.escalation
    return {
        **summary(show, dossier.incident, dossier.assignee),
        "roles": {role: person(show, who) for role, who in dossier.roles.items()},
        "acknowledged_by": person(show, escalation.acknowledged_by) if escalation else None,
        "paging": escalation.state if escalation else "none",
        "pages": [
            {
                "person": person(show, page.person),
                "level": page.level + 1,
                "state": page.state,
                "why": page.why,
                "owed_at": _iso(page.owed_at),
                "sent_at": _iso(page.sent_at),
            }
            for page in dossier.pages
        ],
        "updates": [
            {
                "number": one.number,
                "status": one.status,
                "text": one.text,
                "by": person(show, one.by),
                "at": _iso(one.at),
            }
            for one in dossier.updates
        ],
        "checklists": _checklists(session, show, dossier.incident),
        "questions": serializers.questions(session, show, number),
        "vendor_cases": serializers.cases(session, show, number),
        "links": links(session, show, number),
        "problems": problems.of_incident(show, dossier.problems),
    }


def links(session: Session, show: Presenter, number: int) -> list[Json]:
    """The links that it has now."""
    return [
        {"kind": one.kind, "url": one.url, "label": one.title, "by": person(show, one.by), "at": _iso(one.at)}
        for one in command_queries.links(session, number)
    ]


def _checklists(session: Session, show: Presenter, row: Incident) -> Json:
    """Every list by its key: item -> done, open or none."""
    found = checklists.states(session, show.catalog, row, show.now)
    return {one.key: {item.key: found[item.key] for item in one.items} for one in LISTS}


def timeline(show: Presenter, entries: Sequence[TimelineEntry], number: int | None) -> list[Json]:
    """What happened, in order, with names in the text."""
    return [
        {
            "at": _iso(one.at),
            "kind": one.kind,
            "text": str(told(show, one, number)),
            "incident": show.ref(one.incident),
            "by": person(show, one.actor),
            "link": one.link,
        }
        for one in entries
    ]


def everything(session: Session, show: Presenter, dossier: IncidentView) -> Json:
    """Every record of an incident, its journal and the attempts to tell people included."""
    number = dossier.incident.number or 0
    policies = select(Escalation).where(Escalation.incident == number).order_by(col(Escalation.id))
    escalations = list(session.exec(policies))
    pages = [page for row in escalations for page in paging_queries.pages(session, row.id)]
    roles = select(RoleAssignment).where(RoleAssignment.incident == number).order_by(col(RoleAssignment.id))
    subject = f"incident:{number}"
    journal = select(JournalEntry).where(JournalEntry.subject == subject).order_by(col(JournalEntry.n))
    return {
        "format": FORMAT,
        "exported_at": _iso(show.now),
        "reference": show.ref(number),
        "severity": show.severity(dossier.incident.severity),
        "phase": phases.phase(dossier.incident),
        "incident": dossier.incident.model_dump(mode="json"),
        "roles": [row.model_dump(mode="json") for row in session.exec(roles)],
        "timeline": [_told(show, row, number) for row in incident_queries.timeline(session, number)],
        "updates": [row.model_dump(mode="json") for row in dossier.updates],
        "escalations": [row.model_dump(mode="json") for row in escalations],
        "pages": [page.model_dump(mode="json") for page in pages],
        "decisions": [row.model_dump(mode="json") for row in reversed(asked.decisions(session, number))],
        "problems": [row.model_dump(mode="json") for row in dossier.problems],
        "vendor_cases": [row.model_dump(mode="json") for row in asked.cases(session, number)],
        "links": [row.model_dump(mode="json") for row in command_queries.links(session, number)],
        "deliveries": list(_deliveries(session, number, [row.id for row in escalations], [page.id for page in pages])),
        "journal": [row.model_dump(mode="json") for row in session.exec(journal)],
        "names": {who: show.name(who) for who in sorted(_mentioned(dossier, escalations))},
    }


def _told(show: Presenter, entry: TimelineEntry, number: int) -> Json:
    return {**entry.model_dump(mode="json"), "text": str(told(show, entry, number))}


def _deliveries(
    session: Session, number: int, escalations: Sequence[int | None], pages: Sequence[int | None]
) -> Iterator[Json]:
    """What was owed because of the incident, with every try at it. It looks at some of all that was ever owed at a
    time, so that no statement takes longer the more there is of it."""

    def about(name: str) -> Any:
        return Delivery.payload[name].as_integer()

    related = or_(about("incident") == number, about("escalation").in_(escalations), about("page").in_(pages))
    for start in range(0, claims.last(session), AT_ONCE):
        some = and_(col(Delivery.id) > start, col(Delivery.id) <= start + AT_ONCE)
        rows = list(session.exec(select(Delivery).where(some, related).order_by(col(Delivery.id))))
        tries = _tries(session, [row.id or 0 for row in rows]) if rows else {}
        for row in rows:
            yield {**row.model_dump(mode="json", exclude={"lease", "lease_until"}), "tries": tries.get(row.id or 0, [])}


def _tries(session: Session, deliveries: Sequence[int]) -> dict[int, list[Json]]:
    found: dict[int, list[Json]] = {}
    tried = select(Attempt).where(col(Attempt.delivery).in_(deliveries)).order_by(col(Attempt.id))
    for attempt in session.exec(tried):
        found.setdefault(attempt.delivery, []).append(attempt.model_dump(mode="json", exclude={"delivery"}))
    return found


def _mentioned(dossier: IncidentView, escalations: Sequence[Escalation]) -> set[str]:
    people = {dossier.incident.declared_by, *dossier.roles.values(), *(page.person for page in dossier.pages)}
    return people | {one.acknowledged_by for one in escalations if one.acknowledged_by}


def person(show: Presenter, who: str | None) -> Json | None:
    return {"id": who, "name": show.name(who)} if who else None


def _iso(at: Any) -> str | None:
    return at.isoformat() if at else None


def sentence(show: Presenter, text: str) -> str:
    """What a message says, for a reader outside of Slack: no marks of bold text, mentions or local times, one line."""
    return " ".join(show.words(text).replace("*", "").split())
