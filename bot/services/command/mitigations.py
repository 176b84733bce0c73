"""Use cases of mitigations: begun by somebody, with a way back, and what became of them."""

from bot.domain.command import actions as items
from bot.domain.command import mitigations as rules
from bot.domain.command.errors import NoSuchItem
from bot.domain.command.keeping_effects import mitigation
from bot.services.core.answer import Answer
from bot.services.core.incident import find, ref
from bot.services.workspace import directory
from bot.work import Work
from storage.models import Incident, Mitigation, MitigationState
from storage.queries import command as command_queries


def said(w: Work, incident: Incident, text: str, *, owner: str = "", rollback: str = "", kind: str = "") -> Answer:
    """`Roll back 4812` begins one, `M1 worked` (partly, failed) says what became of one."""
    if (found := items.item(text, "M")) is not None:
        number, rest = found
        what, words = items.said(rest, rules.SAID)
        if what:
            return end(w, incident, row_of(w, incident, number), MitigationState(what), words)
    written = items.read(text)
    named = owner or written.owner
    person = directory.person(w, named) if named else directory.asker(w)
    return start(w, incident, person, written.text, rollback=rollback, kind=kind)


def start(w: Work, incident: Incident, person: str, text: str, *, rollback: str = "", kind: str = "") -> Answer:
    """Raises NotOpen and NothingSaid."""
    number = incident.number or 0
    row = rules.start(
        incident, number=1 + len(command_queries.mitigations(w.session, number)), text=text, owner=person,
        kind=kind or rules.kind_of(text), rollback=rollback, now=w.now, ref=ref(w, incident),
    )  # fmt: skip
    w.session.add(row)
    w.session.flush()
    w.record(rules.started(row), incident=incident)
    return Answer("mitigation_noted", number, mitigation(row))


def end(w: Work, incident: Incident, row: Mitigation, state: MitigationState, result: str = "") -> Answer:
    facts = rules.end(row, state, person=w.actor.who, now=w.now, result=result)
    w.record(facts, incident=incident)
    return Answer("mitigation_noted", incident.number, mitigation(row, state=row.state, result=row.result))


def row_of(w: Work, incident: Incident, number: int) -> Mitigation:
    """Raises NoSuchItem."""
    rows = command_queries.mitigations(w.session, incident.number or 0)
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise NoSuchItem(name=f"M{number}", ref=ref(w, incident), verb="mitigation")
    return found


def pressed(w: Work, ident: int, what: str) -> Answer:
    """A button of the mitigation's own post. Whoever presses it after someone else corrects nothing by that."""
    incident = find(w, w.session.get_one(Mitigation, ident).incident)
    row = w.lock(Mitigation, ident)
    assert row is not None
    state = MitigationState(what) if row.state == MitigationState.RUNNING else row.state
    return end(w, incident, row, state)
