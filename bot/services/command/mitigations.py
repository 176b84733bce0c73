"""Use cases of mitigations: begun by somebody, with a way back, and what became of them."""

from bot.domain.command import actions as items
from bot.domain.command import mitigations as rules
from bot.domain.command import typed_items
from bot.domain.command.errors import NoSuchItem, NotUnderstood, WhichItem
from bot.domain.command.keeping_effects import mitigation
from bot.services.command import actions
from bot.services.core.answer import Answer
from bot.services.core.incident import find, ref
from bot.work import Work
from storage.models import Incident, Mitigation, MitigationState
from storage.queries import command as command_queries


def said(w: Work, incident: Incident, text: str, *, owner: str = "", rollback: str = "", kind: str = "") -> Answer:
    """`Roll back 4812` begins one, `M1 worked` (partly, failed) says what became of one."""
    found = typed_items.about(text, "M", typed_items.MITIGATION)
    if found is not None:
        return _about(w, incident, found)
    written = items.read(text, lambda word: actions.is_configured(w, word))
    person = actions.named(w, incident, owner, written)
    return start(w, incident, person, written.text, rollback=rollback, kind=kind)


def _about(w: Work, incident: Incident, found: typed_items.About) -> Answer:
    """Raises WhichItem and NotUnderstood."""
    reference = ref(w, incident)
    if not found.numbers:
        raise WhichItem(open="", example=f"/incident mitigation {reference} M1 {found.words.split()[-1].strip('.!')}")
    rows = [row_of(w, incident, number) for number in found.numbers]
    name = f"M{found.numbers[0]}"
    if len(rows) > 1 or not found.what:
        choices = f"`/incident mitigation {reference} {name} worked`, `{name} partly` or `{name} failed`"
        raise NotUnderstood(words=found.words[:60], name=name, choices=choices)
    return end(w, incident, rows[0], MitigationState(found.what), found.words)


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
