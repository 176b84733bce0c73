"""The checklists in one form: what the records say is ticked already, and the rest is ticked here."""

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.lifecycle.checklists import LISTS, List, State
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import checklists
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking


def command(door: Door, request: Request, said: Command) -> Reply:
    """`tick-off errors`; alone it shows the lists."""
    if said.text:
        return about(door, request, said, lambda w, incident: checklists.tick(w, incident, said.text))
    return looking(door, request, said, lambda session, number: Show(view(door, session, number, request)))


def button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "tick", lambda session: view(door, session, request.number, request)))


def view(door: Door, session: Session, number: int, request: Request) -> View:
    catalog = door.catalog
    incident = incident_reference.known(session, catalog, request, number)
    found = checklists.states(session, catalog, incident, door.desk.clock.now())
    blocks = [form.small(incident_reference.label(catalog, incident)), *(_ticks(one, found) for one in LISTS),
              form.small("What the records say is ticked by itself. A program ticks with the API.")]  # fmt: skip
    shown = [item.key for one in LISTS for item in one.items if found[item.key] != State.OPEN]
    meta = {**incident_reference.meta(request, incident), "shown": shown}
    return form.modal("checklist", "Checklists", blocks, submit="Save", meta=meta)


def _ticks(one: List, found: dict[str, State]) -> View:
    choices = [Choice(item.key, item.text, "doesn't apply" if found[item.key] == State.NONE else "")
               for item in one.items]  # fmt: skip
    chosen = [item.key for item in one.items if found[item.key] != State.OPEN]
    done = f"{one.title} ({len(chosen)} of {len(choices)})"
    return form.field(one.key, done, form.ticks(choices, chosen), optional=True)


def submitted(door: Door, request: Request) -> Reply:
    """Only what was touched is kept: what the records or someone else ticked meanwhile stays ticked."""
    number, values, shown = request.number, request.values, request.meta.get("shown") or []
    wanted = [
        (item.key, State.OPEN if item.key in shown else State.DONE)
        for one in LISTS
        for item in one.items
        if (item.key in values.choices(one.key)) != (item.key in shown)
    ]

    def use_case(w: Work) -> Answer:
        return checklists.tick_all(w, incidents.find(w, number), wanted)

    try:
        return door.do(request, "tick", use_case)
    except DomainError as refusal:
        return Errors({LISTS[0].key: refusal.sentence()})


COMMANDS = {"tick-off": command}
ACTIONS = {"menu.checklist": button}
VIEWS = {"checklist": submitted}
