"""What the verbs of an incident's life do, from the body of each to its one use case."""

from collections.abc import Callable
from typing import Any

from bot.domain.core import people, typed_intent, typed_severity
from bot.domain.core.errors import DomainError
from bot.domain.incidents import ending_words, typed_ending
from bot.domain.incidents import roles as role_rules
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle, notes, roles, updates, war_room
from bot.services.incidents import severity as severity_service
from bot.services.learning import postmortem as postmortem_service
from bot.services.workspace import directory
from bot.work import Work
from handlers.words import title_check
from handlers.words.command import Command
from storage.models import Incident


def declare(w: Work, body: Any) -> Answer:
    decided = [name for name in body.model_fields_set if getattr(body, name) != ""]
    sent = Command(None, severity=body.severity, service=body.service, private=body.private, drill=body.drill)
    read = title_check.from_a_program(body.title, sent, w.catalog, decided)
    what = lifecycle.Declaration(
        title=read.text,
        severity=typed_severity.word(read.severity or "", w.catalog) or read.severity or "",
        service=body.service,
        description=body.description,
        private=body.private,
        drill=body.drill,
        source=w.actor.via,
        given="flag" if body.severity else "word" if read.severity else "",
    )
    return lifecycle.declare(w, what)


def _note(w: Work, incident: Incident, body: Any) -> Answer:
    return notes.posted(w, incident, body.text)


class NotForEveryone(DomainError):
    """ "{text}" reads as if not everyone should see it, and an update is public, so nothing was published. Send it as
    a note, or without those words."""


def _update(w: Work, incident: Incident, body: Any) -> Answer:
    """Without `next_in` the severity's own cadence holds. Raises NotForEveryone."""
    if typed_ending.is_withheld(body.text):
        raise NotForEveryone(text=body.text.strip()[:60])
    what = updates.Update(
        text=body.text,
        status=body.status,
        severity=body.severity,
        impact=body.impact,
        next_in=body.next_in,
        keep_cadence=body.next_in is None,
    )
    return updates.publish(w, incident, what)


def _severity(w: Work, incident: Incident, body: Any) -> Answer:
    return severity_service.set_severity(w, incident, body.severity, body.reason)


def _status(w: Work, incident: Incident, body: Any) -> Answer:
    return lifecycle.set_status(w, incident, body.status, body.reason)


def _ic(w: Work, incident: Incident, body: Any) -> Answer:
    return roles.take_role(w, incident, "ic", _person(w, body.person))


def _role(w: Work, incident: Incident, body: Any) -> Answer:
    role = role_rules.parse(body.role)  # a wrong role is said before a missing person
    return roles.take_role(w, incident, role, _person(w, body.person))


def _person(w: Work, name: str) -> str:
    """Who is named; the one who asks when no one is, if that is a person. Raises UnknownPerson."""
    if name:
        return directory.person(w, name)
    if people.slack_id(w.actor.who, w.catalog) is None:  # a program, or a login of the machine
        return people.identify(w.actor.who, w.catalog)
    return w.actor.who


class TellsOfNoEnd(DomainError):
    """ "{text}" doesn't say that {ref} is over, so nothing was changed. Send how it was fixed, or nothing."""


def _resolve(w: Work, incident: Incident, body: Any) -> Answer:
    """Raises TellsOfNoEnd for words that take it back."""
    no_end = (
        typed_intent.hesitates, typed_intent.is_not_over, typed_ending.is_no_end, ending_words.tells_of_no_end,
    )  # fmt: skip
    if any(reads_so(body.text) for reads_so in no_end):
        raise TellsOfNoEnd(text=body.text.strip()[:60], ref=w.catalog.reference(incident.number or 0))
    how = lifecycle.Resolution(text=body.text, impact=body.impact, mitigated_at=body.mitigated_at)
    return lifecycle.resolve(w, incident, how)


def _postmortem(w: Work, incident: Incident, body: Any) -> Answer:
    return postmortem_service.postmortem(w, incident, f"{w.actor.via}:{w.now.isoformat()}")


CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    "note": _note,
    "update": _update,
    "sev": _severity,
    "status": _status,
    "ic": _ic,
    "role": _role,
    "room": lambda w, incident, body: war_room.open_room(w, incident),
    "resolve": _resolve,
    "reopen": lambda w, incident, body: lifecycle.reopen(w, incident, body.reason),
    "close": lambda w, incident, body: lifecycle.close(w, incident),
    "cancel": lambda w, incident, body: lifecycle.cancel(w, incident, body.reason),
    "undo": lambda w, incident, body: lifecycle.undo(w, incident),
    "postmortem": _postmortem,
}
