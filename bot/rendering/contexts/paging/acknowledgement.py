"""Messages about who holds an incident, about pauses, and about those who are only informed."""

from collections.abc import Mapping
from typing import Any

from bot.domain.paging import ack_timeout
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import Escalation
from storage.queries.incident_view import IncidentView

Values = Mapping[str, Any]
WAITING = ("owed", "sent")


def token(row: Escalation | None) -> str:
    """What the buttons about an acknowledgement carry: the escalation, and when it was acknowledged."""
    at = row.acknowledged_at if row else None
    return f"{row.id}-{int(at.timestamp())}" if row and at else "0-0"


def state(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """Who is asked, who has it, and how long a pause or an acknowledgement lasts."""
    row = dossier.escalation
    by = values.get("by") or (row.acknowledged_by if row else None)
    check = ack_timeout.next_check(row) if row else None
    return {
        "incident": incident(show, dossier),
        "paged": show.everyone(page.person for page in dossier.pages if page.state in WAITING),
        "by": show.someone(by),
        "person": show.someone(values.get("person")),
        "reason": show.words(str(values.get("reason") or "")) or None,
        "until": show.when((row.paused_until or check) if row else None),
        "since": show.when(row.confirmed_at if row else None),
        "next_check": show.when(check),
        "token": token(row),
        "settled": bool(values.get("settled")),
    }


def raise_ask(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """The question whether the severity is still right; the buttons carry what it was when asked."""
    row = dossier.incident
    asked = str(values.get("severity") or row.severity)
    rows = list(show.catalog.severities)
    at = rows.index(asked) if asked in rows else 0
    return {
        "incident": incident(show, dossier),
        "worse": show.severity(rows[at - 1]) if at else None,
        "token": f"{row.number}-{asked}",
    }
