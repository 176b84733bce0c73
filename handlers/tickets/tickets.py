"""Creating a ticket: by command, by button and by form. A private incident gets one by the form alone, which says who
can read it there."""

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.incidents.visibility import is_public
from bot.domain.tickets.errors import ReadableThere
from bot.domain.tickets.tickets import of
from bot.rendering.contexts.tickets import plain
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.tickets import tickets
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import Incident, TicketState

PRIVATE_NOW = "This incident has become private. Open the form again: it says who can read its ticket."


def command(door: Door, request: Request, said: Command) -> Reply:
    """`ticket Checkout returns 5xx`; alone, and of a private incident, it opens the form."""
    asked = looking(door, request, said, lambda session, number: _asked(door, session, number, request, said.text))
    return asked or about(door, request, said, lambda w, incident: tickets.create(w, incident, said.text))


def _asked(door: Door, session: Session, number: int, request: Request, text: str) -> Reply:
    """The form, where there is something to fill in or to be told."""
    incident = incident_reference.known(session, door.catalog, request, number)
    if not _can_be_made(door, incident) or (text and is_public(incident)):
        return None
    return Show(_view(door, session, incident, request, text))


def _can_be_made(door: Door, incident: Incident) -> bool:
    made = of(incident).state in (TicketState.WANTED, TicketState.THERE)
    return door.catalog.integrations.tickets.on and not made


def _view(door: Door, session: Session, incident: Incident, request: Request, text: str = "") -> View:
    section, public = door.catalog.integrations.tickets, is_public(incident)
    show = door.composer().showing(session, [])
    title = form.words(initial=show.words(text) or plain.title(show, incident), focus=True)
    hint = f"A ticket in {section.called}, {section.project}."
    blocks = [
        form.small(incident_reference.label(door.catalog, incident)),
        *([] if public else [form.said(_who_reads(door))]),
        form.field("title", "Title of the ticket", title, hint=hint),
    ]
    meta = {**incident_reference.meta(request, incident), "told": not public}
    return form.modal("ticket.make", "Create a ticket", blocks, submit="Create", meta=meta)


def _who_reads(door: Door) -> str:
    readers = tickets.readers(door.catalog.integrations.tickets)
    return (
        f"⚠ This incident is private. Its ticket can be read by {readers}: the title below, the reference, the "
        "severity and when it ends. Nothing else is written there."
    )


def submitted(door: Door, request: Request) -> Reply:
    number, title, told = request.number, request.values.text("title"), bool(request.meta.get("told"))

    def use_case(w: Work) -> Answer:
        return tickets.create(w, incidents.find(w, number), title, readable=told)

    try:
        return door.do(request, "ticket", use_case)
    except ReadableThere:
        return Errors({"title": PRIVATE_NOW})
    except DomainError as refusal:
        return Errors({"title": refusal.sentence()})


def open_button(door: Door, request: Request) -> Reply:
    return _pressed(door, request, at_once=False)


def create_button(door: Door, request: Request) -> Reply:
    """Creates it as it stands; of a private incident it asks first."""
    return _pressed(door, request, at_once=True)


def _pressed(door: Door, request: Request, *, at_once: bool) -> Reply:
    def draw(session: Session) -> Reply:
        incident = incident_reference.known(session, door.catalog, request, request.number)
        if not _can_be_made(door, incident) or (at_once and is_public(incident)):
            return None
        return Show(_view(door, session, incident, request))

    shown = door.look(request, "ticket", draw)
    return shown or door.do(request, "ticket", lambda w: tickets.create(w, incidents.find(w, request.number)))


COMMANDS = {"ticket": command}
ACTIONS = {"ticket.open": open_button, "ticket.create": create_button}
VIEWS = {"ticket.make": submitted}
