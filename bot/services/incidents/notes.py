"""Use cases: a line that a person adds to the timeline, written or captured from a message."""

from datetime import datetime

from bot.domain.core.effect import Deliver
from bot.domain.incidents import lifecycle as incidents
from bot.services.core.answer import Answer
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries


def capture(w: Work, incident: Incident, channel: str, ts: str) -> Answer:
    """A message of the war room was marked for the timeline: its text is fetched, then noted; twice is once."""
    n = incident.number or 0
    payload = {"incident": n, "channel": channel, "ts": ts, "person": w.actor.who}
    w.carry_out(Deliver(kind="capture", lane=f"capture:{n}", key=f"capture:{channel}:{ts}", payload=payload))
    return Answer("nothing", n)


def note(
    w: Work,
    incident: Incident,
    text: str,
    *,
    at: datetime | None = None,
    source_key: str | None = None,
    link: str | None = None,
) -> Answer:
    """A timeline line. The same message marked twice (`source_key`) is one line."""
    number = incident.number or 0
    if source_key and incident_queries.timeline_source(w.session, number, source_key):
        return Answer("note_known", number)
    facts = incidents.note(incident, text, at=at or w.now, source_key=source_key, link=link)
    w.record(facts, incident=incident)
    return Answer("note_added", number)
