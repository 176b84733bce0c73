"""A command about one incident: finds which is meant, then carries out its use case or shows its form."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from bot.domain.core.verb import Verb
from bot.rendering.contexts import render
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.work import Work
from handlers import incident_reference
from handlers.door import Door
from handlers.incident_reference import Several
from handlers.request import Request
from handlers.response import Reply, Screen
from handlers.words import question
from handlers.words.command import Command
from storage.models import Incident

CommandListener = Callable[[Door, Request, Command], Reply]


def about(door: Door, request: Request, said: Command, use_case: Callable[[Work, Incident], Answer]) -> Reply:
    """Changes the incident that is meant; several possible ones become a menu. Raises DomainError."""
    verb = _verb(said)

    def found(w: Work) -> Answer:
        if said.reference:
            w.lock(Incident, said.reference)  # read once for the look at it and the change of it
        return use_case(w, incidents.find(w, _number(w.session, door, request, said)))

    try:
        return door.do(request, verb.action, found)
    except Several as several:
        return _pick(door, request, said, several)


def looking(
    door: Door, request: Request, said: Command, draw: Callable[[Session, int], Reply], action: str = ""
) -> Reply:
    """Shows something of the incident that is meant: a form or a screen. `action`: what it takes, if not what the verb
    does. Raises DomainError."""
    verb = _verb(said)
    try:
        return door.look(
            request, action or verb.action, lambda session: draw(session, _number(session, door, request, said))
        )
    except Several as several:
        return _pick(door, request, said, several)


def screen(door: Door, session: Session, template: str, number: int) -> Screen:
    """An answer that only reads, with the incident's present state."""
    message = render.answer(session, door.composer(), template, number)
    return Screen(f"{template.capitalize()} of {door.catalog.reference(number)}", message)


def _verb(said: Command) -> Verb:
    assert said.verb is not None, "the root listener handed over a command without a verb"
    return said.verb


def _number(session: Session, door: Door, request: Request, said: Command) -> int:
    return incident_reference.number(session, door.catalog, request, _verb(said), said.reference)


def _pick(door: Door, request: Request, said: Command, several: Several) -> Reply:
    """Each choice carries the same command with the reference put in."""
    choices = [(label, replace(said, reference=number)) for number, label in several.choices]
    asked = "Which incident do you mean?"
    if several.more:
        example = door.catalog.reference(several.choices[-1][0])
        asked += f" These are the worst; {several.more} more are open: write the number, as in `{example}`."
    return question.ask(door, request, asked, choices)
