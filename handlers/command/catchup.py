"""The catch-up: five lines for whoever asks or comes late, and how they take part."""

from sqlmodel import Session

from bot.rendering.contexts import render
from bot.services.command import catchup
from bot.services.core import incident as incidents
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply, Screen
from handlers.words.command import Command
from handlers.words.incident_command import looking


def show(door: Door, request: Request, said: Command) -> Reply:
    """`/incident catchup`, of the room it is typed in or of the incident that is named."""
    return looking(door, request, said, lambda session, number: _screen(door, session, number))


def show_button(door: Door, request: Request) -> Reply:
    """*Catch me up* on the home tab and in the tray."""
    return door.look(request, "timeline", lambda session: _screen(door, session, request.number))


def _screen(door: Door, session: Session, number: int) -> Screen:
    message = render.answer(session, door.composer(), "joined", number)
    return Screen(f"{door.catalog.reference(number)} in five lines", message)


def can_help(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "role", lambda w: catchup.can_help(w, incidents.find(w, number)))


def watch(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "join", lambda w: catchup.watch(w, incidents.find(w, number)))


COMMANDS = {"catchup": show}
ACTIONS = {"catchup.help": can_help, "catchup.watch": watch, "menu.catchup": show_button}
