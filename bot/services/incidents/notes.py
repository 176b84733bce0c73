"""Use cases: a line that a person adds to the timeline, written by hand or captured from a message."""

from datetime import datetime

from bot.domain.incidents import lifecycle as incidents
from bot.services.core.answer import Answer
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries


def note(
    w: Work,
    incident: Incident,
    text: str,
    *,
    at: datetime | None = None,
    source_key: str | None = None,
    link: str | None = None,
    mark: str = "",
) -> Answer:
    """A timeline line. The same message marked twice (`source_key`) is one line; `mark` is how it was marked."""
    number = incident.number or 0
    if source_key and incident_queries.timeline_source(w.session, number, source_key):
        return Answer("note_known", number)
    facts = incidents.note(incident, text, at=at or w.now, source_key=source_key, link=link, mark=mark)
    w.record(facts, incident=incident)
    return Answer("note_added", number)
