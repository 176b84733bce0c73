"""Putting an incident on hold, taking it off again, and what is asked when a cure has held."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.services import nudges
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import holding
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import IncidentStatus

USUAL = timedelta(days=1)


def command(door: Door, request: Request, said: Command) -> Reply:
    """`hold until Monday 9:00 waiting for the vendor`; alone it opens the form."""
    if said.text:
        return about(door, request, said, lambda w, incident: holding.written(w, incident, said.text))
    return looking(door, request, said, lambda session, number: Show(view(door, session, number, request)))


def button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "hold", lambda session: view(door, session, request.number, request)))


def view(door: Door, session: Session, number: int, request: Request) -> View:
    incident = incident_reference.open_one(session, door.catalog, request, number, "holding it")
    until = incident.held_until or door.desk.clock.now() + USUAL
    blocks = [
        form.small(incident_reference.label(door.catalog, incident)),
        form.field(
            "until", "Until when?", form.moment(until), hint="In your own time zone. It resumes by itself then."
        ),
        form.field("reason", "What does it wait for?", form.words(initial=incident.held_for or "", focus=True)),
        form.small("No updates are owed and no one is reminded meanwhile. Paging isn't affected."),
    ]
    return form.modal("hold", "Put on hold", blocks, submit="Hold", meta=incident_reference.meta(request, incident))


def submitted(door: Door, request: Request) -> Reply:
    number, until, reason = request.number, request.values.moment("until"), request.values.text("reason")
    if not until:
        return Errors({"until": "Choose until when it is on hold."})
    at = datetime.fromtimestamp(until, UTC)
    try:
        return door.do(request, "hold", lambda w: holding.hold(w, incidents.find(w, number), at, reason))
    except DomainError as refusal:
        return Errors({"until": refusal.sentence()})


def end_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "hold", lambda w: holding.end(w, incidents.find(w, number)))


def keep_watching(door: Door, request: Request) -> Reply:
    """The question comes again after another hold, while it is still watched."""

    def use_case(w: Work) -> Answer:
        incident = incidents.find(w, request.number)
        if incident.status != IncidentStatus.MONITORING:
            return Answer("no_change", incident.number)
        hold = w.catalog.severities[incident.severity].stability_hold or USUAL
        return nudges.snooze(w, incident, "stable", hold)

    return door.do(request, "status", use_case)


COMMANDS = {"hold": command}
ACTIONS = {"menu.hold": button, "onhold.end": end_button, "stable.keep": keep_watching}
VIEWS = {"hold": submitted}
