"""The links of an incident: what it has, with a button that removes each."""

from sqlmodel import Session

from bot.rendering.contexts import render
from bot.services.links import links
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply, Screen
from handlers.words.command import Command
from handlers.words.incident_command import looking
from storage.queries import command as queries


def listed(door: Door, request: Request, said: Command) -> Reply:
    return looking(door, request, said, lambda session, number: _screen(door, session, number))


def _screen(door: Door, session: Session, number: int) -> Screen:
    values = {"links": [row.model_dump(mode="json") for row in queries.links(session, number)]}
    message = render.answer(session, door.composer(), "links", number, values)
    return Screen(f"Links of {door.catalog.reference(number)}", message)


def button(door: Door, request: Request) -> Reply:
    return door.look(request, "timeline", lambda session: _screen(door, session, request.number))


def removed(door: Door, request: Request) -> Reply:
    return door.do(request, "link", lambda w: links.remove_one(w, request.number))


COMMANDS = {"links": listed}
ACTIONS = {"link.remove": removed, "menu.links": button}
