"""The timeline: notes by command and form, and showing it; the postmortem's draft."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import notes
from bot.services.learning import postmortem as postmortem_service
from bot.work import Work
from handlers import form, incident_reference
from handlers.command_parser import Command, leading_clock
from handlers.door import Door
from handlers.incident_command import about, looking, screen
from handlers.request import Request
from handlers.response import Reply, Show, View
from storage.models import Incident, Member


def note(door: Door, request: Request, said: Command) -> Reply:
    """`note 13:38 deploy went out`: a time in front is when it happened; alone it opens the form."""
    if said.text:
        return about(door, request, said, lambda w, incident: _noted(w, incident, said.text))
    return looking(door, request, said, lambda session, number: Show(note_view(door, session, number, request)))


def _noted(w: Work, incident: Incident, text: str) -> Answer:
    clock, rest = leading_clock(text)
    if clock is None:
        return notes.note(w, incident, text)
    return notes.note(w, incident, rest, at=_today_at(w, clock))


def _today_at(w: Work, clock: tuple[int, int]) -> datetime:
    """The last time it was this o'clock where the person is."""
    member = w.session.get(Member, w.actor.who)
    known = w.catalog.person_by_slack(w.actor.who)
    zone = ZoneInfo(member.timezone if member else w.catalog.timezone(known))
    local = w.now.astimezone(zone)
    at = local.replace(hour=clock[0], minute=clock[1], second=0, microsecond=0)
    return at if at <= local else at - timedelta(days=1)


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
    return door.do(request, "note", lambda w: _noted(w, incidents.find(w, number), text))


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
    "menu.timeline": show_button,
    "postmortem.open": postmortem_button,
}
VIEWS = {"note": note_submitted}
