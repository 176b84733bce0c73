"""Handing command over: the command, the form with the brief, the buttons of the offer, and what follows from it."""

from sqlmodel import Session

from bot.domain.command import handoff as rules
from bot.domain.core.errors import DomainError
from bot.domain.paging import whom
from bot.rendering.contexts.core.presenter import named_in
from bot.services.command import brief as briefs
from bot.services.command import handoff, roles
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.workspace import directory
from bot.work import Work
from handlers import form, incident_reference, verbs
from handlers.boundary import Listener
from handlers.door import Door
from handlers.incident_reference import Several
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words import question
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import CommandOffer, Incident
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

MEANT = "meant"
"""How a command is marked whose writer has said that command is meant, and not their page."""
WHICH = "You hold the page and aren't its commander. Which do you want to hand over? Nothing has changed yet."


def hand_over(door: Door, request: Request, said: Command) -> Reply:
    """`handoff @dee the replica lags`, `handoff accept`; alone it opens the form.

    Who holds the page only is asked which they mean.
    """
    word = whom.bare(said.text)
    what, reason = rules.answer_in(word)
    if what:
        return about(door, request, said, lambda w, one: handoff.answered(w, one, what, reason))
    if said.given != MEANT and (unclear := _asked_which(door, request, said)):
        return unclear
    if word:
        return about(door, request, said, lambda w, one: _offer(w, one, said.text))
    return looking(door, request, said, lambda session, one: Show(offer_view(door, session, one, request)))


def _offer(w: Work, incident: Incident, text: str) -> Answer:
    person, worry = directory.person_and_words(w, text)
    return handoff.offer(w, incident, person, worry=worry)


def _asked_which(door: Door, request: Request, said: Command) -> Reply:
    """The question, where the words may mean the page; several incidents are asked about before."""
    assert said.verb is not None

    def unclear(session: Session) -> int | None:
        number = incident_reference.number(
            session, door.catalog, request, said.verb or verbs.INCIDENT[0], said.reference
        )
        held = paging_queries.held_escalations(session, number)
        holds = any(one.acknowledged_by == request.user for one in held)
        return number if holds and incident_queries.roles(session, number).get("ic") != request.user else None

    try:
        number = door.look(request, said.verb.action, unclear)
    except Several:
        return None
    if number is None:
        return None
    given = Command(verbs.find("/incident", "pass"), said.text, reference=number)
    meant = Command(said.verb, said.text, reference=number, given=MEANT)
    return question.ask(door, request, WHICH, [("Pass the page", given), ("Hand over command", meant)])


def offer_view(door: Door, session: Session, number: int, request: Request) -> View:
    incident = incident_reference.open_one(session, door.catalog, request, number, "a hand-off of command")
    text = briefs.written(session, door.catalog, incident, door.desk.clock.now())
    shown = door.composer().showing(session, named_in(text)).words(text)
    blocks = [
        form.small(incident_reference.label(door.catalog, incident)),
        form.field("person", "Who takes over?", form.person(placeholder="Choose someone"),
                   hint="They get the brief. Command moves when they accept, not before."),
        form.field("brief", "Brief", form.words(lines=True, initial=shown)),
        form.field("worry", "What are you worried about?", form.words(lines=True), optional=True),
    ]  # fmt: skip
    meta = incident_reference.meta(request, incident)
    return form.modal("command.offer", "Hand over command", blocks, submit="Offer command", meta=meta)


def offered(door: Door, request: Request) -> Reply:
    values = request.values
    person, brief, worry = values.user("person"), values.text("brief"), values.text("worry")
    if not person:
        return Errors({"person": "Choose who takes over."})

    def use_case(w: Work) -> Answer:
        return handoff.offer(w, incidents.find(w, request.number), person, brief=brief, worry=worry)

    try:
        return door.do(request, "command", use_case)
    except DomainError as refusal:
        return Errors({"person": refusal.sentence()})


def offer_button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "command", lambda session: offer_view(door, session, request.number, request)))


def _answer(what: str) -> Listener:
    def pressed(door: Door, request: Request) -> Reply:
        def use_case(w: Work) -> Answer:
            incident = incidents.find(w, w.session.get_one(CommandOffer, request.number).incident)
            row = w.lock(CommandOffer, request.number)
            return handoff.answered(w, incident, what, row=row)

        return door.do(request, "command", use_case)

    return pressed


def brief_button(door: Door, request: Request) -> Reply:
    """The brief of this very hand-off, also when command has moved again since."""

    def draw(session: Session) -> Reply:
        row = session.get_one(CommandOffer, request.number)
        show = door.composer().showing(session, [*named_in(row.brief), row.giver, row.person])
        lines = f"{show.words(row.brief)}\n{f'Worry: {show.words(row.worry)}' if row.worry else ''}".strip()
        told = f"From {show.name(row.giver)} to {show.name(row.person)}"
        return Show(form.modal("screen", "Brief", [form.said(lines), form.small(told)], close="Close"))

    return door.look(request, "command", draw)


def take(door: Door, request: Request, said: Command) -> Reply:
    """`take-command ana is silent`; alone it opens the form."""
    if said.text:
        return about(door, request, said, lambda w, incident: handoff.take_now(w, incident, said.text))
    return looking(door, request, said, lambda session, number: Show(_take_view(door, session, number, request)))


def take_button(door: Door, request: Request) -> Reply:
    """The form that asks why, and with that whether they mean it."""
    return Show(door.look(request, "command", lambda session: _take_view(door, session, request.number, request)))


def _take_view(door: Door, session: Session, number: int, request: Request) -> View:
    incident = incident_reference.open_one(session, door.catalog, request, number, "a commander")
    blocks = [
        form.small(incident_reference.label(door.catalog, incident)),
        form.field("reason", "Why do you take command now?", form.words(focus=True),
                   hint="The commander is told. A hand-off that they accept is better where they answer."),
    ]  # fmt: skip
    before = incident_queries.roles(session, number).get("ic")
    meta = {**incident_reference.meta(request, incident), "before": before}
    return form.modal("command.take", "Take command", blocks, submit="Take command now", meta=meta)


def taken(door: Door, request: Request) -> Reply:
    number, reason, before = request.number, request.values.text("reason"), request.meta.get("before")
    try:
        return door.do(request, "command", lambda w: handoff.take_now(w, incidents.find(w, number), reason, before))
    except DomainError as refusal:
        return Errors({"reason": refusal.sentence()})


def stay_button(door: Door, request: Request) -> Reply:
    return door.do(request, "role", lambda w: roles.stay(w, incidents.find(w, request.number)))


def leave_button(door: Door, request: Request) -> Reply:
    return door.do(request, "role", lambda w: roles.leave(w, incidents.find(w, request.number)))


COMMANDS = {"handoff": hand_over, "take-command": take}
ACTIONS = {
    "command.offer": offer_button,
    "command.accept": _answer("accept"),
    "command.later": _answer("later"),
    "command.decline": _answer("decline"),
    "command.brief": brief_button,
    "command.take": take_button,
    "command.stay": stay_button,
    "command.leave": leave_button,
}
VIEWS = {"command.offer": offered, "command.take": taken}
