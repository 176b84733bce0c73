"""The doors for people in Slack: every listener of every conversation, registered with Bolt in one place."""

import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from slack_bolt import App

from handlers import boundary, home, request, rest, verb_listener
from handlers.assistance import decision_tree, questions, specialists, vendors
from handlers.boundary import BoltListener, Listener
from handlers.command import catchup, handoff, keeping, roles
from handlers.door import Door
from handlers.incidents import (
    checklist,
    declare,
    declared,
    hold,
    marks,
    menu,
    merge,
    own_fields,
    resolve,
    searching,
    severity,
    timeline,
    times,
    triage,
    updates,
    war_room,
)
from handlers.learning import problems
from handlers.links import links
from handlers.oncall import shift_handoff
from handlers.paging import acknowledgement, declining, more, pages, test_page, why, written
from handlers.response import Reply
from handlers.schedules import cover_requests, on_call, overrides, swaps
from handlers.tickets import tickets
from handlers.words.incident_command import CommandListener
from handlers.workspace import members

__all__ = ["Door", "register", "table"]

CONVERSATIONS: tuple[ModuleType, ...] = (
    declare, declared, triage, merge, hold, times, checklist, own_fields, shift_handoff, verb_listener, pages,
    declining, acknowledgement, updates, severity, roles, resolve, war_room, timeline, marks, menu, searching,
    on_call, home, members, test_page, why, overrides, cover_requests, swaps, questions, specialists, decision_tree,
    vendors, written, handoff, keeping, catchup, more, links, tickets,
    problems,
)  # fmt: skip
_PICKED = re.compile(rf"^{re.escape(boundary.PICK)}(:\d+)?$")


def table(kind: str) -> dict[str, Any]:
    """All listeners of a kind (COMMANDS, ONCALL, ACTIONS, OPTIONS, VIEWS, SHORTCUTS, EVENTS); each name once."""
    merged: dict[str, Any] = {}
    for conversation in CONVERSATIONS:
        own: Mapping[str, Any] = getattr(conversation, kind, {})
        if doubled := merged.keys() & own.keys():
            raise ValueError(f"{kind} with two listeners: {', '.join(sorted(doubled))}")
        merged |= own
    return merged


def listeners() -> dict[str, CommandListener]:
    """Of every verb of `/incident`: a conversation's own, else one that carries out its words."""
    return {**verb_listener.listeners(), **table("COMMANDS")}


def register(app: App, door: Door) -> None:
    """Connects one listener per kind of request: Bolt asks each that it knows in turn whether it is meant."""
    anything = re.compile(".*")

    def guarded(parse: boundary.Parse, listener: Listener) -> BoltListener:
        return boundary.guard(door, parse, listener)

    commands = listeners()
    app.command("/incident")(guarded(request.command, menu.root(commands)))
    app.command("/oncall")(guarded(request.command, on_call.root(table("ONCALL"))))
    app.action(anything)(guarded(request.action, _named("ACTIONS", _other_button(menu.picked(commands)))))
    app.options(anything)(guarded(request.suggestion, _named("OPTIONS", rest.unknown)))
    app.view(anything)(guarded(request.submission, _named("VIEWS", rest.old_form)))
    app.view_closed(anything)(guarded(request.submission, rest.closed))
    app.shortcut(anything)(guarded(request.shortcut, _named("SHORTCUTS", rest.unknown)))
    app.event(anything)(guarded(request.event, _named("EVENTS", rest.unknown)))


def _named(kind: str, otherwise: Listener) -> Listener:
    """The listener that the request names, or what takes the rest."""
    known: dict[str, Listener] = table(kind)

    def listener(door: Door, asked: request.Request) -> Reply:
        return known.get(asked.name, otherwise)(door, asked)

    return listener


def _other_button(picked: Listener) -> Listener:
    """What a question offered, a link that was followed, and buttons that nobody listens to any more."""

    def listener(door: Door, asked: request.Request) -> Reply:
        if _PICKED.match(asked.name):
            return picked(door, asked)
        return (rest.link if asked.name.startswith("link:") else rest.old_button)(door, asked)

    return listener
