"""The incident as every template knows it, its roles, and how its times compare with what its severity asks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.catalog.sections.fields import OWN_FIELDS
from bot.domain.core.people import TOCSIN
from bot.domain.incidents.lifecycle import DRILL, is_open
from bot.domain.incidents.visibility import was_public
from bot.domain.learning import problems
from bot.domain.lifecycle import phases
from bot.domain.tickets import tickets
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.values import Link, When
from storage.models import EscalationState, Incident, IncidentStatus, OfferState, Page, PageState, Problem, TicketState
from storage.queries.incident_view import IncidentView

Context = dict[str, Any]

ROLES = {"ic": "IC", "tech": "Tech", "comms": "Comms", "scribe": "Scribe"}
OVER = "🟢"


def incident(show: Presenter, dossier: IncidentView) -> Context:
    """`incident` of the templates' README."""
    row = dossier.incident
    silent = was_public(row)
    return {
        "ref": show.ref(row.number),
        "id": row.number,
        "title": _title(show, row),
        "severity": show.severity(row.severity),
        "dot": show.dot(row.severity) if is_open(row) else OVER if row.resolved_at else "⚪",
        "status": row.status.capitalize(),
        "resolved": not is_open(row),
        "triage": row.status == IncidentStatus.TRIAGE,
        "phase": phases.phase(row),
        "merged_into": show.ref(row.merged_into) if row.merged_into else None,
        "held_until": show.when(row.held_until),
        "held_for": show.words(row.held_for or "") or None,
        "summary": None if silent else show.words(row.description) or None,
        "impact": None if silent else show.words(row.impact) or None,
        "now": None if silent else show.words(row.focus) or None,
        "affected": row.complaint_count,
        "fields": [] if silent else own_fields(show, row),
        "ticket": None if silent else ticket(row),
        "problems": [] if silent else [problem(show, one) for one in dossier.problems],
        "resolution": show.words(row.resolution) or None,
        "service": _service(show, row),
        "ic": show.someone(dossier.roles.get("ic")),
        "assignee": show.someone(dossier.assignee),
        "declared_by": show.person(row.declared_by),
        "resolved_by": show.someone(dossier.resolved_by),
        "duration": duration(row, show.now),
        **_times(show, dossier),
        **_places(show, row),
    }


def ticket(row: Incident) -> Context | None:
    """Its ticket in the tracker, and the tracker's word for how that stands."""
    kept = tickets.of(row)
    if kept.state != TicketState.THERE:
        return None
    name = tickets.named(kept.id)
    return {"name": name, "link": Link(kept.url, name), "status": kept.status or None}


def problem(show: Presenter, row: Problem) -> Context:
    """What it comes from, and what helps until that is fixed."""
    return {
        "name": problems.name(row.id),
        "title": show.words(row.title),
        "state": row.state,
        "owner": show.someone(row.owner),
        "due": row.due.isoformat() if row.due else None,
        "workaround": show.words(row.workaround) or None,
        "fix": show.words(row.fix) or None,
    }


def own_fields(show: Presenter, row: Incident) -> list[Context]:
    """What was filled in, in the order of tocsin.yml; `short` is the value where there is little room. A field that is
    defined no more comes last, by its key.
    """
    own = {key: str(value) for key, value in (row.own or {}).items()}
    known = show.catalog.entries(OWN_FIELDS)
    shown: list[Context] = []
    for key in (*(one for one in known if one in own), *(one for one in own if one not in known)):
        person = key in known and known[key].type == "people"
        value = show.person(own[key]) if person else show.words(own[key])
        label = known[key].title if key in known else key
        shown.append({"label": label, "value": value, "short": value if person else str(value)[:80]})
    return shown


def _title(show: Presenter, row: Incident) -> str:
    title = show.words(row.title)
    return f"{DRILL}{title}" if row.drill else title


def _service(show: Presenter, row: Incident) -> str | None:
    service = show.catalog.services.get(row.service or "")
    return service.name if service else row.service


def _times(show: Presenter, dossier: IncidentView) -> Context:
    row, updates = dossier.incident, dossier.updates
    return {
        "started_at": show.when(row.started_at) if row.started_at != row.declared_at else None,
        "declared_at": show.when(row.declared_at),
        "updated_at": show.when(updates[-1].at) if updates else None,
        "resolved_at": show.when(row.resolved_at),
        "next_update": show.when(row.next_update_at) if is_open(row) else None,
        "update_late": late(row, show.now),
        "stable_at": _stable(show, row),
    }


def _stable(show: Presenter, row: Incident) -> When | None:
    """Until when a cure is watched."""
    policy = show.catalog.severities.get(row.severity)
    if row.status != IncidentStatus.MONITORING or row.mitigated_at is None or policy is None:
        return None
    return show.when(row.mitigated_at + policy.stability_hold) if policy.stability_hold else None


def _places(show: Presenter, row: Incident) -> Context:
    return {"room": show.room(row), "room_url": show.room_url(row)}


def late(row: Incident, now: datetime) -> timedelta | None:
    """How late the next update is; at the very moment it is due, one second."""
    due = row.next_update_at
    if due is None or not is_open(row) or now < due:
        return None
    return max(now - due, timedelta(seconds=1))


def duration(row: Incident, now: datetime) -> timedelta:
    """From the start until it was over; until now in whole minutes, from the first one on."""
    if ended := row.resolved_at or row.closed_at:
        return ended - row.started_at
    open_for, minute = now - row.started_at, timedelta(minutes=1)
    return open_for - open_for % minute if open_for >= minute else open_for


def roles(show: Presenter, dossier: IncidentView, *, without: Iterable[str] = ()) -> list[Context]:
    """Every role in its usual order, vacant ones too. `next` is who is offered command and has not answered."""
    left_out = set(without)
    asked = dossier.offer.person if dossier.offer and dossier.offer.state == OfferState.OFFERED else None
    return [
        {
            "label": label,
            "who": show.someone(dossier.roles.get(key)),
            "next": show.someone(asked if key == "ic" else None),
        }
        for key, label in ROLES.items()
        if key not in left_out
    ]


def page_counts(pages: Iterable[Page]) -> Context:
    """How many of the people who were paged stand where."""
    states = [page.state for page in pages]
    return {
        "total": len(states),
        "acked": states.count(PageState.ACKNOWLEDGED),
        "waiting": states.count(PageState.SENT) + states.count(PageState.OWED),
        "declined": states.count(PageState.DECLINED),
        "missed": states.count(PageState.MISSED) + states.count(PageState.FAILED),
    }


def pages_line(show: Presenter, dossier: IncidentView) -> Context:
    """How many people stand where, however often each was paged, and who answered: it may be somebody who never was."""
    row = dossier.escalation
    line = page_counts({page.person: page for page in dossier.pages}.values()) | {
        "by": show.someone(row.acknowledged_by if row else None),
        "level": None,
    }
    if row is not None and row.state == EscalationState.PAUSED:
        who = show.person(row.paused_by) if row.paused_by and row.paused_by != TOCSIN.who else None
        return line | {"paused_until": show.when(row.paused_until), "paused_by": who, "begins": begins(show, dossier)}
    if row is None or row.state != EscalationState.RUNNING:
        return line
    return line | {
        "level": row.level + 1,
        "levels": len(row.policy["levels"]),
        "asked": show.listed(page.person for page in dossier.pages if page.state in PageState.WAITING),
        "until": show.when(row.next_at),
    }


def begins(show: Presenter, dossier: IncidentView) -> When | None:
    """When paging begins that waits for the hours of its severity, on the clock of who reads it."""
    row = dossier.escalation
    if row is None or row.state != EscalationState.PAUSED or row.paused_by != TOCSIN.who or not row.policy["levels"]:
        return None
    return show.when(row.paused_until)


def measures(show: Presenter, row: Incident) -> list[Context]:
    """The lengths that the clock recorded beside the targets of the severity: label, value?, target?, missed."""
    policy = show.catalog.severities.get(row.severity)
    known = row.started_at != row.declared_at
    return [
        _measure("Detected", row.started_at if known else None, row.detected_at, None),
        _measure("Acknowledged", row.declared_at, row.acknowledged_at, policy.ack if policy else None),
        _measure("Commander named", row.declared_at, row.ic_assigned_at, policy.ic if policy else None),
        _measure("Mitigated", row.started_at, row.mitigated_at, None),
        _measure("Resolved", row.declared_at, row.resolved_at, policy.resolve if policy else None),
    ]


def _measure(label: str, start: datetime | None, end: datetime | None, target: Any) -> Context:
    value = max(end - start, timedelta(0)) if start and end else None  # what was in triage may be answered before
    limit = target if isinstance(target, timedelta) and target else None
    return {"label": label, "value": value, "target": limit, "missed": bool(limit and value and value > limit)}
