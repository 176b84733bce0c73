"""Declaring: the command, the form, the shortcuts, and what the form's submission does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError, EmptyTitle, NoSuchIncident, NotOpen, UnknownService, UnknownSeverity
from bot.domain.core.typed_text import mentioned, plain
from bot.services.core import catalog_words
from bot.services.incidents import lifecycle
from bot.services.incidents.lifecycle import Declaration
from handlers import form
from handlers.door import Door
from handlers.form import Choice
from handlers.form_values import Values
from handlers.incidents import join, own_fields, severity_choice
from handlers.incidents.paged_first import who_is_paged
from handlers.incidents.severity_choice import Chosen
from handlers.request import Request
from handlers.response import Errors, Options, Redraw, Reply, Show, View
from handlers.words import title_check
from handlers.words.command import Command
from storage.queries import incidents as incident_queries

CHOOSE = "Choose one. Not sure? Choose that, and answer at least one of its questions."
OPTIONS_OFFERED = (
    Choice("triage", "Not sure yet", "It pages; a room and the announcement come when someone accepts it"),
    Choice("private", "Private", "Only invited people see it"),
    Choice("drill", "Drill", "An exercise: it pages, and says that it is one"),
)
SECLUDED = (
    "Not everyone can read the message this comes from, so Private is ticked. "
    "If you untick it, everyone in {channel} reads these words."
)


class DeclaredAlready(DomainError):
    """That message is {ref}, which is declared already: nothing new was declared. `/incident status {ref}` shows it."""


@dataclass(frozen=True)
class Entries:
    """What stands in the form."""

    title: str = ""
    severity: Chosen = field(default_factory=Chosen)
    service: str = ""
    ticked: Sequence[str] = ()
    details: str = ""
    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog, values: Values) -> "Entries":
        return cls(
            title=values.text("title"),
            severity=Chosen.of(values),
            service=values.choice("service"),
            ticked=sorted(values.choices("options")),
            details=values.text("details"),
            own=own_fields.entered(catalog, values),
        )


def command(door: Door, request: Request, said: Command) -> Reply:
    """With a title it declares at once; without one, or without a field that is needed, it opens the form with it."""
    if not said.text or own_fields.held_up(door.catalog, said):
        flags = (("triage", said.triage), ("private", said.private), ("drill", said.drill))
        ticked = [name for name, chosen in flags if chosen]
        level, service = Chosen(said.severity or ""), _service(door.catalog, said.service)
        return _form(door, request, Entries(title=said.text, severity=level, service=service, ticked=ticked))
    what = Declaration(
        title=said.text,
        severity=said.severity or "",
        service=said.service,
        private=said.private,
        drill=said.drill,
        triage=said.triage,
        channel=request.channel,
        given=said.given,
    )
    return door.do(request, "declare", lambda w: lifecycle.declare(w, what))


def button(door: Door, request: Request) -> Reply:
    """The buttons of the home tab and of the menu, and the global shortcut."""
    return _form(door, request, Entries())


def drill(door: Door, request: Request) -> Reply:
    """An exercise: the form with that ticked, which is one tap to change."""
    return _form(door, request, Entries(ticked=["drill"]))


def unsure(door: Door, request: Request) -> Reply:
    """The form with the questions behind *Not sure*, for something that is not declared yet."""
    return _form(door, request, Entries(severity=Chosen(severity_choice.NOT_SURE)))


def from_message(door: Door, request: Request) -> Reply:
    """The message shortcut: its first line is proposed as the title, the whole text is kept.

    What not everybody can read is proposed as private. Raises DeclaredAlready for an announcement or a card.
    """
    said = plain(str(request.message.get("text") or ""))
    ts = str(request.message.get("ts") or "")

    def draw(session: Session) -> View:
        if number := incident_queries.number_of_message(session, str(request.channel or ""), ts):
            raise DeclaredAlready(ref=door.catalog.reference(number))
        show = door.composer().showing(session, mentioned(said))
        text = show.words(said)  # a field shows a mention as the id that it is
        title = next((line.strip() for line in text.splitlines() if line.strip()), "")
        link = show.message_url(request.channel, ts)
        ticked = ["private"] if request.secluded else []
        entries = Entries(title=title[:250], details=text, ticked=ticked)
        kept = {"secluded": True} if request.secluded else {}
        return _view(session, door, request, entries, {"link": link, **kept, **_place(request)})

    return Show(door.look(request, "declare", draw))


def _form(door: Door, request: Request, entries: Entries) -> Show:
    """One look for everything that the form shows: its trigger is good for three seconds."""
    meta = _place(request)
    return Show(door.look(request, "declare", lambda session: _view(session, door, request, entries, meta)))


def _place(request: Request) -> dict[str, Any]:
    return {"channel": request.channel, "bot_is_there": request.bot_is_there}


def _service(catalog: Catalog, text: str) -> str:
    try:
        return catalog_words.parse_service(catalog, text) or ""
    except UnknownService:
        return ""


def _view(session: Session, door: Door, request: Request, entries: Entries, meta: Mapping[str, Any]) -> View:
    offers = _instead(session, door, request, entries)
    return declare_view(door.catalog, entries, _follows(session, door, entries), meta, offers)


def _instead(session: Session, door: Door, request: Request, entries: Entries) -> list[View]:
    """What is open on the service, and what reads alike."""
    open_ = join.offers(session, door, request.user, entries.service)
    shown = {str(one["block_id"]) for one in open_}
    return [*open_, *join.alike(session, door, request.user, entries.title, entries.service, shown)]


def _follows(session: Session, door: Door, entries: Entries) -> str:
    """What the severity and the service bring: who is paged, how often an update is due, a room."""
    level = entries.severity.severity(door.catalog)
    consequence = severity_choice.consequence(door.catalog, level)
    return f"{consequence}\n{who_is_paged(session, door, level, entries.service)}" if level else consequence


def declare_view(
    catalog: Catalog, entries: Entries, paged: str, meta: Mapping[str, Any], offers: Sequence[View] = ()
) -> View:
    """The form: title and severity are required; no severity is chosen unless somebody said it.

    What stands below the severity, `paged`, follows it and the service, as do the `offers` to join what is open.
    """
    title = form.words(initial=entries.title, placeholder="Checkout returns 5xx", focus=True)
    levels = severity_choice.levels(catalog, entries.severity.level)
    options = form.ticks(OPTIONS_OFFERED, entries.ticked)
    details = [form.field("details", "Details", form.words(lines=True, initial=entries.details), optional=True)]
    blocks = [
        form.field("title", "What is happening?", title),
        *(details if entries.details else []),
        *_service_field(catalog, entries.service),
        *offers,
        form.field("severity", "Severity", levels, action="declare.severity",
                   hint=severity_choice.HIGHER),
        *severity_choice.questions(catalog, entries.severity),
        *own_fields.inputs(catalog, own_fields.needed(catalog, entries.severity.severity(catalog)), entries.own),
        form.small(paged, "paged"),
        form.field("options", "Options", options, optional=True),
        *([form.small(f"🔒 {SECLUDED.format(channel=catalog.incidents_channel)}", "secluded")]
          if meta.get("secluded") else []),
    ]  # fmt: skip
    return form.modal("declare", "Declare an incident", blocks, submit="Declare and page", meta=meta)


def _service_field(catalog: Catalog, chosen: str) -> list[View]:
    choices = [Choice(key, service.name) for key, service in catalog.services.items()]
    if not choices:
        return []
    element = form.menu(choices, chosen, "Which service?")
    return [form.field("service", "Service", element, optional=True, action="declare.service")]


def changed(door: Door, request: Request) -> Reply:
    """Severity or service was chosen: who is paged, and what is open there already, are looked up anew."""
    entries = Entries.of(door.catalog, request.values)
    return Redraw(door.look(request, "declare", lambda session: _view(session, door, request, entries, request.meta)))


def joined(door: Door, request: Request) -> Reply:
    """The room instead of the form. What has ended meanwhile is said where it was offered; what was typed stays."""
    try:
        return join.join(door, request)
    except (NotOpen, NoSuchIncident) as over:
        entries, gone = Entries.of(door.catalog, request.values), form.said(f"⚠ {over}")

        def view(session: Session) -> View:
            paged = _follows(session, door, entries)
            offers = _instead(session, door, request, entries)
            return declare_view(door.catalog, entries, paged, request.meta, [gone, *offers])

        return Redraw(door.look(request, "declare", view))


def services(door: Door, request: Request) -> Reply:
    """The choices of the service field when there are more than a menu holds."""
    wanted = request.text.strip().lower()
    matching = [
        (key, service.name)
        for key, service in door.catalog.services.items()
        if wanted in key.lower() or wanted in service.name.lower()
    ]
    return Options(matching[: form.MOST_OPTIONS])


def submitted(door: Door, request: Request) -> Reply:
    entered = Entries.of(door.catalog, request.values)
    level, found = entered.severity.severity(door.catalog), entered.severity.suggestion(door.catalog)
    if not level:
        return Errors({"severity": CHOOSE})
    private, drill = "private" in entered.ticked, "drill" in entered.ticked
    chosen = Command(None, severity=level, service=entered.service or "", private=private, drill=drill)
    try:
        what = Declaration(
            title=title_check.from_a_form(entered.title, chosen, door.catalog),
            severity=level,
            service=entered.service,
            description=entered.details,
            private=private,
            drill=drill,
            triage="triage" in entered.ticked,
            channel=request.meta.get("channel"),
            link=request.meta.get("link"),
            given="wizard" if found.severity else "form",
            own=entered.own,
            because="; ".join(severity_choice.reasons(door.catalog, found)),
        )
        return door.do(request, "declare", lambda w: lifecycle.declare(w, what))
    except DomainError as refusal:
        return Errors({own_fields.place(refusal, _field(refusal)): refusal.sentence()})


def _field(refusal: DomainError) -> str:
    match refusal:
        case EmptyTitle():
            return "title"
        case UnknownSeverity():
            return "severity"
        case UnknownService():
            return "service"
    return "title"


COMMANDS = {"declare": command, "triage": command}
ACTIONS = {
    "declare.join": joined,
    "home.declare": button,
    "home.drill": drill,
    "menu.declare": button,
    "declare.severity": changed,
    "declare.service": changed,
}
OPTIONS = {"declare.service": services}
SHORTCUTS = {"incident.declare": button, "incident.declare_from_message": from_message}
VIEWS = {"declare": submitted}
