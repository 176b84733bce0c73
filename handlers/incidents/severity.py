"""Severity: what each level means, another one with its reason, and the questions that suggest one."""

from collections.abc import Callable

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError, UnknownSeverity
from bot.domain.incidents import severity as severity_rules
from bot.domain.incidents.lifecycle import is_worse
from bot.rendering.contexts import render
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import complaints
from bot.services.incidents import severity as severity_service
from bot.work import Work
from handlers import form, incident_reference, verb_body
from handlers.door import Door
from handlers.form import Choice
from handlers.incident_reference import NothingToMean
from handlers.incidents import changes, declare, severity_choice
from handlers.incidents.severity_choice import Chosen
from handlers.request import Request
from handlers.response import Errors, Redraw, Reply, Screen, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking

TITLE = "Severities"


class NumberIsNoSeverity(DomainError):
    """There is no severity "{text}". Use one of {choices}. If you meant an incident: `/incident sev {ref}`."""


def severity(door: Door, request: Request, said: Command) -> Reply:
    """`sev 2 why`; alone it opens the form with what each level means, or shows that where nothing is open."""
    if said.severity is None and not said.text:
        return _form(door, request, said, Chosen(), lambda: definitions(door, request))
    word, reason = (said.severity, said.text) if said.severity else _first(said.text)
    _refuse_unknown(door.catalog, word)
    return about(door, request, said, lambda w, incident: severity_service.set_severity(w, incident, word, reason))


def classify(door: Door, request: Request, said: Command) -> Reply:
    """`classify users=30 workaround=none`; alone it opens the questions: for the incident that is meant, or for one
    that is not declared yet.
    """
    if not said.text:
        unsure = Chosen(severity_choice.NOT_SURE)
        return _form(door, request, said, unsure, lambda: declare.unsure(door, request))
    assert said.verb is not None
    body = verb_body.said(said.verb, said.text)
    return about(door, request, said, lambda w, incident: changes.CHANGES["classify"](w, incident, body))


def _form(door: Door, request: Request, said: Command, chosen: Chosen, instead: Callable[[], Reply]) -> Reply:
    """The form for the incident that is meant; `instead` where none is open and none was named."""

    def draw(session: Session, number: int) -> Reply:
        return Show(severity_view(door, session, number, request, chosen))

    try:
        return looking(door, request, said, draw)
    except NothingToMean:
        return instead()


def definitions(door: Door, request: Request) -> Reply:
    """What each level means."""
    answer = door.look(request, "sev", lambda session: Answer("severities"))
    return Screen(TITLE, door.word(answer))


def _refuse_unknown(catalog: Catalog, word: str) -> None:
    """Before anybody is asked which incident is meant. Raises UnknownSeverity and NumberIsNoSeverity."""
    try:
        severity_service.parse_severity(catalog, word)
    except UnknownSeverity as unknown:
        if number := catalog.parse_reference(word):
            raise NumberIsNoSeverity(**unknown.values, ref=catalog.reference(number)) from None
        raise


def _first(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    return word, rest.strip()


def button(door: Door, request: Request) -> Reply:
    """The tray's button."""
    number = request.number
    return Show(door.look(request, "sev", lambda session: severity_view(door, session, number, request, Chosen())))


def severity_view(door: Door, session: Session, number: int, request: Request, chosen: Chosen) -> View:
    """The choice first; what it brings and why it changes follow it, then what each level means. Raises NotOpen."""
    catalog = door.catalog
    incident = incident_reference.open_one(session, catalog, request, number, "a new severity")
    level = chosen.severity(catalog)
    levels = severity_choice.levels(catalog, chosen.level or incident.severity)
    blocks = [
        form.field("severity", "Severity", levels, action="severity.level", hint=severity_choice.HIGHER),
        *severity_choice.questions(catalog, chosen),
        form.small(_follows(catalog, incident.severity, level), "follows"),
        *_why(incident.severity, level),
        form.field("reason", "Anything else?", form.words(placeholder="What is known now"), optional=True),
        form.DIVIDER,
        *render.answer(session, door.composer(), "severities", None, {}).blocks,
    ]
    title = f"Severity of {catalog.reference(number)}"
    return form.modal("severity", title, blocks, submit="Change", meta=incident_reference.meta(request, incident))


def _follows(catalog: Catalog, now: str, level: str) -> str:
    if not level or level == now:
        return f"It is {catalog.severity_label(now)} now."
    paged = " People are paged again if no one has answered." if is_worse(level, now) else ""
    return severity_choice.consequence(catalog, level) + paged


def _why(now: str, level: str) -> list[View]:
    """The reasons to pick from, as the severity goes up or down. Each direction is a field of its own, so that what was
    picked for the other one is forgotten."""
    reasons = severity_rules.offered(now, level) if level else {}
    if not reasons:
        return []
    name = "why-raise" if reasons is severity_rules.RAISE else "why-lower"
    menu = form.menu([Choice(key, text) for key, text in reasons.items()], "", "Pick a reason")
    return [form.field(name, "Why?", menu, optional=True)]


def changed(door: Door, request: Request) -> Reply:
    """A level was chosen, or a question answered: what follows from it is drawn anew, in whichever form that was."""
    if (request.view or {}).get("callback_id") == "declare":
        return declare.changed(door, request)
    chosen, number = Chosen.of(request.values), int(request.meta["incident"])
    return Redraw(door.look(request, "sev", lambda session: severity_view(door, session, number, request, chosen)))


def submitted(door: Door, request: Request) -> Reply:
    """Sets what was chosen, or what the answers suggest."""
    chosen, values, number = Chosen.of(request.values), request.values, request.number
    picked = values.choice("why-raise") or values.choice("why-lower")
    level, found = chosen.severity(door.catalog), chosen.suggestion(door.catalog)
    if not level:
        return Errors({"severity": declare.CHOOSE})
    suggested = "; ".join(severity_choice.reasons(door.catalog, found))
    text = ". ".join(part for part in (values.text("reason").strip(), suggested) if part)
    try:
        return door.do(
            request,
            "sev",
            lambda w: severity_service.set_severity(w, incidents.find(w, number), level, text, picked=picked),
        )
    except DomainError as refusal:
        return Errors({"severity": refusal.sentence()})


def raise_button(door: Door, request: Request) -> Reply:
    """Raises the severity by one, if it still is what it was when the question was asked. Behind it stands the reason,
    or the one that was picked."""
    asked, _, picked = request.value.partition("-")[2].partition(":")

    def use_case(w: Work) -> Answer:
        incident = incidents.find(w, request.number)
        rows = list(w.catalog.severities)
        if incident.severity != asked or asked == rows[0]:
            return Answer("severity_kept", incident.number)
        worse = rows[rows.index(asked) - 1]
        return severity_service.set_severity(w, incident, worse, picked=picked or "taking-longer")

    return door.do(request, "sev", use_case)


def keep_button(door: Door, request: Request) -> Reply:
    """The severity stays, and is not asked about again for the same reason."""
    return door.do(request, "sev", lambda w: Answer("severity_kept", incidents.find(w, request.number).number))


def affects_button(door: Door, request: Request) -> Reply:
    """*It affects me too*, on the announcement."""
    number = request.number
    return door.do(request, "complain", lambda w: complaints.complain(w, incidents.find(w, number)))


def set_button(door: Door, request: Request) -> Reply:
    """What was suggested becomes the severity. The button carries the incident and the level."""
    number, level = request.number, request.value.partition("-")[2]
    return door.do(
        request, "sev", lambda w: severity_service.set_severity(w, incidents.find(w, number), level, "as suggested")
    )


COMMANDS = {"sev": severity, "classify": classify}
ACTIONS = {
    "menu.severity": button,
    "severity.level": changed,
    "severity.answer": changed,
    "severity.set": set_button,
    "incident.affects": affects_button,
    "severity.raise": raise_button,
    "severity.because": raise_button,
    "severity.keep": keep_button,
}
VIEWS = {"severity": submitted}
