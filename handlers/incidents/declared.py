"""What the answer to a declaration offers: Change puts right what was declared, Undo takes it back for a minute.

`undo` as a word may mean what its writer did last instead: then it is asked.
"""

from sqlmodel import Session

from bot.domain.core.errors import DomainError, UnknownService
from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents.visibility import is_public
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import corrections, lifecycle
from bot.services.incidents.corrections import Correction
from bot.work import Work
from handlers import form, incident_reference, verbs
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words import question, title_check
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import Incident, IncidentStatus
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

PRIVATE = "It is cancelled and declared again; what was posted stays readable"
WHICH = "Nothing has changed yet. You have done something since you declared it. What do you want to take back?"
HELD = ("Give {ref} back", "unack")
BACK = {
    "page": ("Stop the paging of {ref}", "stop"),
    "role": ("Change the roles of {ref}", "role"),
    "severity": ("Change the severity of {ref}", "sev"),
}
FURTHER = ("Post an update on {ref}", "update")
"""What was published or noted stays: the next update puts it right."""
DRILL = "An exercise: it pages, and says that it is one"


def undo_button(door: Door, request: Request) -> Reply:
    """Raises UndoIsOver, which says what to do instead, and AlreadyThat when it was pressed before."""
    number = request.number
    return door.do(request, "undo", lambda w: lifecycle.undo(w, incidents.find(w, number)))


def undo_command(door: Door, request: Request, said: Command) -> Reply:
    """Two buttons for a declarer who has done something else since; no one's incident ends by a guess."""
    found: list[tuple[str, Command]] = []

    def look(session: Session, number: int) -> Reply:
        found.extend(_readings(door, request, session, number))
        return None

    several = looking(door, request, said, look)
    if several is not None:
        return several
    return question.ask(door, request, WHICH, found) if found else about(door, request, said, lifecycle.undo)


def _readings(door: Door, request: Request, session: Session, number: int) -> list[tuple[str, Command]]:
    """What is taken back: their last act, or the incident; empty when only the declaration can be meant."""
    incident, now = incident_reference.known(session, door.catalog, request, number), door.desk.clock.now()
    if not rules.can_be_undone(incident, now=now, by=request.user):
        return []  # the rule says why
    last = incident_queries.done_since(session, number, request.user, incident.declared_at)
    other = incident_queries.done_elsewhere(session, number, request.user, incident.declared_at)
    if other is not None and (last is None or other.recorded_at >= last.recorded_at):
        last, number = other, other.incident
    if last is None:
        return []
    label, verb = BACK.get(last.kind, FURTHER)
    if last.kind == "page":
        held = any(one.acknowledged_by == request.user for one in paging_queries.held_escalations(session, number))
        label, verb = HELD if held else BACK["page"]
    if session.get_one(Incident, number).status not in IncidentStatus.OPEN:
        label, verb = ("Reopen {ref}", "reopen")
    back = Command(verbs.find("/incident", verb), reference=number)
    cancel = Command(verbs.find("/incident", "cancel"), reference=incident.number)
    ref = door.catalog.reference
    return [(label.format(ref=ref(number)), back), (f"Cancel {ref(incident.number or 0)}: {incident.title}", cancel)]


def change_button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "sev", lambda session: change_view(door, session, request.number, request)))


def change_view(door: Door, session: Session, number: int, request: Request) -> View:
    """The form with what stands there now. Raises NotOpen."""
    catalog = door.catalog
    incident = incident_reference.open_one(session, catalog, request, number, "a change")
    levels = [
        Choice(key, f"{catalog.severity_label(key)} {row.label}", row.definition[:75])
        for key, row in catalog.severities.items()
    ]
    services = [Choice(key, one.name) for key, one in catalog.services.items()][: form.MOST_OPTIONS]
    blocks = [
        form.field("title", "What is happening?", form.words(initial=incident.title, focus=True)),
        form.field("severity", "Severity", form.radios(levels, incident.severity)),
    ]
    if services:
        menu = form.menu(services, incident.service or "", "Which service?")
        blocks.append(form.field("service", "Service", menu, optional=True))
    public = is_public(incident)
    offered = [Choice("private", "Private", PRIVATE if public else "Only invited people see it"),
               Choice("drill", "Drill", DRILL)]  # fmt: skip
    ticked = [*([] if public else ["private"]), *(["drill"] if incident.drill else [])]
    blocks.append(form.field("options", "Options", form.ticks(offered, ticked), optional=True))
    meta = incident_reference.meta(request, incident)
    return form.modal("declare.change", f"Change {catalog.reference(number)}", blocks, submit="Change", meta=meta)


def changed(door: Door, request: Request) -> Reply:
    values, number = request.values, request.number
    title, severity, service = values.text("title"), values.choice("severity"), values.choice("service")
    private, drill = "private" in values.choices("options"), "drill" in values.choices("options")
    chosen = Command(None, severity=severity, service=service or "", private=private, drill=drill)

    def corrected(w: Work) -> Answer:
        incident = incidents.find(w, number)
        again = title if title == incident.title else title_check.from_a_form(title, chosen, door.catalog)
        what = Correction(again, severity, service, private=private, drill=drill)
        return corrections.correct(w, incident, what)

    try:
        return door.do(request, "sev", corrected)
    except UnknownService as refusal:
        return Errors({"service": refusal.sentence()})
    except corrections.StaysPrivate as refusal:
        return Errors({"options": refusal.sentence()})
    except DomainError as refusal:
        return Errors({"title": refusal.sentence()})


COMMANDS = {"undo": undo_command}
ACTIONS = {"declare.undo": undo_button, "declare.change": change_button}
VIEWS = {"declare.change": changed}
