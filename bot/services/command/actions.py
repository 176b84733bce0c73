"""Use cases of actions: given to somebody with a time-box, confirmed, put off, ticked, dropped, and asked after."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.command import actions as rules
from bot.domain.command import typed_items
from bot.domain.command.errors import DoneWithWhat, NotUnderstood, OfThePostmortem, OneDoesIt
from bot.domain.command.keeping_effects import ACTION, action
from bot.domain.core import typed_intent
from bot.domain.core.effect import Arm
from bot.domain.core.eligibility import Task
from bot.domain.incidents import lifecycle
from bot.domain.lifecycle import holding as hold
from bot.services.core.answer import Answer
from bot.services.core.clockwork import TimerKind, Timers
from bot.services.core.incident import find, ref
from bot.services.paging import side_escalations
from bot.services.workspace import directory, eligibility
from bot.work import Work
from storage.models import Action, ActionState, Incident
from storage.queries import command as command_queries


def said(w: Work, incident: Incident, text: str, owner: str = "", box: timedelta | None = None) -> Answer:
    """`@bo restart the pool 10m` gives one; `A3 done` (or drop, +10, got it) says something about one."""
    if typed_items.is_of_the_postmortem(text):
        raise OfThePostmortem(name=text.split()[0].upper())
    found = typed_items.about(text, "A", typed_items.ACTION)
    if found is not None:
        return _about(w, incident, found)
    written = rules.read(text, lambda word: is_configured(w, word))
    person = named(w, incident, owner, written)
    return give(w, incident, person, written.text, box or written.box)


def named(w: Work, incident: Incident, owner: str, written: rules.Written) -> str:
    """Who does it: whoever is named, else the one who asks. Raises OneDoesIt, UnknownPerson, SeveralPeople."""
    if len(written.owners) > 1 and not owner:
        raise OneDoesIt(ref=ref(w, incident), who=f"@{eligibility.name(w, directory.person(w, written.owners[0]))}")
    word = owner or next(iter(written.owners), "")
    return directory.person(w, word) if word else directory.asker(w)


def is_configured(w: Work, word: str) -> bool:
    """Whether a word without an @ is the name by which tocsin.yml knows somebody."""
    plain = word.lower()
    people = w.catalog.people.items()
    return any(plain in (key.lower(), one.name.split()[0].lower()) for key, one in people)


def _about(w: Work, incident: Incident, found: typed_items.About) -> Answer:
    """Raises DoneWithWhat, NoSuchItem, NotUnderstood."""
    if not found.numbers:
        raise DoneWithWhat(ref=ref(w, incident))
    rows = [row_of(w, incident, number) for number in found.numbers]
    name = f"A{found.numbers[0]}"
    if not found.what:
        choices = f"`/incident action {ref(w, incident)} {name} done`, `{name} +10`, `{name} got it` or `{name} drop`"
        raise NotUnderstood(words=found.words[:60], name=name, choices=choices)
    more = typed_items.more_time(found.words, rules.MORE) if found.what == "more" else rules.MORE
    return [settle(w, incident, row, found.what, more) for row in rows][-1]


def give(w: Work, incident: Incident, person: str, text: str, box: timedelta | None) -> Answer:
    """Raises NotEligible, NotOpen and NothingSaid."""
    if person != w.actor.who:
        eligibility.require(w, person, Task.ROLE, side_escalations.on_call(w, incident))
    number = incident.number or 0
    row = rules.give(
        incident, number=1 + len(command_queries.actions(w.session, number)), text=text, owner=person, by=w.actor.who,
        now=w.now, box=box or w.catalog.command.action_lasts, ref=ref(w, incident),
    )  # fmt: skip
    w.session.add(row)
    w.session.flush()
    w.record(rules.given(row), incident=incident)
    return Answer("action_noted", number, action(row))


def settle(w: Work, incident: Incident, row: Action, what: str, more: timedelta = rules.MORE) -> Answer:
    """`what` is done, drop, more or got. Said again, it is answered with how the action stands."""
    match what:
        case "done" | "drop":
            state = ActionState.DONE if what == "done" else ActionState.DROPPED
            facts = rules.settle(row, state, person=w.actor.who, now=w.now)
        case _:
            lifecycle.require_open(incident, ref(w, incident), "an action")
            facts = rules.move(row, now=w.now, by=more if what == "more" else None)
    w.record(facts, incident=incident)
    return Answer("action_noted", incident.number, _as_it_is(row)) if facts else _stands(incident, row)


def _stands(incident: Incident, row: Action) -> Answer:
    return Answer("action_stands", incident.number, {**_as_it_is(row), "stale": True})


def _as_it_is(row: Action) -> dict[str, Any]:
    return action(row, state=row.state, person=row.settled_by, confirmed=row.confirmed_at is not None)


def done(w: Work, incident: Incident, text: str) -> Answer:
    """Ticks the actions that are named; never the incident. Raises DoneWithWhat, OfThePostmortem, NotUnderstood."""
    if typed_items.is_of_the_postmortem(text):
        raise OfThePostmortem(name=text.split()[0].upper())
    bare = f"A{text.strip()}" if text.strip().isdecimal() else text
    found = typed_items.about(bare, "A", typed_items.ACTION)
    if found is None or not found.numbers:
        raise DoneWithWhat(ref=ref(w, incident))
    if not found.what and not ("?" in found.words or typed_intent.hesitates(found.words)):
        found = replace(found, what="done")
    return _about(w, incident, found)


def row_of(w: Work, incident: Incident, number: int) -> Action:
    """Raises NoSuchItem."""
    rows = command_queries.actions(w.session, incident.number or 0)
    return rules.require(next((row for row in rows if row.number == number), None), f"A{number}", ref(w, incident))


def pressed(w: Work, ident: int, what: str, due_at: int = 0) -> Answer:
    """A button of the action's own post; `due_at`, in seconds, is the end of the time that it showed.

    Two people who give more time at once give it once.
    """
    incident = find(w, w.session.get_one(Action, ident).incident)
    row = w.lock(Action, ident)
    assert row is not None
    if what == "more" and due_at and row.due_at and int(row.due_at.timestamp()) != due_at:
        return _stands(incident, row)
    return settle(w, incident, row, what)


def _lock(w: Work, number: int) -> None:
    if (row := w.peek(Action, number)) is not None:
        w.lock(Incident, row.incident)


def _overdue(w: Work, number: int, due_at: datetime) -> None:
    row = w.session.get_one(Action, number)
    incident = find(w, row.incident)
    if not lifecycle.is_open(incident):
        return
    if later := hold.asked_at(incident, w.now):
        w.carry_out(Arm(ACTION, f"{ACTION}:{number}", later))
    else:
        w.record(rules.overdue(row, w.now), incident=incident)


TIMERS: Timers = {ACTION: TimerKind(_lock, _overdue)}
