"""The buttons of decisions, actions and mitigations; what is typed about them is carried out from their verbs."""

from collections.abc import Callable

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.services.command import actions, decisions, mitigations
from bot.services.core.answer import Answer
from bot.work import Work
from handlers import form
from handlers.boundary import Listener
from handlers.door import Door
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from storage.models import Ruling


def _pressed(action: str, use_case: Callable[[Work, int], Answer]) -> Listener:
    return lambda door, request: door.do(request, action, lambda w: use_case(w, request.number))


def _action(what: str) -> Listener:
    return _pressed("action", lambda w, ident: actions.pressed(w, ident, what))


def more_time(door: Door, request: Request) -> Reply:
    """Behind the action stands the end of the time that the button was shown with."""
    shown = request.value.partition(":")[2]
    due_at = int(shown) if shown.isdecimal() and len(shown) < 12 else 0
    return door.do(request, "action", lambda w: actions.pressed(w, request.number, "more", due_at))


def _ruling(what: str) -> Listener:
    return _pressed("decision", lambda w, ident: decisions.pressed(w, ident, what))


def _mitigation(what: str) -> Listener:
    return _pressed("mitigation", lambda w, ident: mitigations.pressed(w, ident, what))


def object_button(door: Door, request: Request) -> Reply:
    """The form that asks why; an objection without a reason helps no one."""
    return Show(door.look(request, "decision", lambda session: _object_view(session, request)))


def _object_view(session: Session, request: Request) -> View:
    row = session.get_one(Ruling, request.number)
    blocks = [
        form.said(f"D{row.number}: {row.text}"),
        form.field("reason", "What speaks against it?", form.words(lines=True, focus=True)),
    ]
    meta = {"ruling": row.id, "channel": request.channel, "bot_is_there": request.bot_is_there}
    return form.modal("ruling.object", "Strong objection", blocks, submit="Object", meta=meta)


def objected(door: Door, request: Request) -> Reply:
    ident, reason = int(request.meta["ruling"]), request.values.text("reason")
    try:
        return door.do(request, "decision", lambda w: decisions.pressed(w, ident, "object", reason))
    except DomainError as refusal:
        return Errors({"reason": refusal.sentence()})


ACTIONS = {
    "action.done": _action("done"),
    "action.drop": _action("drop"),
    "action.more": more_time,
    "action.got": _action("got"),
    "ruling.proceed": _ruling("proceed"),
    "ruling.drop": _ruling("drop"),
    "ruling.object": object_button,
    "mitigation.worked": _mitigation("worked"),
    "mitigation.partly": _mitigation("partly"),
    "mitigation.failed": _mitigation("failed"),
}
VIEWS = {"ruling.object": objected}
