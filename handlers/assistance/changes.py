"""What the verbs that bring more people do: a manager's decision, a vendor's case, the end of the questions."""

from collections.abc import Callable
from typing import Any

from bot.services.assistance import decision_tree, questions, vendors
from bot.services.core.answer import Answer
from bot.work import Work
from storage.models import Incident


def _vendor(w: Work, incident: Incident, body: Any) -> Answer:
    """`then` is what became of a case that is kept already."""
    if not body.then:
        return vendors.ask(w, incident, body.vendor, body.ticket)
    case = vendors.newest(w, incident, body.vendor)
    return vendors.answered(w, case) if body.then == "answered" else vendors.escalate(w, case)


def _answer(w: Work, incident: Incident, body: Any) -> Answer:
    """`question` is a number; without it the newest that waits, first of those put to the one who answers."""
    yes, number = body.answer == "yes", body.question
    if number is not None:
        questions.require_question(w, incident, number)
    return questions.answer(w, incident, decision=number, yes=yes, rationale=body.reason)


def _walk(w: Work, incident: Incident, body: Any) -> Answer:
    """The answers (each from 1) in the questions of edition `mark`."""
    answers = tuple(number - 1 for number in body.answers)
    return decision_tree.act(w, incident, decision_tree.Walk(body.mark, answers, body.who, body.words))


CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    "ask-manager": lambda w, incident, body: questions.ask(w, incident, body.text),
    "answer": _answer,
    "vendor": _vendor,
    "tree": _walk,
}
