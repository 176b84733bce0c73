"""Use cases of messages that people marked for the timeline: captured, taken off again, edited and deleted afterwards.

What a message says is asked of Slack when the mark is settled: marks that come late or in another order do no harm.
Of messages that nobody marked nothing is asked and nothing kept.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlmodel import Session

from bot.domain.core.effect import Deliver
from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents.facts import NoteCorrected, NoteWithdrawn
from bot.services.core import incident as incidents
from bot.services.core import replies
from bot.services.core.answer import Answer
from bot.services.incidents import notes
from bot.work import Work
from storage.models import Incident, TimelineEntry
from storage.queries import incidents as incident_queries

PUSHPINS = frozenset({"pushpin", "round_pushpin"})
NOWHERE = (
    "This message isn't in a war room or an incident's thread, so it wasn't added to a timeline. "
    "Write `/incident note {ref} what happened` instead."
)
UNREAD = (
    "The message you marked couldn't be read ({detail}), so it wasn't added to a timeline. "
    "Mark it again, or write `/incident note {ref} what happened`."
)
DELETED = "(this message was deleted)"


class Mark(StrEnum):
    """What somebody did to a message."""

    #: A pushpin was put on it.
    PINNED = "pinned"
    #: A pushpin was taken off it.
    UNPINNED = "unpinned"
    #: The message shortcut was used, which nothing takes back.
    SHORTCUT = "shortcut"
    #: Its author edited it.
    EDITED = "edited"


@dataclass(frozen=True)
class Seen:
    """A message as Slack has it now. `thread` is the root of its thread, `pinned` whether any pushpin is on it."""

    text: str
    user: str | None
    link: str | None
    thread: str | None
    pinned: bool


def owe(w: Work, mark: Mark, channel: str, ts: str, key: str | None) -> Answer:
    """The message is looked at soon; the marks of a channel are settled in the order in which they came."""
    payload = {"channel": channel, "ts": ts, "person": w.actor.who, "mark": mark.value}
    name = f"capture:{channel}:{ts}:{key or w.now.isoformat()}"
    w.carry_out(Deliver(kind="capture", lane=f"capture:{channel}", key=name, payload=payload))
    return Answer("nothing")


def is_ours(session: Session, channel: str) -> bool:
    """Can a message here belong to an incident: is it a war room, or a channel with announcements?"""
    room = incident_queries.number_of_channel(session, channel)
    return room is not None or incident_queries.announces(session, channel)


def incident_at(session: Session, channel: str, root: str | None) -> int | None:
    """The incident of a war room, or of the announcement whose thread begins with `root`."""
    room = incident_queries.number_of_channel(session, channel)
    return room if room or not root else incident_queries.number_of_thread(session, channel, root)


def entry_of(session: Session, channel: str, ts: str, root: str | None) -> TimelineEntry | None:
    """The line of a message that was captured."""
    number = incident_at(session, channel, root)
    return incident_queries.timeline_source(session, number, _source(channel, ts)) if number else None


def settle(w: Work, mark: Mark, channel: str, ts: str, person: str, seen: Seen) -> None:
    """Brings the timeline to what Slack says of the message."""
    number = incident_at(w.session, channel, seen.thread or ts)
    if number is None:
        if mark in (Mark.PINNED, Mark.SHORTCUT):
            _tell(w, person, channel, NOWHERE, ts)
        return
    incident = incidents.find(w, number)
    entry = incident_queries.timeline_source(w.session, number, _source(channel, ts))
    text = f"{{person:{seen.user}}}: " * bool(seen.user) + (seen.text or "(a message without text)")
    if mark is Mark.UNPINNED:
        if entry is not None and not seen.pinned and not _by_shortcut(w, number, _source(channel, ts)):
            _withdraw(w, incident, entry, person)
    elif entry is not None:
        _correct(w, incident, entry, text)
    elif mark is Mark.SHORTCUT or (mark is Mark.PINNED and seen.pinned):
        at = datetime.fromtimestamp(float(ts), tz=UTC)
        notes.note(w, incident, text, at=at, source_key=_source(channel, ts), link=seen.link, mark=mark.value)


def unread(w: Work, mark: Mark, channel: str, ts: str, person: str, detail: str) -> None:
    """The message could not be read: whoever marked it is told."""
    if mark in (Mark.PINNED, Mark.SHORTCUT):
        _tell(w, person, channel, UNREAD.replace("{detail}", detail), ts)


def deleted(w: Work, channel: str, ts: str, root: str | None) -> Answer:
    """A message that was captured is no more: its line says so, and what it said is only in the journal."""
    found = entry_of(w.session, channel, ts, root)
    if found is not None:
        incident = incidents.find(w, found.incident)
        author, mark, _ = found.text.partition("}: ")
        _correct(w, incident, found, f"{author}{mark}{DELETED}" if mark else DELETED)
        found.link = None
    return Answer("nothing")


def _source(channel: str, ts: str) -> str:
    return f"{channel}:{ts}"


def _by_shortcut(w: Work, number: int, source: str) -> bool:
    return incident_queries.captured_by(w.session, number, source) == Mark.SHORTCUT


def _withdraw(w: Work, incident: Incident, entry: TimelineEntry, person: str) -> None:
    fact = NoteWithdrawn(source_key=entry.source_key or "", by=person, text=entry.text)
    w.record([fact], incident=incident)
    w.session.delete(entry)


def _correct(w: Work, incident: Incident, entry: TimelineEntry, text: str) -> None:
    text = text[: rules.MAX_TEXT]
    if text != entry.text:
        w.record([NoteCorrected(source_key=entry.source_key or "", text=text)], incident=incident)
        entry.text = text


def _tell(w: Work, person: str, channel: str, sentence: str, ts: str) -> None:
    said = Answer("refusal", values={"sentence": sentence.format(ref=w.catalog.reference(42))})
    replies.tell(w, person, channel, said, f"mark:{channel}:{ts}:{w.now.isoformat()}")
