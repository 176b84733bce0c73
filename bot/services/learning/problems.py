"""Use cases of problems: begun in an incident, linked from others, known, fixed; and who is shown which."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.domain.core.effect import FactContext
from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.surfaces import refresh
from bot.domain.incidents.visibility import Viewer, viewer
from bot.domain.learning import problems as rules
from bot.domain.learning.errors import NoSuchProblem
from bot.services.core.answer import Answer
from bot.services.core.incident import known_to, ref
from bot.services.workspace import directory
from bot.work import Work
from storage.models import Incident, Problem
from storage.queries import problems as queries


@dataclass(frozen=True)
class Shown:
    """A problem, and those of its incidents that its reader may know of."""

    problem: Problem
    incidents: Sequence[Incident]


def said(w: Work, incident: Incident, text: str, *, owner: str = "", due: str = "", workaround: str = "") -> Answer:
    """`the pool has no limit` begins one, `PRB-3` links it, `PRB-3 fixed by 4812` says what has become of it.

    Raises WhatProblem, NoSuchProblem, StaysPrivate, NoDate and UnknownPerson.
    """
    typed = rules.read(text)
    if due:
        rules.day(due)  # what is refused takes no number
    if owner:
        directory.person(w, owner)
    if typed.number is None:
        problem = _begun(w, incident, typed.words)
    else:
        problem = _found(w, incident, typed.number)
        if typed.what == "unlink":
            return _unlink(w, incident, problem)
        if queries.row(w.session, problem.id or 0, incident.number or 0) is None:
            _link(w, incident, problem, new=False)
    given = {typed.what: typed.words} if typed.what else {}
    given |= {key: value for key, value in (("owner", owner), ("due", due), ("known", workaround)) if value}
    _change(w, incident, problem, given)
    return Answer("problem", incident.number, {"problem": problem.id})


def _begun(w: Work, incident: Incident, title: str) -> Problem:
    title = directory.with_names(w, title)
    problem = rules.begin(incident, title=title, by=w.actor.who, owner=None, now=w.now, ref=ref(w, incident))
    w.session.add(problem)
    w.session.flush()
    _link(w, incident, problem, new=True)
    return problem


def _link(w: Work, incident: Incident, problem: Problem, *, new: bool) -> None:
    row = rules.link(problem, incident, by=w.actor.who, now=w.now, ref=ref(w, incident), new=new)
    w.session.add(row)
    w.session.flush()
    w.record(rules.linked(problem, by=w.actor.who, new=new), incident=incident)


def _unlink(w: Work, incident: Incident, problem: Problem) -> Answer:
    row = queries.row(w.session, problem.id or 0, incident.number or 0)
    if row is not None:
        w.session.delete(row)
        w.session.flush()
        w.record(rules.unlinked(problem, by=w.actor.who), incident=incident)
    return Answer("problem", incident.number, {"problem": problem.id, "unlinked": True})


def _change(w: Work, incident: Incident, problem: Problem, given: dict[str, str]) -> None:
    """What was said of it, as one line; the cards of its other open incidents say so too."""
    news = False
    for what, words in given.items():
        news |= _one(w, problem, what, directory.with_names(w, words))
    if not news:
        return
    words = {"known_error": problem.workaround, "fixed": problem.fix}.get(problem.state, "")
    w.record(rules.changed(problem, words, by=w.actor.who), incident=incident)
    for other in queries.incidents(w.session, [problem.id or 0])[problem.id or 0]:
        if other.number != incident.number and is_open(other):
            w.carry_out(*refresh(FactContext(now=w.now, incident=other)))


def _one(w: Work, problem: Problem, what: str, words: str) -> bool:
    match what:
        case "known":
            return rules.known(problem, words)
        case "fixed":
            return rules.fixed(problem, words, w.now)
        case "open":
            return rules.opened(problem)
        case "owner":
            before, problem.owner = problem.owner, directory.person(w, words)
            return problem.owner != before
    when, problem.due = problem.due, rules.day(words)
    return problem.due != when


def _found(w: Work, incident: Incident, number: int) -> Problem:
    """Locked. Raises NoSuchProblem, also for one of which this person may not know."""
    problem = w.lock(Problem, number) if number < 2**31 else None
    there = queries.incidents(w.session, [number]).get(number, []) if problem else []
    mine = any(one.number == incident.number for one in there)
    if problem is None or not (mine or rules.is_shown(problem, there, known_to(w.session, _eyes(w), there))):
        raise NoSuchProblem(name=rules.name(number))
    return problem


def _eyes(w: Work) -> Viewer:
    """As whoever asks sees it; a program that names no one sees what everybody does."""
    return viewer(w.catalog, w.actor.who)


def listed(session: Session, eyes: Viewer, *, everything: bool = False) -> list[Shown]:
    """Those that somebody may know of, newest first, each with the incidents that they may know of."""
    rows = queries.newest(session) if everything else queries.unfixed(session)
    return _shown(session, eyes, rows)


def of_incident(session: Session, eyes: Viewer, number: int) -> list[Shown]:
    """The problems of an incident of which its reader knows."""
    return _shown(session, eyes, queries.of_incident(session, number))


def _shown(session: Session, eyes: Viewer, rows: Sequence[Problem]) -> list[Shown]:
    there = queries.incidents(session, [row.id or 0 for row in rows])
    known = {number: known_to(session, eyes, found) for number, found in there.items()}
    shown = [Shown(row, known[row.id or 0]) for row in rows]
    return [one for one in shown if rules.is_shown(one.problem, there[one.problem.id or 0], one.incidents)]
