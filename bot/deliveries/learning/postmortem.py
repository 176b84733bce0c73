"""The postmortem of an incident as a document: the same facts as Markdown and as JSON. Reads only."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.rendering import durations
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.contexts.learning import postmortem
from bot.rendering.values import Value, When
from storage.queries import incidents


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
    dossier = incidents.dossier(session, number)
    if dossier is None:
        raise LookupError(f"there is no incident {composer.catalog.reference(number)}")
    timeline = incidents.timeline(session, number)
    pages = incidents.incident_pages(session, number)
    show = composer.for_dossier(session, dossier, [*(one.actor for one in timeline), *(one.person for one in pages)])
    return postmortem.postmortem(show, dossier, timeline, pages)


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
