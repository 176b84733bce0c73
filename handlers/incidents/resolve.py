"""How an incident ends: resolve by command or form; the buttons that reopen, close and cancel."""

from datetime import UTC, datetime

from sqlmodel import Session

from bot.domain.core.errors import DomainError, OrderOfTimes
from bot.domain.incidents import ending_words
from bot.domain.incidents.lifecycle import hold_left
from bot.domain.incidents.own_fields import NeededToResolve
from bot.rendering.durations import human
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.services.incidents.lifecycle import Resolution
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.incidents import own_fields
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.queries import incidents as incident_queries


def command(door: Door, request: Request, said: Command) -> Reply:
    """With words it resolves at once; without, or with some that tell of no end, the form opens."""
    if said.text and not ending_words.tells_of_no_end(said.text):
        try:
            return about(door, request, said, lambda w, incident: lifecycle.resolve(w, incident, Resolution(said.text)))
        except NeededToResolve:
            pass  # the form asks for what is missing

    def asked(session: Session, number: int) -> Reply:
        return Show(resolve_view(door, session, number, request, said.text))

    return looking(door, request, said, asked)


def button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "resolve", lambda session: resolve_view(door, session, request.number, request)))


def resolve_view(door: Door, session: Session, number: int, request: Request, words: str = "") -> View:
    """The form; `words` are what was written already. Raises NotOpen when it is over already."""
    catalog = door.catalog
    incident = incident_reference.open_one(session, catalog, request, number, "resolving")
    ended = incident.mitigated_at or door.desk.clock.now()
    owner = incident_queries.roles(session, number).get("ic") or incident.declared_by
    blocks = [
        form.field("fixed", "What fixed it?", form.words(lines=True, initial=words, focus=True)),
        *own_fields.inputs(catalog, own_fields.lacking(catalog, incident), incident.own),
        form.field("ended", "When did the impact end?", form.moment(ended), hint="In your own time zone."),
        form.field("impact", "Who was affected, and how?", form.words(lines=True, initial=incident.impact),
                   optional=True),
        form.field("owner", "Who owns the postmortem?", form.person(incident_reference.slack_of(catalog, owner)),
                   optional=True),
        form.field("update", "Final update", form.words(lines=True), optional=True,
                   hint="If empty, \"What fixed it\" is used."),
    ]  # fmt: skip
    left = hold_left(incident, catalog.severities[incident.severity].stability_hold, door.desk.clock.now())
    if left:
        hint = f'{human(left)} of the stability hold are left. If empty, "What fixed it" is the reason.'
        blocks.append(form.field("early", "Why now?", form.words(), optional=True, hint=hint))
    title = f"Resolve {catalog.reference(number)}"
    return form.modal("resolve", title, blocks, submit="Resolve", meta=incident_reference.meta(request, incident))


def submitted(door: Door, request: Request) -> Reply:
    values, number = request.values, request.number
    ended = values.moment("ended")
    how = Resolution(
        text=values.text("fixed"),
        impact=values.text("impact"),
        mitigated_at=datetime.fromtimestamp(ended, UTC) if ended else None,
        owner=values.user("owner") or None,
        update=values.text("update"),
        early=values.text("early"),
        own=own_fields.entered(door.catalog, values),
    )
    try:
        return door.do(request, "resolve", lambda w: lifecycle.resolve(w, incidents.find(w, number), how))
    except DomainError as refusal:
        below = "ended" if isinstance(refusal, OrderOfTimes) else "fixed"
        return Errors({own_fields.place(refusal, below): refusal.sentence()})


def reopen_button(door: Door, request: Request) -> Reply:
    return _pressed(door, request, "reopen")


def close_button(door: Door, request: Request) -> Reply:
    return _pressed(door, request, "close")


def cancel_button(door: Door, request: Request) -> Reply:
    return _pressed(door, request, "cancel")


def _pressed(door: Door, request: Request, action: str) -> Reply:
    rule = {"reopen": lifecycle.reopen, "close": lifecycle.close, "cancel": lifecycle.cancel}[action]
    number = request.number

    def use_case(w: Work) -> Answer:
        return rule(w, incidents.find(w, number))

    return door.do(request, action, use_case)


COMMANDS = {"resolve": command}
ACTIONS = {
    "incident.resolve": button,
    "menu.reopen": reopen_button,
    "menu.close": close_button,
    "incident.close": close_button,
    "menu.cancel": cancel_button,
}
VIEWS = {"resolve": submitted}
