"""What the postmortem is given: only what was recorded; the template says what is missing."""

from collections.abc import Sequence
from datetime import datetime

from bot.rendering.contexts.core.message import IncidentMessage, MessageContext, Messages, of_incident
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents import surfaces
from bot.rendering.contexts.incidents.incident import Context, incident, measures, page_counts, roles
from bot.rendering.contexts.incidents.lists import author, told
from bot.rendering.contexts.paging.thread import outcome
from bot.rendering.values import When
from storage.models import Incident, Page, TimelineEntry
from storage.queries.incident_view import IncidentView

SOURCES = {"manual": "a person, {who}, who declared it", "cli": "a person, {who}, at the command line"}


def postmortem(
    show: Presenter, dossier: IncidentView, timeline: Sequence[TimelineEntry], pages: Sequence[Page]
) -> Context:
    """What `postmortem.md` is given. `pages` are those of all escalations of the incident."""
    row = dossier.incident
    return {
        "incident": _dated(show, incident(show, dossier), row, dossier),
        "generated_at": show.dated(show.now),
        "roles": roles(show, dossier),
        "impact": _impact(dossier, pages),
        "entries": [_entry(show, one, row.number) for one in timeline],
        "detection": _detection(show, row),
        "metrics": [one for one in measures(show, row) if one["value"] is not None],
        "pages": [_page(show, one) for one in pages],
        "decisions": [_entry(show, one, row.number) for one in timeline if one.kind == "decision"],
        "factors": [],
        "well": [],
        "follow_ups": [],
    }


def _dated(show: Presenter, shown: Context, row: Incident, dossier: IncidentView) -> Context:
    """A document outlives the day: every time with its date."""
    moments = {
        "started_at": row.started_at if row.started_at != row.declared_at else None,
        "declared_at": row.declared_at,
        "resolved_at": row.resolved_at,
        "updated_at": dossier.updates[-1].at if dossier.updates else None,
    }
    return shown | {key: _moment(show, at) for key, at in moments.items()}


def _moment(show: Presenter, at: datetime | None) -> When | None:
    return show.dated(at) if at else None


def _impact(dossier: IncidentView, pages: Sequence[Page]) -> list[Context]:
    """Numbers that we have ourselves; nothing is estimated."""
    row = dossier.incident
    counts = page_counts(pages)
    rows: list[Context] = []
    if row.mitigated_at:
        rows.append({"label": "Length of the impact", "value": row.mitigated_at - row.started_at})
    if counts["total"]:
        rows.append({"label": "Pages sent", "value": f"{counts['total']} ({counts['acked']} acknowledged)"})
    rows.append({"label": "Updates published", "value": str(row.update_count)})
    return rows


def _entry(show: Presenter, one: TimelineEntry, number: int | None) -> Context:
    return {"at": _moment(show, one.at), "kind": one.kind, "text": told(show, one, number), "by": author(show, one)}


def _detection(show: Presenter, row: Incident) -> Context:
    who = show.name(row.declared_by)
    source = SOURCES.get(row.source, "an alert from {source}").format(who=who, source=row.source)
    gap = row.detected_at - row.started_at
    return {"source": source, "gap": gap if gap.total_seconds() > 0 else None}


def _page(show: Presenter, one: Page) -> Context:
    return {"who": show.name(one.person), "sent_at": _moment(show, one.sent_at or one.owed_at), "outcome": outcome(one)}


def _ready(it: MessageContext) -> Context:
    return {"incident": incident(it.show, it.dossier), "link": it.values["link"]}


MESSAGES: Messages = {
    "postmortem_ready": IncidentMessage(_ready),
    "postmortem_coming": IncidentMessage(of_incident(surfaces.plain)),
}
