"""Orders about who is asked: whoever is paged, who holds it, managers, vendors, and the questions of the tree."""

from typing import Literal

from pydantic import Field

from bot.domain.core import people
from bot.services.assistance import decision_tree, page_by_name, questions, vendors
from bot.services.core.answer import Answer
from bot.services.paging import acknowledgement, escalate, escalations, pause
from bot.work import Work
from handlers.paging.pages import level_named
from handlers.web.rest_verb import BadRequest, Nothing, Reason, RestRequest, Text, Verb
from storage.models import Incident


class Escalate(RestRequest):
    """The next level, or `level` (1 is the first), or whoever `to` names as in Slack; not both."""

    to: str = ""
    level: int | None = None


class To(RestRequest):
    """A person, specialists, a team, a schedule, a user group or a policy."""

    to: str


class Pause(RestRequest):
    """`until`: 15m, 1h, shift (the end of one's own), or a time of day in one's own zone; empty is a quarter hour."""

    until: str = ""


class Handover(RestRequest):
    person: str


class VendorCase(RestRequest):
    """`then` is what became of a case that is kept already."""

    vendor: str
    ticket: str = ""
    then: Literal["", "answered", "escalated"] = ""


class Decide(RestRequest):
    """`question` is the number of one; without it the newest that waits, first of those put to whoever answers."""

    answer: Literal["yes", "no"]
    reason: str = ""
    question: int | None = None


class Walk(RestRequest):
    """The answers (each from 1) in the questions of edition `mark`; `who` and `words` are what their end asks for."""

    mark: str
    answers: tuple[int, ...] = Field(max_length=50)
    who: str = ""
    words: str = ""


def _decline(w: Work, incident: Incident, body: Reason) -> Answer:
    return escalations.decline(w, incident, reason=body.reason)


def _confirm(w: Work, incident: Incident, body: Nothing) -> Answer:
    return acknowledgement.still_on_it(w, incident, acknowledgement.held(w, incident, "confirm"))


def _escalate(w: Work, incident: Incident, body: Escalate) -> Answer:
    said = level_named(body.to)
    if body.to and body.level is not None:
        raise BadRequest("say either `to` or `level`, not both")
    if body.to and said is None:
        return page_by_name.page(w, incident, body.to)
    return escalate.escalate(w, incident, level=body.level if said is None else said)


def _handover(w: Work, incident: Incident, body: Handover) -> Answer:
    return acknowledgement.offer(w, incident, people.identify(body.person, w.catalog))


def _vendor(w: Work, incident: Incident, body: VendorCase) -> Answer:
    if not body.then:
        return vendors.ask(w, incident, body.vendor, body.ticket)
    case = vendors.newest(w, incident, body.vendor)
    return vendors.answered(w, case) if body.then == "answered" else vendors.escalate(w, case)


def _answer(w: Work, incident: Incident, body: Decide) -> Answer:
    yes, number = body.answer == "yes", body.question
    if number is not None:
        questions.require_question(w, incident, number)
    return questions.answer(w, incident, decision=number, yes=yes, rationale=body.reason)


def _walk(w: Work, incident: Incident, body: Walk) -> Answer:
    answers = tuple(number - 1 for number in body.answers)
    return decision_tree.act(w, incident, decision_tree.Walk(body.mark, answers, body.who, body.words))


VERBS: dict[str, Verb] = {
    "ack": Verb(Nothing, lambda w, incident, body: escalations.acknowledge(w, incident)),
    "decline": Verb(Reason, _decline),
    "unack": Verb(Nothing, lambda w, incident, body: acknowledgement.unack(w, incident)),
    "confirm": Verb(Nothing, _confirm),
    "handover": Verb(Handover, _handover),
    "escalate": Verb(Escalate, _escalate),
    "page": Verb(To, lambda w, incident, body: page_by_name.page(w, incident, body.to)),
    "pause": Verb(Pause, lambda w, incident, body: pause.pause(w, incident, body.until)),
    "resume": Verb(Nothing, lambda w, incident, body: pause.resume(w, incident)),
    "stop": Verb(Reason, lambda w, incident, body: pause.stop(w, incident, body.reason)),
    "ask-manager": Verb(Text, lambda w, incident, body: questions.ask(w, incident, body.text)),
    "answer": Verb(Decide, _answer),
    "vendor": Verb(VendorCase, _vendor),
    "tree": Verb(Walk, _walk),
}
