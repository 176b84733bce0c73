"""Triage: whoever declared it, or is paged for it, says whether it is an incident."""

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.incidents import states
from bot.domain.lifecycle import triage
from bot.services.core import incident as incidents
from bot.services.incidents import triage as service
from handlers import form, incident_reference
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View


def accept_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "triage", lambda w: service.accept(w, incidents.find(w, number)))


def reject_button(door: Door, request: Request) -> Reply:
    """Asks what it was instead. Raises NotInTriage when that is decided."""
    return Show(door.look(request, "triage", lambda session: reject_view(session, door, request)))


def reject_view(session: Session, door: Door, request: Request) -> View:
    number = request.number
    incident = incident_reference.known(session, door.catalog, request, number)
    states.require(incident, states.Step.REJECT, door.catalog.reference(number))
    kinds = [Choice(one.key, one.label) for one in triage.KINDS]
    blocks = [
        form.small(incident_reference.label(door.catalog, incident)),
        form.field("kind", "What is it instead?", form.radios(kinds, kinds[0].value)),
        form.field("reason", "Why?", form.words(focus=True), optional=True),
    ]
    meta = incident_reference.meta(request, incident)
    return form.modal("triage.reject", "Not an incident", blocks, submit="Stop paging", meta=meta)


def rejected(door: Door, request: Request) -> Reply:
    values, number = request.values, request.number
    kind, reason = values.choice("kind"), values.text("reason")
    try:
        return door.do(request, "triage", lambda w: service.decline(w, incidents.find(w, number), reason, kind))
    except DomainError as refusal:
        return Errors({"reason": refusal.sentence()})


ACTIONS = {"triage.accept": accept_button, "triage.reject": reject_button}
VIEWS = {"triage.reject": rejected}
