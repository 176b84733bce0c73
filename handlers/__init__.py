"""The doors for people in Slack: every listener of every conversation, registered with Bolt in one place."""

import re
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from slack_bolt import App

from handlers import boundary, home, request, rest, verb_listener
from handlers.assistance import decision_tree, questions, specialists, vendors
from handlers.boundary import BoltListener, Listener
from handlers.door import Door
from handlers.incidents import (
    declare,
    declared,
    hold,
    marks,
    menu,
    merge,
    resolve,
    roles,
    severity,
    timeline,
    times,
    triage,
    updates,
    war_room,
)
from handlers.oncall import shift_handoff
from handlers.paging import acknowledgement, declining, pages, test_page, why, written
from handlers.schedules import cover_requests, on_call, overrides, swaps
from handlers.words.incident_command import CommandListener
from handlers.workspace import members

__all__ = ["Door", "register", "table"]

CONVERSATIONS: tuple[ModuleType, ...] = (
    declare, declared, triage, merge, hold, times, shift_handoff, verb_listener, pages, declining,
    acknowledgement, updates, severity, roles, resolve, war_room, timeline, marks, menu, on_call, home, members,
    test_page, why, overrides, cover_requests, swaps, questions, specialists, decision_tree, vendors, written,
)  # fmt: skip


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
    """Connects every listener; those of `rest` come last and take what is left."""

    def guarded(parse: boundary.Parse, listener: Listener) -> BoltListener:
        return boundary.guard(door, parse, listener)

    commands = listeners()
    app.command("/incident")(guarded(request.command, menu.root(commands)))
    app.command("/oncall")(guarded(request.command, on_call.root(table("ONCALL"))))
    for name, listener in table("SHORTCUTS").items():
        app.shortcut(name)(guarded(request.shortcut, listener))
    for name, listener in table("VIEWS").items():
        app.view(name)(guarded(request.submission, listener))
    for name, listener in table("OPTIONS").items():
        app.options(name)(guarded(request.suggestion, listener))
    app.action(re.compile(rf"^{re.escape(boundary.PICK)}(:\d+)?$"))(guarded(request.action, menu.picked(commands)))
    for name, listener in table("ACTIONS").items():
        app.action(name)(guarded(request.action, listener))
    for name, listener in table("EVENTS").items():
        app.event(name)(guarded(request.event, listener))
    app.action(re.compile(r"^link:"))(guarded(request.action, rest.link))
    _take_the_rest(app, guarded)


def _take_the_rest(app: App, guarded: Callable[[boundary.Parse, Listener], BoltListener]) -> None:
    anything = re.compile(".*")
    app.action(anything)(guarded(request.action, rest.old_button))
    app.options(anything)(guarded(request.suggestion, rest.unknown))
    app.view(anything)(guarded(request.submission, rest.old_form))
    app.view_closed(anything)(guarded(request.submission, rest.closed))
    app.shortcut(anything)(guarded(request.shortcut, rest.unknown))
    app.event(anything)(guarded(request.event, rest.unknown))
