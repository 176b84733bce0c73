"""The use case behind "who else do we need?": what the end of the questions does, with the way that led there."""

from dataclasses import dataclass

from bot.catalog import TreeAnswer
from bot.catalog.sections.decision_tree import SECURITY
from bot.domain.assistance import decision_tree as rules
from bot.domain.assistance.errors import WhoIsNeeded
from bot.domain.assistance.facts import PrivateNoteGiven
from bot.domain.incidents import lifecycle as incidents
from bot.services.assistance import questions, specialists
from bot.services.core.answer import Answer
from bot.services.paging import escalate
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries


@dataclass(frozen=True)
class Walk:
    """The answers so far (positions) in the tree of edition `mark`; `who` and `words` are what its end asks for."""

    mark: str
    answers: tuple[int, ...]
    who: str = ""
    words: str = ""


def act(w: Work, incident: Incident, walk: Walk) -> Answer:
    """Does what the leaf says, in one transaction with the timeline entry that holds the path.

    Raises TreeChanged, WhoIsNeeded, and whatever the deed raises: then nothing is written down.
    """
    incidents.require_open(incident, w.catalog.reference(incident.number or 0), "calling for more people")
    place = rules.walk(w.catalog.decision_tree, walk.mark, walk.answers)
    if place.leaf is None:
        raise WhoIsNeeded(whom="an answer")
    who = place.leaf.who or walk.who or (SECURITY if place.leaf.do == "security" else "")
    w.record(rules.ended(place, _deed(place.leaf, who)), incident=incident)
    return _do(w, incident, place.leaf, who, walk.words)


def _deed(leaf: TreeAnswer, who: str) -> str:
    return {
        "escalate": "page the next level",
        "specialist": f"page the specialists {who}",
        "manager": "ask a manager to decide",
        "team": f"page the team {who}",
        "security": f"page the specialists {who}",
    }.get(leaf.do or "", "no one else is needed")


def _do(w: Work, incident: Incident, leaf: TreeAnswer, who: str, words: str) -> Answer:
    match leaf.do:
        case "escalate":
            return escalate.escalate(w, incident)
        case "manager":
            return questions.ask(w, incident, words)
        case "team":
            return specialists.page_team(w, incident, _chosen(who, "the team"))
        case "specialist":
            return specialists.page(w, incident, _chosen(who, "the specialists"))
        case "security":
            return _security(w, incident, who, words)
    return Answer("tree_done", incident.number)


def _chosen(who: str, whom: str) -> str:
    if not who:
        raise WhoIsNeeded(whom=whom)
    return who


def _security(w: Work, incident: Incident, who: str, words: str) -> Answer:
    """What they have to know is said to them and to whoever commands, not in the room."""
    answer = specialists.page(w, incident, who)
    if text := incidents.tidy(words, incidents.MAX_TEXT):
        commander = incident_queries.roles(w.session, incident.number or 0).get("ic")
        people = dict.fromkeys([*answer.values["people"], *([commander] if commander else [])])
        w.record([PrivateNoteGiven(people=list(people), text=text)], incident=incident)
    return answer
