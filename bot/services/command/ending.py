"""What an incident leaves open when it ends: shown for good, without a button, and no one is reminded of it.

When it is reopened, all of that can be pressed again, and falls due again.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.domain.command.actions import MORE
from bot.domain.command.effects import TakeUpCommand
from bot.domain.command.keeping_effects import ACTION, MITIGATION, RULING, action, mitigation, ruling
from bot.domain.command.rulings import OPEN
from bot.domain.core.effect import REFRESH, Arm, Deliver, Disarm, Effect, Supersede
from bot.domain.incidents.surfaces import post_key
from bot.work import Carrier, Work
from storage import outbox
from storage.models import ActionState, MitigationState, RulingState
from storage.queries import command as command_queries

TEMPLATES = {ACTION: "action", RULING: "decision", MITIGATION: "mitigation"}
"""How the post of each is drawn."""


def put_away(session: Session, number: int) -> Iterator[Effect]:
    """The last edit of each post that could still be pressed; the records stay as they are, for whoever reopens it."""
    for one in command_queries.actions(session, number):
        if one.state == ActionState.OPEN:
            confirmed = one.confirmed_at is not None
            yield from _last(ACTION, one.id, number, action(one, confirmed=confirmed))
    for row in command_queries.rulings(session, number):
        if row.state in OPEN:
            said = ruling(row, state=row.state, condition=row.condition, person=row.objector, reason=row.objection)
            yield from _last(RULING, row.id, number, said)
            yield Supersede(f"{RULING}:{row.id}:due", "decision_due", {"incident": number, **said, "state": "over"})
    for tried in command_queries.mitigations(session, number):
        if tried.state == MitigationState.RUNNING:
            yield from _last(MITIGATION, tried.id, number, mitigation(tried))


def _last(kind: str, ident: int | None, number: int, said: dict[str, object]) -> Iterator[Effect]:
    subject = f"{kind}:{ident}"
    yield Disarm(kind, subject)
    yield Supersede(subject, TEMPLATES[kind], {"incident": number, **said})


def take_up(w: Work, effect: TakeUpCommand) -> None:
    """What fell due while the incident was over is asked about in ten minutes, not all at once."""
    number, soon = effect.incident, w.now + MORE
    for one in command_queries.actions(w.session, number):
        if one.state == ActionState.OPEN:
            one.nudged = 0
            _again(w, number, ACTION, one.id, action(one, confirmed=one.confirmed_at is not None))
            _arm(w, ACTION, one.id, _later(one.due_at, soon))
    for row in command_queries.rulings(w.session, number):
        if row.state not in OPEN:
            continue
        if row.state == RulingState.PROPOSED:
            row.due_at = _later(row.due_at, w.now + w.catalog.command.objections)
        until = row.due_at.isoformat() if row.due_at else None
        said = ruling(row, state=row.state, condition=row.condition, person=row.objector, reason=row.objection)
        _again(w, number, RULING, row.id, {**said, "until": until})
        if row.state != RulingState.OBJECTED:
            _arm(w, RULING, row.id, row.due_at if row.state == RulingState.PROPOSED else _later(row.due_at, soon))
    for tried in command_queries.mitigations(w.session, number):
        if tried.state == MitigationState.RUNNING:
            _again(w, number, MITIGATION, tried.id, mitigation(tried))


def _later(due_at: datetime | None, soonest: datetime) -> datetime | None:
    return max(due_at, soonest) if due_at else None


def _again(w: Work, number: int, kind: str, ident: int | None, said: dict[str, Any]) -> None:
    """Its post is drawn with the buttons, behind the edit that took them away, and can be settled once more."""
    subject = f"{kind}:{ident}"
    key = post_key(number, subject)
    template = TEMPLATES[kind]
    outbox.asks_again(w.session, key, subject)
    payload = {"incident": number, **said, "template": template, "of": key}
    again = f"reword:{key}:again:{w.now.isoformat()}"
    w.carry_out(Deliver("reword", f"reword:{key}", payload, key=again, after=key, priority=REFRESH))


def _arm(w: Work, kind: str, ident: int | None, due_at: datetime | None) -> None:
    if due_at:
        w.carry_out(Arm(kind, f"{kind}:{ident}", due_at))


CARRIERS: dict[type, Carrier] = {TakeUpCommand: take_up}
