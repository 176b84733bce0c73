"""What the verbs of an incident's life do, from the body of each to its one use case."""

import re
from collections.abc import Callable
from typing import Any

from bot.domain.core import typed_intent, typed_severity
from bot.domain.core.errors import BadReference, DomainError
from bot.domain.incidents import decision_matrix, ending_words, typed_ending
from bot.domain.incidents import own_fields as own_rules
from bot.domain.lifecycle import clocks as clock_rules
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import (
    checklists,
    clocks,
    complaints,
    holding,
    lifecycle,
    merging,
    notes,
    own_fields,
    triage,
    updates,
    war_room,
)
from bot.services.incidents import severity as severity_service
from bot.services.learning import postmortem as postmortem_service
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
        triage=body.triage,
        detection=body.detection,
        own=own_rules.pairs(own_fields.of(w.catalog), body.fields),
        started_at=body.started_at,
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
    return severity_service.set_severity(w, incident, body.severity, body.reason, picked=body.because)


def _classify(w: Work, incident: Incident, body: Any) -> Answer:
    answers = {question: getattr(body, question) for question in decision_matrix.QUESTIONS}
    known = severity_service.known(body.known, answers)
    return severity_service.suggest(w, incident, known, take=body.set)


_FOR_CUSTOMER = re.compile(
    r"""-?[-–—]customer[ =](?:["“”](?P<quoted>[^"“”]+)["“”]|(?P<name>\S+))\s*(?P<text>.*)""", re.DOTALL
)
"""How a customer is named in Slack, where the words of this verb are not read for options."""


def _complaint(w: Work, incident: Incident, body: Any) -> Answer:
    said = _FOR_CUSTOMER.match(body.text) if not body.customer else None
    if said is not None:
        return complaints.complain(w, incident, said["text"], said["quoted"] or said["name"])
    return complaints.complain(w, incident, body.text, body.customer)


def _field(w: Work, incident: Incident, body: Any) -> Answer:
    return own_fields.set_one(w, incident, body.field, body.value, clear=body.clear)


def _status(w: Work, incident: Incident, body: Any) -> Answer:
    return lifecycle.set_status(w, incident, body.status, body.reason)


class TellsOfNoEnd(DomainError):
    """ "{text}" doesn't say that {ref} is over, so nothing was changed. Send how it was fixed, or nothing."""


def _resolve(w: Work, incident: Incident, body: Any) -> Answer:
    """Raises TellsOfNoEnd for words that take it back."""
    no_end = (
        typed_intent.hesitates, typed_intent.is_not_over, typed_ending.is_no_end, ending_words.tells_of_no_end,
    )  # fmt: skip
    if any(reads_so(body.text) for reads_so in no_end):
        raise TellsOfNoEnd(text=body.text.strip()[:60], ref=w.catalog.reference(incident.number or 0))
    how = lifecycle.Resolution(
        text=body.text,
        impact=body.impact,
        mitigated_at=body.mitigated_at,
        early=body.early,
        own=own_rules.pairs(own_fields.of(w.catalog), body.fields),
    )
    return lifecycle.resolve(w, incident, how)


def _merge(w: Work, incident: Incident, body: Any) -> Answer:
    """Whoever asks at a door of programs was asked already whether they may know of both."""
    number = w.catalog.parse_reference(body.into)
    if number is None:
        raise BadReference(text=body.into[:40], example=w.catalog.reference(1))
    return merging.merge(w, incident, incidents.find(w, number), body.reason)


def _times(w: Work, incident: Incident, body: Any) -> Answer:
    given = {one.key: getattr(body, one.key) for one in clock_rules.CLOCKS}
    return clocks.correct(w, incident, {key: at for key, at in given.items() if at is not None})


def _postmortem(w: Work, incident: Incident, body: Any) -> Answer:
    return postmortem_service.postmortem(w, incident, f"{w.actor.via}:{w.now.isoformat()}")


CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    "accept": lambda w, incident, body: triage.accept(w, incident),
    "reject": lambda w, incident, body: triage.decline(w, incident, body.reason, body.kind),
    "note": _note,
    "update": _update,
    "sev": _severity,
    "classify": _classify,
    "complaint": _complaint,
    "field": _field,
    "status": _status,
    "room": lambda w, incident, body: war_room.open_room(w, incident),
    "resolve": _resolve,
    "merge": _merge,
    "hold": lambda w, incident, body: holding.hold(w, incident, body.until, body.reason),
    "unhold": lambda w, incident, body: holding.end(w, incident),
    "set-times": _times,
    "tick-off": lambda w, incident, body: checklists.tick(w, incident, body.item, body.state),
    "reopen": lambda w, incident, body: lifecycle.reopen(w, incident, body.reason),
    "close": lambda w, incident, body: lifecycle.close(w, incident),
    "cancel": lambda w, incident, body: lifecycle.cancel(w, incident, body.reason),
    "undo": lambda w, incident, body: lifecycle.undo(w, incident),
    "postmortem": _postmortem,
}
