"""`/incident decline`: a page that you can't take, or something in triage that is no incident. Both are asked about."""

from dataclasses import replace

from sqlmodel import Session

from bot.services.incidents import triage
from bot.services.paging import escalations
from handlers import incident_reference, verbs
from handlers.door import Door
from handlers.incident_reference import Several
from handlers.request import Request
from handlers.response import Reply
from handlers.words import question
from handlers.words.command import Command
from handlers.words.incident_command import about
from storage.models import Incident, IncidentStatus
from storage.queries import paging as paging_queries

WHICH = "{ref} is in triage, so this could mean either. Nothing has changed yet. Which do you mean?"


def _triage(session: Session, door: Door, request: Request, said: Command) -> tuple[int, bool] | None:
    """Of an incident in triage, its number and whether a page could be meant: by someone who was paged for it, or by
    words that are said of pages alone, such as "can't take it"."""
    assert said.verb is not None
    number = incident_reference.number(session, door.catalog, request, said.verb, said.reference)
    incident = session.get_one(Incident, number)
    if incident.status != IncidentStatus.TRIAGE:
        return None
    pages = paging_queries.incident_pages(session, number)
    typed = request.text.split()[:1]
    return number, typed != ["decline"] or any(one.person == request.user for one in pages)


def decline(door: Door, request: Request, said: Command) -> Reply:
    try:
        found = None if said.sure else door.look(request, "decline", lambda s: _triage(s, door, request, said))
    except Several:
        found = None  # it asks which is meant, and comes back here
    if found is None:
        return about(door, request, said, lambda w, one: escalations.decline(w, one, reason=said.text))
    number, mine = found
    none = replace(said, verb=verbs.find("/incident", "reject"), reference=number)
    if not mine:
        return about(door, request, none, lambda w, one: triage.decline(w, one, none.text))
    choices = (("I can't take the page", replace(said, reference=number, sure=True)), ("It is no incident", none))
    return question.ask(door, request, WHICH.format(ref=door.catalog.reference(number)), choices)


COMMANDS = {"decline": decline}
