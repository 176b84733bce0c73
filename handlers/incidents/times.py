"""When something happened, put right by hand: one form, or the times in words."""

from datetime import UTC, datetime

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.lifecycle.clocks import CLOCKS
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import clocks
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking

LABELS = {
    "started": "The trouble started", "detected": "Detected", "acknowledged": "Acknowledged",
    "identified": "Cause known", "mitigated": "Impact ended", "resolved": "Resolved",
}  # fmt: skip


def command(door: Door, request: Request, said: Command) -> Reply:
    """`set-times started 13:41, detected 13:44`; alone it opens the form."""
    if said.text:
        return about(door, request, said, lambda w, incident: clocks.written(w, incident, said.text))
    return looking(door, request, said, lambda session, number: Show(view(door, session, number, request)))


def view(door: Door, session: Session, number: int, request: Request) -> View:
    """What is known stands there; what is left empty stays as it is."""
    incident = incident_reference.known(session, door.catalog, request, number)
    fields = [
        form.field(one.key, LABELS[one.key], _moment(getattr(incident, one.field)), optional=True)
        for one in CLOCKS
        if one.key != "resolved" or incident.resolved_at
    ]
    blocks = [form.small(incident_reference.label(door.catalog, incident)), *fields,
              form.small("In your own time zone. What you leave empty stays as it is.")]  # fmt: skip
    shown = {one.key: int(at.timestamp()) for one in CLOCKS if (at := getattr(incident, one.field))}
    meta = {**incident_reference.meta(request, incident), "shown": shown}
    return form.modal("times", "Times", blocks, submit="Save", meta=meta)


def _moment(at: datetime | None) -> View:
    return form.moment(at) if at else {"type": "datetimepicker"}


def submitted(door: Door, request: Request) -> Reply:
    """Only what was changed in the form is changed: what someone else has corrected meanwhile stays."""
    values, number, shown = request.values, request.number, request.meta.get("shown") or {}
    chosen = {one.key: datetime.fromtimestamp(at, UTC) for one in CLOCKS if (at := values.moment(one.key))}
    moved = {key: at for key, at in chosen.items() if not clocks.same_minute(at, _shown(shown.get(key)))}

    def use_case(w: Work) -> Answer:
        incident = incidents.find(w, number)
        return clocks.correct(w, incident, moved) if moved else Answer("no_change", number)

    try:
        return door.do(request, "times", use_case)
    except DomainError as refusal:
        return Errors({next(iter(chosen), "started"): refusal.sentence()})


def _shown(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "times", lambda session: view(door, session, request.number, request)))


COMMANDS = {"set-times": command}
ACTIONS = {"menu.times": button}
VIEWS = {"times": submitted}
