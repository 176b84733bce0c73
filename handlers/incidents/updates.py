"""Status updates: the command, the form, the buttons of the reminder, and the status and severity commands."""

import re
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError, UnknownSeverity, UnknownStatus
from bot.rendering.durations import human
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle, updates
from bot.services.incidents.updates import Update
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking, screen
from storage.models import Incident, IncidentStatus

NO_MORE = "none"
STEPS = (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))

LONGEST_PROMISE = timedelta(hours=24)
_PROMISE = re.compile(
    r"(?:(?:^|[\s,;.(–—-]+)(?:(?:the )?next (?:update |one )?(?:is |comes |due )?(?:in|within)|more in)\s+|"
    r"(?P<alone>^in\s+))"
    r"(?P<n>\d{1,3}|an?|half an) ?(?P<unit>m|mins?|minutes?|h|hrs?|hours?)\b\W*$",
    re.IGNORECASE,
)
"""When the next update is promised, at the end of one."""


def update(door: Door, request: Request, said: Command) -> Reply:
    """`update identified rolling back`; a status alone publishes nothing, so it opens the form with it."""
    status, words = _status(said)
    text, next_in = promised(words)
    if text:
        what = Update(text=text, status=status, next_in=next_in, keep_cadence=next_in is None)
        return about(door, request, said, lambda w, incident: updates.publish(w, incident, what))

    return looking(
        door, request, said,
        lambda session, number: Show(update_view(door.catalog, session, number, request, status, next_in)),
    )  # fmt: skip


def promised(words: str) -> tuple[str, timedelta | None]:
    """The text, and when the next update comes: "all good, next in 30m". A length alone is no text."""
    found = _PROMISE.search(words)
    if found is None or (found["alone"] and found.start() > 0):
        return words, None
    number = {"a": 1.0, "an": 1.0, "half an": 0.5}.get(found["n"].lower()) or float(found["n"])
    span = timedelta(hours=number) if found["unit"][0].lower() == "h" else timedelta(minutes=number)
    if not timedelta(0) < span <= LONGEST_PROMISE:
        return words, None
    return words[: found.start()].rstrip(" ,;:-–—"), span


def _status(said: Command) -> tuple[str, str]:
    first, _, rest = said.text.partition(" ")
    word = first.lower().rstrip(":,")
    return (word, rest.strip()) if word in IncidentStatus.SETTABLE else ("", said.text)


def status(door: Door, request: Request, said: Command) -> Reply:
    """Alone it shows the incident; with a word it sets the status."""
    if not said.text:
        return looking(door, request, said, lambda session, number: screen(door, session, "status", number), "list")
    word, _, reason = said.text.partition(" ")
    return about(
        door, request, said, lambda w, incident: lifecycle.set_status(w, incident, word.rstrip(":,"), reason.strip())
    )


def update_button(door: Door, request: Request) -> Reply:
    view = door.look(request, "update", lambda session: update_view(door.catalog, session, request.number, request, ""))
    return Show(view)


def update_view(
    catalog: Catalog, session: Session, number: int, request: Request, status: str, next_in: timedelta | None = None
) -> View:
    incident = incident_reference.open_one(session, catalog, request, number, "an update")
    chosen = status or (incident.status if incident.status in IncidentStatus.SETTABLE else IncidentStatus.INVESTIGATING)
    statuses = [Choice(one, one.capitalize()) for one in IncidentStatus.SETTABLE]
    severities = [Choice(key, catalog.severity_label(key)) for key in catalog.severities]
    cadence = catalog.severities[incident.severity].cadence
    blocks = [
        form.field("status", "Status", form.radios(statuses, chosen)),
        form.field("severity", "Severity", form.menu(severities, incident.severity)),
        form.field("text", "What changed?", form.words(lines=True, focus=True)),
        form.small(f"Last update: {incident.focus or 'none yet'}"),
        form.field("impact", "Customer impact now", form.words(lines=True, initial=incident.impact), optional=True),
        form.field("next", "Next update in", form.menu(_steps(cadence, next_in), _value(next_in or cadence))),
    ]
    title = f"Update {catalog.reference(number)}"
    return form.modal("update", title, blocks, submit="Post update", meta=incident_reference.meta(request, incident))


def _steps(cadence: timedelta | None, also: timedelta | None) -> list[Choice]:
    spans = sorted({*STEPS, *filter(None, (cadence, also))})
    timed = [Choice(_value(span), f"{human(span)}{' (usual)' if span == cadence else ''}") for span in spans]
    return [*timed, Choice(NO_MORE, "No further update planned")]


def _value(span: timedelta | None) -> str:
    return str(int(span.total_seconds())) if span else NO_MORE


def submitted(door: Door, request: Request) -> Reply:
    values = request.values
    chosen = values.choice("next")
    what = Update(
        text=values.text("text"),
        status=values.choice("status"),
        severity=values.choice("severity"),
        impact=values.text("impact"),
        next_in=timedelta(seconds=int(chosen)) if chosen.isdigit() else None,
        keep_cadence=not chosen,
    )
    number = request.number
    try:
        return door.do(request, "update", lambda w: updates.publish(w, incidents.find(w, number), what))
    except DomainError as refusal:
        return Errors({_field(refusal): refusal.sentence()})


def _field(refusal: DomainError) -> str:
    match refusal:
        case UnknownStatus():
            return "status"
        case UnknownSeverity():
            return "severity"
    return "text"


def same(door: Door, request: Request) -> Reply:
    return _reminded(door, request, updates.say_unchanged)


def snooze(door: Door, request: Request) -> Reply:
    return _reminded(door, request, updates.snooze)


def _reminded(door: Door, request: Request, use_case: Callable[[Work, Incident, str], Answer]) -> Reply:
    """The buttons of a reminder carry the incident and the promise that they were drawn for."""
    return door.do(request, "update", lambda w: use_case(w, incidents.find(w, request.number), request.value))


COMMANDS = {"update": update, "status": status}
ACTIONS = {
    "incident.update": update_button,
    "update.write": update_button,
    "update.same": same,
    "update.snooze": snooze,
}
VIEWS = {"update": submitted}
