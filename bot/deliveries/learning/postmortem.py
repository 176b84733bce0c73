"""The postmortem of an incident as a document: the same facts as Markdown and as JSON. Reads only."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.deliveries.core.composition import Composition, Result, incident_of
from bot.deliveries.core.kind import Deliveries, Kind, by_files
from bot.deliveries.core.refusal import Refused, first, in_charge
from bot.deliveries.incidents import losses
from bot.integrations.outbound import MakeCanvas, NoAddress, Nothing, Outbound, Upload
from bot.rendering import durations
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.contexts.learning import postmortem
from bot.rendering.contexts.links import messages as link_context
from bot.rendering.values import Value, When
from bot.work import Work
from storage.models import Delivery, RoomState
from storage.queries import command as command_queries
from storage.queries import incident_view as incident_views
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries


def postmortem_markdown(session: Session, number: int, composer: Composer) -> str:
    """The draft as a Markdown document. Raises LookupError when there is no such incident."""
    return composer.renderer.text("postmortem.md", _context(session, number, composer))


def postmortem_json(session: Session, number: int, composer: Composer) -> dict[str, Any]:
    """The same as plain values: times as ISO 8601 in UTC, lengths in seconds with words beside them, people by name.

    Raises LookupError when there is no such incident.
    """
    shown: dict[str, Any] = _plain(_context(session, number, composer))
    return shown


def _context(session: Session, number: int, composer: Composer) -> Context:
    dossier = incident_views.dossier(session, number)
    if dossier is None:
        raise LookupError(f"there is no incident {composer.catalog.reference(number)}")
    timeline = incident_queries.timeline(session, number)
    pages = paging_queries.incident_pages(session, number)
    show = composer.for_dossier(session, dossier, [*(one.actor for one in timeline), *(one.person for one in pages)])
    links = link_context.shown(show, command_queries.links(session, number))
    return postmortem.postmortem(show, dossier, timeline, pages) | {"links": links}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case When():
            return value.at.isoformat()
        case datetime():
            return value.isoformat()
        case timedelta():
            return {"seconds": int(value.total_seconds()), "text": durations.human(value)}
        case Value():
            return value.plain()
    return value


CANVAS_LIMIT = 90_000


def postmortem_file(draft: Composition) -> Outbound:
    row = draft.incident
    ref = draft.show.ref(row.number)
    content = postmortem_markdown(draft.session, row.number or 0, draft.composer)
    comment = f"Postmortem draft of {ref}: written from what was recorded, yours to complete."
    name, title = f"postmortem-{ref}.md", f"Postmortem {ref}"
    place = first(draft.delivery, *losses.post_places(draft))
    if place is None:
        raise NoAddress("there is no place left for the file; the command line prints it")
    return Upload(place[0], name, title, content, comment, thread_ts=place[1])


def postmortem_canvas(draft: Composition) -> Outbound:
    row = draft.incident
    if row.room != RoomState.OPEN or not row.channel_id:
        return Nothing("there is no war room")
    content = postmortem_markdown(draft.session, row.number or 0, draft.composer)
    return MakeCanvas(row.channel_id, f"Postmortem {draft.show.ref(row.number)}", content[:CANVAS_LIMIT])


def file_posted(w: Work, delivery: Delivery, result: Result) -> None:
    incident = incident_of(w, delivery)
    incident.postmortem_link = result.get("link") or incident.postmortem_link


DELIVERIES: Deliveries = {
    "postmortem.file": Kind(
        compose=postmortem_file,
        sent=file_posted,
        via=by_files,
        refused=Refused(called="the postmortem draft", elsewhere=losses.elsewhere, believers=in_charge),
    ),
    "postmortem.canvas": Kind(
        compose=postmortem_canvas, via=by_files, refused=Refused(called="the canvas of the postmortem")
    ),
}
