"""What the verbs of command do, from the body of each to its one use case."""

from collections.abc import Callable
from typing import Any

from bot.domain.command import handoff as rules
from bot.domain.incidents import roles as role_rules
from bot.services.command import actions, decisions, handoff, mitigations, roles
from bot.services.core.answer import Answer
from bot.services.workspace import directory
from bot.work import Work
from handlers.verb_body import BadRequest
from storage.models import Incident

NO_ONE = ("none", "nobody", "no-one")
"""What empties a role instead of naming somebody."""


def _ic(w: Work, incident: Incident, body: Any) -> Answer:
    return roles.take_role(w, incident, "ic", person(w, body.person))


def _role(w: Work, incident: Incident, body: Any) -> Answer:
    role = role_rules.parse(body.role)  # a wrong role is said before a missing person
    if body.person.lower() in NO_ONE:
        return roles.empty(w, incident, role)
    return roles.take_role(w, incident, role, person(w, body.person))


def person(w: Work, name: str) -> str:
    """Who is named; the one who asks when no one is, if that is a person. Raises UnknownPerson."""
    return directory.person(w, name) if name else directory.asker(w)


def _handoff(w: Work, incident: Incident, body: Any) -> Answer:
    """`person` is whom command is offered to, or what is said about an offer: accept, decline, later, none."""
    what, _ = rules.answer_in(body.person)
    if what:
        return handoff.answered(w, incident, what, body.reason)
    if not body.person:
        raise BadRequest("say who is offered command, or accept, decline, later or none about an offer")
    return handoff.offer(w, incident, directory.person(w, body.person), worry=body.worry, sure=body.sure)


def _mitigation(w: Work, incident: Incident, body: Any) -> Answer:
    return mitigations.said(w, incident, body.text, owner=body.owner, rollback=body.rollback, kind=body.kind)


CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    "ic": _ic,
    "role": _role,
    "handoff": _handoff,
    "decision": lambda w, incident, body: decisions.said(w, incident, body.text, body.within, body.condition),
    "action": lambda w, incident, body: actions.said(w, incident, body.text, body.owner, body.within),
    "done": lambda w, incident, body: actions.done(w, incident, body.action),
    "mitigation": _mitigation,
    "take-command": lambda w, incident, body: handoff.take_now(w, incident, body.reason),
}
