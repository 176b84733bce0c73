"""Problems in Slack: the command, its form, and the list of what has to be fixed for good."""

import re
from typing import Any

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.incidents import visibility
from bot.domain.learning import problems as rules
from bot.domain.learning.errors import NoDate
from bot.rendering.contexts import render
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.learning import problems
from bot.services.learning.problems import Shown
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Reply, Screen, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking

_TROUBLE = re.compile(r"(?:with|in|on|at|when|after|since)\b", re.IGNORECASE)


class AnIncident(DomainError):
    """That sounds like a new incident, so nothing was kept: `/incident declare problem {text}`. What has to be fixed
    for good is kept by `/incident problem {example} ...`.
    """


def command(door: Door, request: Request, said: Command) -> Reply:
    """`problem the pool has no limit`, `problem PRB-3 fixed by 4812`, `problem list`; alone it opens the form.

    Raises AnIncident.
    """
    if said.text.strip().lower() in rules.LISTS:
        return _list(door, request, everything=said.text.strip().lower() == "all")
    if not said.text:
        return looking(door, request, said, lambda session, number: Show(_view(door, session, number, request)))
    if said.reference is None and _TROUBLE.match(said.text):
        raise AnIncident(text=said.text[:80], example=door.catalog.reference(1))
    return about(door, request, said, lambda w, incident: problems.said(w, incident, said.text))


def listing(door: Door, request: Request, said: Command) -> Reply:
    return _list(door, request, everything=said.text.strip().lower() == "all")


def _list(door: Door, request: Request, *, everything: bool) -> Reply:
    def draw(session: Session) -> Reply:
        rows = problems.listed(session, _eyes(door, request), everything=everything)
        values = {"problems": [_row(door, one) for one in rows], "all": everything}
        return Screen("Problems", render.answer(session, door.composer(), "problems", None, values))

    return door.look(request, "list", draw)


def _row(door: Door, one: Shown) -> dict[str, Any]:
    """Plain values for the list."""
    row = one.problem
    references = [door.catalog.reference(incident.number or 0) for incident in one.incidents]
    return {
        "name": rules.name(row.id), "title": row.title, "state": str(row.state), "owner": row.owner,
        "due": row.due.isoformat() if row.due else None, "workaround": row.workaround,
        "incidents": ", ".join(references[-5:]),
    }  # fmt: skip


def _eyes(door: Door, request: Request) -> visibility.Viewer:
    return visibility.viewer(door.catalog, request.user, request.channel)


def _view(door: Door, session: Session, number: int, request: Request) -> View:
    incident = incident_reference.known(session, door.catalog, request, number)
    known = [one.problem for one in problems.listed(session, _eyes(door, request)) if not one.problem.private]
    choices = [Choice(str(row.id), f"{rules.name(row.id)} {row.title}"[:75]) for row in known]
    blocks = [
        form.small(incident_reference.label(door.catalog, incident)),
        form.field("title", "What has to be fixed for good?", form.words(focus=True), optional=True),
        *([form.field("known", "Or one that is kept already", form.menu(choices[: form.MOST_OPTIONS]), optional=True)]
          if choices else []),
        form.field("owner", "Who sees to it?", form.person(), optional=True),
        form.field("due", "Until when?", form.words(placeholder="2026-12-24"), optional=True),
        form.field("workaround", "What helps until then?", form.words(lines=True), optional=True),
    ]  # fmt: skip
    meta = incident_reference.meta(request, incident)
    return form.modal("problem", "Problem", blocks, submit="Keep", meta=meta)


class NothingToFix(DomainError):
    """Say what has to be fixed, or choose one that is kept."""


def open_button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "problem", lambda session: _view(door, session, request.number, request)))


def submitted(door: Door, request: Request) -> Reply:
    number, values = request.number, request.values
    chosen, title = values.choice("known"), values.text("title")
    text = rules.name(int(chosen)) if chosen.isdigit() else title
    more = {"owner": values.user("owner"), "due": values.text("due"), "workaround": values.text("workaround")}

    def use_case(w: Work) -> Answer:
        if not text:
            raise NothingToFix()
        return problems.said(w, incidents.find(w, number), text, **more)

    try:
        return door.do(request, "problem", use_case)
    except NothingToFix as refusal:
        return Errors({"title": refusal.sentence()})
    except NoDate as refusal:
        return Errors({"due": refusal.sentence()})
    except DomainError as refusal:
        return Errors({"title": refusal.sentence()})


COMMANDS = {"problem": command, "problems": listing}
ACTIONS = {"problem.open": open_button}
VIEWS = {"problem": submitted}
