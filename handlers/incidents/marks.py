"""Marks on messages: a pushpin put on and taken off, the shortcut, and what becomes of a marked message afterwards.

Only war rooms and threads of announcements are looked at, and there only messages that somebody has marked.
"""

from dataclasses import replace

from sqlmodel import Session

from bot.domain.core import permissions
from bot.domain.core.errors import DomainError, NotAllowed
from bot.services.core.answer import Answer
from bot.services.incidents import marks
from bot.services.incidents.marks import Mark
from bot.work import Work
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply
from storage.models import Member

GONE = ("message_deleted", "tombstone")


class NotARoom(DomainError):
    """This message isn't in a war room or an incident's thread, so I can't tell which timeline you mean.

    Write `/incident note {ref} what happened` instead.
    """


class OnTimelineAlready(DomainError):
    """This message is on the timeline of {ref} already."""


def pinned(door: Door, request: Request) -> Reply:
    _marked(door, request, Mark.PINNED)
    return None


def unpinned(door: Door, request: Request) -> Reply:
    _marked(door, request, Mark.UNPINNED)
    return None


def _marked(door: Door, request: Request, mark: Mark) -> None:
    """A pushpin where incidents are talked about; elsewhere it means nothing to us."""
    item = request.event.get("item") or {}
    channel, ts = str(item.get("channel") or ""), str(item.get("ts") or "")
    reaction = str(request.event.get("reaction") or "").partition("::")[0]  # without the tone of a skin
    if reaction not in marks.PUSHPINS or item.get("type") != "message" or not (channel and ts):
        return
    with door.desk.read() as session:
        if not marks.is_ours(session, channel) or _by_an_app(session, request.user):
            return
    try:
        door.do(request, "note", lambda w: marks.owe(w, mark, channel, ts, request.key))
    except NotAllowed as refusal:
        door.refuse(request, refusal.sentence())


def _by_an_app(session: Session, user: str) -> bool:
    return permissions.kind(session.get(Member, user)) in ("bot", "deactivated")


def add_message(door: Door, request: Request) -> Reply:
    """The message shortcut does what the pushpin does, and says so."""
    message, channel = request.message, request.channel

    def use_case(w: Work) -> Answer:
        root = message.get("thread_ts") or message.get("ts")
        number = marks.incident_at(w.session, channel, str(root)) if channel and root else None
        if number is None or channel is None:
            raise NotARoom(ref=w.catalog.reference(42))
        if marks.entry_of(w.session, channel, str(message["ts"]), str(root)) is not None:
            raise OnTimelineAlready(ref=w.catalog.reference(number))
        marks.owe(w, Mark.SHORTCUT, channel, str(message["ts"]), request.key)
        return Answer("note_added", number)

    return door.do(request, "note", use_case)


def changed(door: Door, request: Request) -> None:
    """A message was edited or deleted. What nobody marked is not read, and a link that was unfolded is no edit."""
    event = request.event
    before, after = event.get("previous_message") or {}, event.get("message") or {}
    gone = event.get("subtype") in GONE or after.get("subtype") in GONE
    if not gone and (event.get("subtype") != "message_changed" or before.get("text") == after.get("text")):
        return
    channel = str(request.channel or "")
    ts = str(event.get("deleted_ts") or after.get("ts") or before.get("ts") or "")
    root = before.get("thread_ts") or after.get("thread_ts") or ts
    with door.desk.read() as session:
        if marks.entry_of(session, channel, ts, str(root)) is None:
            return

    def use_case(w: Work) -> Answer:
        return marks.deleted(w, channel, ts, str(root)) if gone else marks.owe(w, Mark.EDITED, channel, ts, request.key)

    author = str(after.get("user") or before.get("user") or "")
    door.hear(replace(request, user=author), use_case)


EVENTS = {"reaction_removed": unpinned}
SHORTCUTS = {"timeline.add_message": add_message}
