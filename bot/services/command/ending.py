"""What an incident leaves open when it ends: shown for good, without a button, and nobody is reminded of it."""

from collections.abc import Iterator

from sqlmodel import Session

from bot.domain.command.keeping_effects import ACTION, MITIGATION, RULING, action, mitigation, ruling
from bot.domain.command.rulings import OPEN
from bot.domain.core.effect import Disarm, Effect, Supersede
from storage.models import ActionState, MitigationState
from storage.queries import command as command_queries


def put_away(session: Session, number: int) -> Iterator[Effect]:
    """The last edit of each post that could still be pressed; the records stay as they are, for whoever reopens it."""
    for one in command_queries.actions(session, number):
        if one.state == ActionState.OPEN:
            confirmed = one.confirmed_at is not None
            yield from _last(ACTION, one.id, "action", number, action(one, confirmed=confirmed))
    for row in command_queries.rulings(session, number):
        if row.state in OPEN:
            said = ruling(row, state=row.state, condition=row.condition, person=row.objector, reason=row.objection)
            yield from _last(RULING, row.id, "decision", number, said)
            yield Supersede(f"{RULING}:{row.id}:due", "decision_due", {"incident": number, **said, "state": "over"})
    for tried in command_queries.mitigations(session, number):
        if tried.state == MitigationState.RUNNING:
            yield from _last(MITIGATION, tried.id, "mitigation", number, mitigation(tried))


def _last(kind: str, ident: int | None, template: str, number: int, said: dict[str, object]) -> Iterator[Effect]:
    subject = f"{kind}:{ident}"
    yield Disarm(kind, subject)
    yield Supersede(subject, template, {"incident": number, **said})
