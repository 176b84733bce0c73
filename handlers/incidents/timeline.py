"""The timeline: notes by command and form, and showing it; the postmortem's draft."""

from dataclasses import replace

from sqlmodel import Session

from bot.services.core import incident as incidents
from bot.services.incidents import notes
from bot.services.learning import postmortem as postmortem_service
from handlers import form, incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking, screen


def note(door: Door, request: Request, said: Command) -> Reply:
    """`note 13:38 deploy went out`: a time in front is when it happened; alone it opens the form."""
    if said.text:
        return about(door, request, said, lambda w, incident: notes.written(w, incident, said.text))
    return looking(door, request, said, lambda session, number: Show(note_view(door, session, number, request)))


def note_button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "note", lambda session: note_view(door, session, request.number, request)))


def note_view(door: Door, session: Session, number: int, request: Request) -> View:
    incident = incident_reference.known(session, door.catalog, request, number)
    blocks = [
        form.field("note", "What happened?", form.words(lines=True, focus=True),
                   hint="A time in front, such as 13:38, says when it happened."),
    ]  # fmt: skip
    title = f"Note on {door.catalog.reference(number)}"
    return form.modal("note", title, blocks, submit="Add to timeline", meta=incident_reference.meta(request, incident))


def note_submitted(door: Door, request: Request) -> Reply:
    text, number = request.values.text("note"), request.number
    return door.do(request, "note", lambda w: notes.written(w, incidents.find(w, number), text))


def note_at(door: Door, request: Request) -> Reply:
    """When it was, said by a button of the question about it."""
    number, value = request.number, request.value
    return door.do(
        replace(request, fleeting=True), "note", lambda w: notes.at_time(w, incidents.find(w, number), value)
    )


def show(door: Door, request: Request, said: Command) -> Reply:
    return looking(door, request, said, lambda session, number: screen(door, session, "timeline", number))


def show_button(door: Door, request: Request) -> Reply:
    return door.look(request, "timeline", lambda session: screen(door, session, "timeline", request.number))


def postmortem(door: Door, request: Request, said: Command) -> Reply:
    return about(door, request, said, lambda w, incident: postmortem_service.postmortem(w, incident, request.key or ""))


def postmortem_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(
        request, "postmortem", lambda w: postmortem_service.postmortem(w, incidents.find(w, number), request.key or "")
    )


COMMANDS = {"note": note, "timeline": show, "postmortem": postmortem}
ACTIONS = {
    "menu.note": note_button,
    "note.at": note_at,
    "menu.timeline": show_button,
    "postmortem.open": postmortem_button,
}
VIEWS = {"note": note_submitted}
