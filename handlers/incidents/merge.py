"""Merging two incidents: a form always asks which of the two ends, since that can't be undone."""

from dataclasses import replace

from sqlmodel import Session

from bot.domain.core import typed_references
from bot.domain.core.errors import DomainError, NoSuchIncident
from bot.domain.incidents import visibility
from bot.domain.incidents.lifecycle import titled
from bot.domain.incidents.states import Step, require
from bot.domain.incidents.visibility import is_public
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import merging
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import looking
from storage.models import Incident
from storage.queries import incidents as incident_queries

ENDS = (
    "The other one ends as merged, which can't be undone: its paging stops, its people are told and brought over, and "
    "its timeline is shown in this one."
)
BOTH_PRIVATE = "Both are private. People in one of them will learn of the other."
THIS, OTHER = "this", "other"


def command(door: Door, request: Request, said: Command) -> Reply:
    """`merge INC-2`, in a war room; `merge INC-2 INC-1`, `merge INC-2 into INC-1` elsewhere."""
    prefix = door.catalog.display.id_prefix
    found = typed_references.find(said.text, prefix) or typed_references.numbers(said.text)
    named = list(dict.fromkeys(one.number for one in found))[:2]
    if said.reference:
        named = [said.reference, *(one for one in named if one != said.reference)][:2]
    into = "into" in said.text.lower().split() and len(named) > 0
    return looking(door, request, replace(said, reference=_first(door, request, named)),
                   lambda session, number: Show(view(door, session, number, named, request, into=into)))  # fmt: skip


def _first(door: Door, request: Request, named: list[int]) -> int | None:
    """Whose form it is: the room's, where only the other one is named; else the first that is named."""
    if len(named) > 1:
        return named[0]
    with door.desk.read() as session:
        here = incident_reference.in_room(session, request.channel)
    return here if here else next(iter(named), None)


def view(door: Door, session: Session, number: int, named: list[int], request: Request, *, into: bool) -> View:
    """`named` are those that were typed. With "into" it was said which goes on, and that is chosen already."""
    catalog = door.catalog
    one = incident_reference.known(session, catalog, request, number)
    require(one, Step.MERGE, catalog.reference(number))
    other = next((it for it in named if it != number), None)
    goes_on = [Choice(THIS, f"In {catalog.reference(number)}"), Choice(OTHER, "In the other one")]
    blocks = [form.said(incident_reference.label(catalog, one))]
    if other is not None:
        two = incident_reference.known(session, catalog, request, other)
        goes_on = [Choice(THIS, f"In {_short(door, one)}"), Choice(OTHER, f"In {_short(door, two)}")]
        blocks.append(form.said(incident_reference.label(catalog, two)))
    else:
        menu = form.menu(_others(session, door, request, number))
        blocks.append(form.field("other", "Which other one is it the same as?", menu))
    blocks += [
        form.field("goes_on", "Where does the work go on?", form.radios(goes_on, OTHER if into else "")),
        form.field("reason", "Why are they the same?", form.words(), optional=True),
        form.small(ENDS),
        *([] if is_public(one) else [form.small(BOTH_PRIVATE)]),
    ]
    meta = {**incident_reference.meta(request, one), "other": other}
    return form.modal("merge", "Merge two incidents", blocks, submit="Merge", meta=meta)


def _short(door: Door, incident: Incident) -> str:
    return f"{door.catalog.reference(incident.number or 0)} {titled(incident)}"[:70]


def _others(session: Session, door: Door, request: Request, number: int) -> list[Choice]:
    """The open ones that this person may know of. Raises NoSuchIncident for none."""
    viewer = visibility.viewer(door.catalog, request.user, request.channel)
    rows = incidents.known_to(session, viewer, incident_queries.open_incidents(session, limit=form.MOST_OPTIONS))
    found = [Choice(str(one.number), _short(door, one)) for one in rows if one.number != number]
    if not found:
        raise NothingToMerge(ref=door.catalog.reference(number))
    return found


class NothingToMerge(DomainError):
    """No other incident is open, so there is nothing to merge {ref} with."""


def submitted(door: Door, request: Request) -> Reply:
    values, here = request.values, request.number
    chosen = values.choice("other")
    there = int(chosen) if chosen.isdigit() else int(request.meta.get("other") or 0)
    loser, winner = (there, here) if values.choice("goes_on") == THIS else (here, there)
    if values.choice("goes_on") not in (THIS, OTHER):
        return Errors({"goes_on": "Choose in which of the two the work goes on."})
    viewer = visibility.viewer(door.catalog, request.user, request.channel)

    def use_case(w: Work) -> Answer:
        for number in sorted({loser, winner}):  # two people who merge lock in one order
            incidents.find_known(w, number, viewer)
        return merging.merge(w, incidents.find(w, loser), incidents.find(w, winner), values.text("reason"))

    try:
        return door.do(request, "merge", use_case)
    except NoSuchIncident as refusal:
        return Errors({"goes_on": refusal.sentence()})
    except DomainError as refusal:
        return Errors({"goes_on": refusal.sentence()})


def button(door: Door, request: Request) -> Reply:
    """The tray of a room."""
    number = request.number
    return Show(door.look(request, "merge", lambda s: view(door, s, number, [], request, into=False)))


COMMANDS = {"merge": command}
ACTIONS = {"menu.merge": button}
VIEWS = {"merge": submitted}
