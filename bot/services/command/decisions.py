"""Use cases of decisions about the course of an incident: made, objected to, settled, and pending ones reminded of."""

from datetime import datetime, timedelta

from bot.domain.command import rulings as rules
from bot.domain.command import typed_items
from bot.domain.command.errors import NoSuchItem, NothingSaid, NotUnderstood, NotYoursToSettle, WhichItem
from bot.domain.command.keeping_effects import RULING, ruling
from bot.domain.core.effect import Arm
from bot.domain.incidents import lifecycle
from bot.domain.lifecycle import holding as hold
from bot.services.command import holding
from bot.services.core.answer import Answer
from bot.services.core.clockwork import TimerKind, Timers
from bot.services.core.incident import find, ref
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import Incident, Ruling, RulingState
from storage.queries import command as command_queries


def said(w: Work, incident: Incident, text: str, within: timedelta | None = None, condition: str = "") -> Answer:
    """`Roll back now` makes one, `pending ...` leaves it for later, `D2 proceed` (object, drop) is about one."""
    found = typed_items.about(text, "D", typed_items.DECISION)
    if found is not None:
        return _about(w, incident, found)
    what_ = rules.read(text, ref(w, incident))
    if within or condition:
        what_ = rules.Written(what_.text, True, within or what_.within, condition or what_.condition)
    return make(w, incident, what_)


def _about(w: Work, incident: Incident, found: typed_items.About) -> Answer:
    """Of one that is pending, other words are how it is decided. Raises WhichItem and NotUnderstood."""
    verb, reference = "decision", ref(w, incident)
    if not found.numbers:
        open_ = [f" D{row.number}: {row.text[:60]}." for row in _open(w, incident)]
        raise WhichItem(open="".join(open_[:5]), example=f"/incident {verb} {reference} D1 {_deed(found.words)}")
    rows = [row_of(w, incident, number) for number in found.numbers]
    if len(rows) == 1 and not found.what and found.words and rows[0].state == RulingState.PENDING:
        return settle(w, incident, rows[0], "proceed", rules.read(found.words, reference).text)
    if len(rows) > 1 or not found.what:
        name = f"D{found.numbers[0]}"
        choices = f"`/incident {verb} {reference} {name} proceed`, `{name} object why` or `{name} drop`"
        raise NotUnderstood(words=found.words[:60], name=name, choices=choices)
    return settle(w, incident, rows[0], found.what, found.words)


def _open(w: Work, incident: Incident) -> list[Ruling]:
    return [row for row in command_queries.rulings(w.session, incident.number or 0) if row.state in rules.OPEN]


def _deed(words: str) -> str:
    return "object why" if "object" in words.lower() else words.split()[-1].strip(".!")


def make(w: Work, incident: Incident, what: rules.Written) -> Answer:
    """Raises NotOpen and NothingSaid."""
    number = incident.number or 0
    row = rules.make(
        incident, what, number=1 + len(command_queries.rulings(w.session, number)), by=w.actor.who, now=w.now,
        open_for=w.catalog.command.objections, ref=ref(w, incident),
    )  # fmt: skip
    w.session.add(row)
    w.session.flush()
    w.record(rules.made(row), incident=incident)
    return Answer("decision_noted", number, _shown(row))


def settle(w: Work, incident: Incident, row: Ruling, what: str, words: str = "") -> Answer:
    """`what` is proceed, object or drop. Raises NotObjectable, NotYoursToSettle and NothingSaid."""
    lifecycle.require_open(incident, ref(w, incident), "a decision")
    if what == "object":
        if not words.strip():
            raise NothingSaid(
                what="object to", example=f"/incident decision {ref(w, incident)} D{row.number} object why"
            )
        facts = rules.object_to(row, person=w.actor.who, reason=words)
    else:
        if row.state in rules.OPEN and w.actor.who not in (row.by, holding.commander(w, incident)):
            raise NotYoursToSettle(number=row.number, who=eligibility.name(w, row.by))
        state = RulingState.DROPPED if what == "drop" else RulingState.DECIDED
        facts = rules.settle(row, state, person=w.actor.who, now=w.now, text=words if what == "proceed" else "")
    w.record(facts, incident=incident)
    return Answer("decision_noted" if facts else "decision_stands", incident.number, _shown(row))


def row_of(w: Work, incident: Incident, number: int) -> Ruling:
    """Raises NoSuchItem."""
    rows = command_queries.rulings(w.session, incident.number or 0)
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise NoSuchItem(name=f"D{number}", ref=ref(w, incident), verb="decision")
    return found


def pressed(w: Work, ident: int, what: str, words: str = "") -> Answer:
    """A button of the decision's own post."""
    incident = find(w, w.session.get_one(Ruling, ident).incident)
    row = w.lock(Ruling, ident)
    assert row is not None
    return settle(w, incident, row, what, words)


def _shown(row: Ruling) -> dict[str, object]:
    until = row.due_at.isoformat() if row.due_at else None
    return ruling(row, state=row.state, until=until, condition=row.condition, person=row.settled_by or row.objector)


def _lock(w: Work, number: int) -> None:
    if (row := w.peek(Ruling, number)) is not None:
        w.lock(Incident, row.incident)


def _due(w: Work, number: int, due_at: datetime) -> None:
    """No objection came, or a pending decision has to be made: its commander hears of it, else whoever left it open."""
    row = w.session.get_one(Ruling, number)
    incident = find(w, row.incident)
    if not lifecycle.is_open(incident):
        return
    if row.state == RulingState.PENDING and (later := hold.asked_at(incident, w.now)):
        w.carry_out(Arm(RULING, f"{RULING}:{number}", later))
        return
    commander = holding.commander(w, incident) or row.by
    w.record(rules.due(row, commander=commander, now=w.now), incident=incident)


TIMERS: Timers = {RULING: TimerKind(_lock, _due)}
