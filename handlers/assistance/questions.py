"""A question to the manager on call, and its answer: commands, the buttons of the page, and the form with a reason."""

from sqlmodel import Session

from bot.domain.assistance.errors import YesOrNo
from bot.domain.core.errors import DomainError
from bot.services.assistance import questions
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.work import Work
from handlers import form
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about
from storage.models import Decision, Incident

YES = frozenset({"yes", "y", "ok", "approved", "approve", "do"})
NO = frozenset({"no", "n", "rejected", "reject", "deny", "dont"})


def answer(door: Door, request: Request, said: Command) -> Reply:
    """`answer yes, the risk is small`."""
    first, _, rest = said.text.partition(" ")
    word = first.lower().strip(",.:;!'")

    def use_case(w: Work, incident: Incident) -> Answer:
        if word not in YES | NO:
            raise YesOrNo(ref=w.catalog.reference(incident.number or 0))
        return questions.answer(w, incident, decision=None, yes=word in YES, rationale=rest)

    return about(door, request, said, use_case)


def yes_button(door: Door, request: Request) -> Reply:
    return _answered(door, request, request.number, yes=True)


def no_button(door: Door, request: Request) -> Reply:
    return _answered(door, request, request.number, yes=False)


def _answered(door: Door, request: Request, number: int, *, yes: bool, rationale: str = "") -> Answer:
    def use_case(w: Work) -> Answer:
        incident = questions.incident_of(w, number)
        return questions.answer(w, incident, decision=number, yes=yes, rationale=rationale)

    return door.do(request, "answer", use_case)


def words_button(door: Door, request: Request) -> Reply:
    """The form for an answer with its reason, while none has been given; else what was decided."""
    view = door.look(request, "answer", lambda session: _answer_view(session, request))
    return Show(view) if view else _answered(door, request, request.number, yes=False)


def _answer_view(session: Session, request: Request) -> View | None:
    row = session.get_one(Decision, request.number)
    if row.answer is not None:
        return None
    choices = [Choice("yes", "Yes, do it"), Choice("no", "No")]
    blocks = [
        form.said(row.text),
        form.field("answer", "Your decision", form.radios(choices)),
        form.field("why", "Because", form.words(lines=True), optional=True, hint="It stands in the timeline."),
    ]
    meta = {"decision": row.id, "channel": request.channel, "bot_is_there": request.bot_is_there}
    return form.modal("question", "Your decision", blocks, submit="Decide", meta=meta)


def decided(door: Door, request: Request) -> Reply:
    chosen, why = request.values.choice("answer"), request.values.text("why")
    return _answered(door, request, int(request.meta["decision"]), yes=chosen == "yes", rationale=why)


def asked_before(door: Door, request: Request) -> Reply:
    """The form *Ask the manager* as f5317fa opened it: one that is still open after an upgrade counts."""
    text, number = request.values.text("question"), request.number
    try:
        return door.do(request, "ask", lambda w: questions.ask(w, incidents.find(w, number), text))
    except DomainError as refusal:
        return Errors({"question": refusal.sentence()})


COMMANDS = {"answer": answer}
ACTIONS = {"question.yes": yes_button, "question.no": no_button, "question.words": words_button}
VIEWS = {"question": decided, "ask": asked_before}
