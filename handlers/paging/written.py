"""Words written to the bot: in a direct message, or by mentioning it. Each gets one helpful answer.

Ordinary messages of channels pass by here unread; only what was edited or deleted is looked at, by `marks`, and what
Slack notes of what somebody did to a war room.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.catalog import Catalog
from bot.domain.core import written_answer
from bot.domain.core.errors import DomainError
from bot.rendering.contexts.core.answers import COMMAND
from bot.services.assistance import pass_on
from bot.services.core.answer import Answer
from bot.services.incidents import marks as marks_service
from bot.services.paging import written_answer as answers
from bot.work import Work
from handlers import verbs
from handlers.door import Door
from handlers.incidents import marks, war_room
from handlers.request import Request
from handlers.response import Reply
from handlers.words import command_parser

SPOKEN = (None, "file_share", "thread_broadcast", "me_message")
"""The kinds of message that somebody wrote; all others are Slack's own notes, or tell of a change."""


def message(door: Door, request: Request) -> Reply:
    """A message event. Only direct messages are read."""
    event = request.event
    if event.get("channel_type") == "im" and (said := _corrected(event, door.catalog)):
        _answer(door, replace(request, event=said, user=str(said["user"]), bot_is_there=False))
    elif event.get("channel_type") == "im" and by_a_person(event):
        _answer(door, replace(request, bot_is_there=False))
    elif deed := war_room.SUBTYPES.get(str(event.get("subtype"))):
        deed(door, request)
    elif event.get("channel_type") != "im" and event.get("subtype") not in SPOKEN:
        marks.changed(door, request)
    return None


def mentioned(door: Door, request: Request) -> Reply:
    """@tocsin in a channel: the writer alone sees the answer."""
    if by_a_person(request.event):
        _answer(door, request)
    return None


def _corrected(event: Mapping[str, Any], catalog: Catalog) -> Mapping[str, Any] | None:
    """What somebody wrote instead of words that were no answer to a page: "akc", corrected to "ack". Else None."""
    before, after = event.get("previous_message") or {}, event.get("message") or {}
    if event.get("subtype") != "message_changed" or not by_a_person(after) or before.get("text") == after.get("text"):
        return None
    was, now = (
        written_answer.read(command_parser.plain(str(one.get("text") or "")), catalog) for one in (before, after)
    )
    known = (was.kind, was.number, was.reason) == (now.kind, now.number, now.reason)
    return None if known and now.kind != "other" else after


def reacted(door: Door, request: Request) -> Reply:
    """A reaction on a page that waits for whoever put it there is answered; elsewhere it may be a pushpin."""
    item = request.event.get("item") or {}
    channel, ts = str(item.get("channel") or ""), str(item.get("ts") or "")
    if not channel.startswith("D"):
        return marks.pinned(door, request)
    with door.desk.read() as session:
        if answers.waiting_at(session, request.user, channel, ts) is None:
            return None
    asked = replace(request, channel=channel, fleeting=True, bot_is_there=False)
    return door.do(asked, "help", lambda w: answers.reaction(w, channel, ts))


def by_a_person(event: Mapping[str, Any]) -> bool:
    """Never a message of ours, and never one of another app: two that answer each other would not end."""
    return bool(event.get("user")) and not event.get("bot_id") and event.get("subtype") in SPOKEN


def _answer(door: Door, request: Request) -> None:
    """What is changed is said to the writer in the same transaction, and so is why nothing was."""
    thread = request.event.get("thread_ts")
    said = written_answer.read(command_parser.plain(str(request.event.get("text") or "")), door.catalog)
    request = replace(request, fleeting=True, thread=str(thread) if thread else None)

    def use_case(w: Work) -> Answer:
        answer = answers.answer(w, said, pass_on.decline, channel=request.channel, thread=request.thread)
        if answer.template == "hello" and answer.values["waiting"]:
            about = _number(answer) if said.kind == "other" else None
            tip = _tip(said.text, w.catalog, about) if said.kind == "other" else ""
            return Answer("hello", values={**answer.values, "tip": tip})
        if answer.template == "hello":
            about = marks_service.incident_at(w.session, request.channel or "", request.thread)
            return Answer("hello", values={**answer.values, "tip": _tip(said.text, w.catalog, about)})
        return answer

    try:
        door.do(request, {"other": "help", "pass": "decline"}.get(said.kind, said.kind), use_case)
    except DomainError as refusal:
        door.refuse(request, refusal.sentence())


def _number(answer: Answer) -> int | None:
    """The incident that a question is about while one page waits."""
    waiting = answer.values["waiting"]
    return waiting[0]["number"] if len(waiting) == 1 else None


def _tip(text: str, catalog: Catalog, number: int | None) -> str:
    """The command that these words would be, if they begin with a verb; no command is carried out from here.

    `number` is the incident of the room or the thread that they were written in.
    """
    if re.match(r"who(?:'s| is|s)?\b.*\bon[ -]?call\b", text.lower().replace("’", "'")):
        return "/oncall who"
    words = text.removeprefix("/").removeprefix("incident ").removeprefix("oncall ").split()
    for command in ("/incident", "/oncall"):
        verb = verbs.find(command, words[0].strip(".,:;!")) if words else None
        if verb is not None:
            unnamed = number and verb.about_one and not any(catalog.parse_reference(word) for word in words[1:])
            about = [catalog.reference(number)] if number and unnamed else []
            return f"{command} {' '.join([words[0], *about, *words[1:]])}"[:COMMAND]
    return "/oncall who" if "on call" in text.lower().replace("-", " ") or "oncall" in text.lower() else ""


EVENTS = {"message": message, "app_mention": mentioned, "reaction_added": reacted}
