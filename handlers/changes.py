"""What every verb does to an incident, by its name: the same for Slack's words, the API and the command line.

A verb that Slack needs no form for has no other listener: its words become its body (`carried`).
"""

from collections.abc import Callable
from typing import Any

from bot.services.core.answer import Answer
from bot.work import Work
from handlers import verb_body, verbs
from handlers.assistance import changes as assistance
from handlers.command_parser import Command
from handlers.door import Door
from handlers.incident_command import about
from handlers.incidents import changes as incidents
from handlers.paging import changes as paging
from handlers.request import Request
from handlers.response import Reply
from storage.models import Incident

Change = Callable[[Work, Incident, Any], Answer]
CommandListener = Callable[[Door, Request, Command], Reply]

CHANGES: dict[str, Change] = {**incidents.CHANGES, **paging.CHANGES, **assistance.CHANGES}


def carried(change: Change) -> CommandListener:
    """The listener of a verb whose words say all it needs."""

    def listener(door: Door, request: Request, said: Command) -> Reply:
        assert said.verb is not None
        body = verb_body.said(said.verb, said.text)
        return about(door, request, said, lambda w, incident: change(w, incident, body))

    return listener


def listeners() -> dict[str, CommandListener]:
    """One for every verb that is known in Slack and has a change; a conversation may put its own in its place."""
    return {name: carried(change) for name, change in CHANGES.items() if verbs.find("/incident", name)}
