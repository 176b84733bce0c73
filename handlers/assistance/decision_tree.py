"""Who else do we need? One question at a time in a modal, and at the end the deed it leads to."""

from typing import Any

from sqlmodel import Session

from bot.catalog import Catalog, Question, TreeAnswer
from bot.domain.assistance import decision_tree
from bot.domain.assistance.decision_tree import Place
from bot.domain.assistance.errors import TreeChanged, WhoIsNeeded
from bot.domain.incidents import lifecycle as incidents
from bot.services.assistance import decision_tree as decision_tree_service
from bot.services.assistance.decision_tree import Walk
from bot.services.core import incident as incident_service
from handlers import form, incident_reference
from handlers.assistance import specialists
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request, number
from handlers.response import Errors, Redraw, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import looking
from storage.models import Incident

TITLE = "Who else is needed?"
# What a leaf says before it is done, and the word on its button.
DEEDS = {
    "escalate": ("The next level of the escalation is paged now.", "Page them"),
    "specialist": ("Specialists are paged beside the people on call.", "Page them"),
    "manager": ("The manager on call is paged with your question, and decides with one tap.", "Ask"),
    "team": ("The team's lead is paged; after five minutes without an answer, the whole team.", "Page them"),
    "security": ("The security team is paged now. When in doubt, page: it's never counted against you.", "Page them"),
    "nothing": ("No one else is needed now. The timeline keeps how you came to that.", "Note it"),
}


def opened(door: Door, request: Request) -> Reply:
    """The button on card and page."""
    return Show(door.look(request, "page", lambda session: _begin(session, door, request, request.number)))


def command(door: Door, request: Request, said: Command) -> Reply:
    return looking(door, request, said, lambda session, number: Show(_begin(session, door, request, number)))


def _begin(session: Session, door: Door, request: Request, number: int) -> View:
    incident = incident_reference.known(session, door.catalog, request, number)
    meta = {
        **incident_reference.meta(request, incident),
        "mark": decision_tree.edition(door.catalog.decision_tree),
        "way": [],
    }
    return _draw(door.catalog, incident, meta)


def answered(door: Door, request: Request) -> Reply:
    """One answer further."""
    return _redrawn(door, request, [*request.meta["way"], request.number])


def back(door: Door, request: Request) -> Reply:
    return _redrawn(door, request, request.meta["way"][:-1])


def _redrawn(door: Door, request: Request, way: list[int]) -> Reply:
    def draw(session: Session) -> View:
        incident = incident_reference.known(session, door.catalog, request, number(str(request.meta["incident"])))
        return _draw(door.catalog, incident, {**request.meta, "way": way})

    return Redraw(door.look(request, "page", draw))


def _draw(catalog: Catalog, incident: Incident, meta: dict[str, Any]) -> View:
    """The open question, the end it led to, or why there is nothing to ask any more."""
    ref = catalog.reference(incident.number or 0)
    if not incidents.is_open(incident):
        return _notice(f"{ref} is {incident.status}: no one is needed now. Nothing was changed.")
    try:
        place = decision_tree.walk(catalog.decision_tree, meta["mark"], meta["way"])
    except TreeChanged as changed:
        return _notice(changed.sentence())
    heading = form.small(incident_reference.label(catalog, incident))
    said = [form.small(f"✔ {one}") for one in place.said]
    if place.question:
        return form.modal("tree.question", TITLE, [heading, *said, *_question(place.question), *_back(place)],
                          close="Close", meta=meta)  # fmt: skip
    assert place.leaf is not None
    return _end(catalog, [heading, *said], place, place.leaf, meta)


def _notice(sentence: str) -> View:
    return form.modal("notice", TITLE, [form.said(sentence)], close="Close")


def _question(question: Question) -> list[View]:
    """Each answer has a row of its own, which a thumb hits."""
    hint = [form.small(question.hint)] if question.hint else []
    answers = [
        {**form.row(form.button("tree.answer", answer.label, str(n))), "block_id": f"answer-{n}"}
        for n, answer in enumerate(question.answers)
    ]
    return [form.said(question.ask), *hint, *answers]


def _back(place: Place) -> list[View]:
    return [form.row(form.button("tree.back", "← One question back"))] if place.said else []


def _end(catalog: Catalog, before: list[View], place: Place, leaf: TreeAnswer, meta: dict[str, Any]) -> View:
    says, button = DEEDS[leaf.do or "nothing"]
    blocks = [*before, form.said(says), *_needs(catalog, leaf), *_back(place)]
    return form.modal("tree", TITLE, blocks, submit=button, meta=meta)


def _needs(catalog: Catalog, leaf: TreeAnswer) -> list[View]:
    """What the deed cannot be done without."""
    if leaf.do == "specialist" and not leaf.who and catalog.specialists:
        return [form.field("who", "Which specialists?", form.radios(specialists.choices(catalog)[:10]))]
    if leaf.do == "team" and not leaf.who and catalog.teams:
        teams = [Choice(key, team.name[:75], team.description[:75]) for key, team in catalog.teams.items()]
        return [form.field("who", "Which team?", form.menu(teams[: form.MOST_OPTIONS]))]
    if leaf.do == "manager":
        return [form.field("words", "What should they decide?", form.words(placeholder="May we fail over to Dublin?"))]
    if leaf.do == "security":
        hint = "Only the security team and the incident commander read it."
        return [form.field("words", "What they have to know", form.words(lines=True), optional=True, hint=hint)]
    return []


def submitted(door: Door, request: Request) -> Reply:
    """The end of the questions: its deed and the way that led there, in one transaction."""
    walk = Walk(
        mark=str(request.meta["mark"]),
        answers=tuple(number(str(one)) for one in request.meta["way"]),
        who=request.values.choice("who"),
        words=request.values.text("words"),
    )
    about = request.number
    try:
        return door.do(request, "page", lambda w: decision_tree_service.act(w, incident_service.find(w, about), walk))
    except WhoIsNeeded as missing:
        return Errors({"who": missing.sentence()})


COMMANDS = {"tree": command}
ACTIONS = {"tree.open": opened, "tree.answer": answered, "tree.back": back}
VIEWS = {"tree": submitted}
