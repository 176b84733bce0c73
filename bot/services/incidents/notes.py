"""Use cases: a line that a person adds to the timeline, written by hand or captured from a message."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.core import written_time
from bot.domain.core.errors import DomainError
from bot.domain.core.written_time import WrittenTime
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import mirror
from bot.services.core.answer import Answer
from bot.services.workspace import directory, eligibility
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries

MOST_ASKED = 1500
"""Characters of a note that a button can carry."""


class TooLongToAsk(DomainError):
    """{when} is {odd}, and the note is too long to ask about it. Nothing was added.

    Write it without the time, or in fewer words.
    """


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
    twin = mirror.note(
        incident, w.catalog.integrations.mirrored, eligibility.plainly(w, f"{_author(w)}: {text.strip()}")
    )
    w.record([*facts, *twin], incident=incident)
    return Answer("note_added", number)


def _author(w: Work) -> str:
    return eligibility.name(w, w.actor.who)


def written(w: Work, incident: Incident, text: str) -> Answer:
    """A note as a person writes it: a time in front is when it happened, and the answer says which time was taken.

    One before the incident began, or still to come, is asked about, and nothing is added yet. Raises WhichZone.
    """
    zone = directory.zone(w, w.actor.who)
    found = written_time.leading(text, w.now, zone)
    if found is None:
        nearly = written_time.nearly(text, w.now, zone)
        return _asked(w, incident, text, nearly, [w.now], zone) if nearly else _timed(w, incident, text, w.now, zone)
    if found.other is not None and found.other != found.at:
        when = f"{found.zone} in front of this note", "not in force on that day"
        choices = [one for one in (found.at, found.other) if one <= w.now]
        return _asked(w, incident, found.rest, when, choices or [w.now], zone)
    began = _began(incident)
    at = _meant(found, began) or found.at
    if began <= at <= w.now:
        return _timed(w, incident, found.rest, at, zone)
    odd = "in the future" if at > w.now else "before this incident began"
    earlier = at if at <= w.now else found.a_day_before
    choices = [one for one in (earlier, w.now) if one <= w.now and not (found.dated and found.ahead and one == earlier)]
    return _asked(w, incident, found.rest, (f"{written_time.spelled(at, zone)}, your time,", odd), choices, zone)


def _asked(
    w: Work, incident: Incident, text: str, odd: tuple[str, str], choices: Sequence[datetime], zone: ZoneInfo
) -> Answer:
    """The question when it was. Raises TooLongToAsk."""
    when, why = odd
    if len(text) > MOST_ASKED:
        raise TooLongToAsk(when=when, odd=why)
    values = {"text": text, "when": when, "odd": why,
              "choices": [[int(one.timestamp()), _choice(w, one, zone)] for one in choices]}  # fmt: skip
    return Answer("note_time", incident.number, values)


def posted(w: Work, incident: Incident, text: str) -> Answer:
    """A note of the API and the command line, where no button can ask: a time that cannot be meant is only text, and
    the answer says so."""
    zone = directory.zone(w, w.actor.who)
    found = written_time.leading(text, w.now, zone)
    if found is None:
        return note(w, incident, text)
    if (at := _meant(found, _began(incident))) and at <= w.now:
        return _timed(w, incident, found.rest, at, zone)
    odd = "in the future" if found.at > w.now else "before this incident began"
    return _timed(w, incident, text, w.now, zone, odd=odd)


def _meant(found: WrittenTime, began: datetime) -> datetime | None:
    """The time of day may be yesterday's, where an incident that began then is spoken of."""
    at = found.a_day_before if found.ahead and not found.dated and found.a_day_before >= began else found.at
    return at if at >= began else None


def _began(incident: Incident) -> datetime:
    return incident.started_at.replace(second=0, microsecond=0)


def _choice(w: Work, at: datetime, zone: ZoneInfo) -> str:
    return "Now" if at == w.now else written_time.spelled(at, zone)


def at_time(w: Work, incident: Incident, value: str) -> Answer:
    """The answer to that question: what the button carries is the incident's number, the time and the words."""
    _, at, text = value.split(":", 2)
    source = f"asked:{hashlib.sha256(value.encode()).hexdigest()[:24]}"
    return _timed(w, incident, text, datetime.fromtimestamp(int(at), tz=UTC), directory.zone(w, w.actor.who), source)


def _timed(
    w: Work, incident: Incident, text: str, at: datetime, zone: ZoneInfo, source: str | None = None, *, odd: str = ""
) -> Answer:
    """`odd`: why the time in front of the text was not taken."""
    answer = note(w, incident, text, at=at, source_key=source)
    if answer.template != "note_added":
        return answer
    return Answer("note_timed", incident.number, {"when": written_time.spelled(at, zone), "odd": odd})
