"""Use case: an incident that is over is told in few messages, where many wait."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlmodel import col, select

from bot.domain.incidents.gathering import KINDS, Gather, Waiting, gathered
from bot.work import Carrier, Work
from storage import outbox
from storage.models import Delivery, DeliveryState, Escalation, Incident, StatusUpdate

TOLD = "told"
"""In a payload: those of the messages that are told before its own."""
ENDED = 0
"""In place of an update's number: the words with which it was resolved."""
REASON = "told in one with what came after it"


def gather(w: Work, effect: Gather) -> None:
    """Holds what waits, so that nobody sends it meanwhile; the last of each group tells the others before itself."""
    rows = {row.key: row for row in _waiting(w, effect.incident)}
    words = _written(w, effect.incident)
    for _, lane in groupby(rows.values(), key=lambda row: row.lane):
        for group in gathered([_as_waiting(row, words) for row in lane]):
            *earlier, last = (rows[key] for key in group)
            outbox.drop(w.session, [row.key for row in earlier], REASON, w.now)
            parts = [part for row in earlier for part in said(row.payload)]
            stamps = sorted(str(part["at"]) for part in [*parts, last.payload] if "at" in part)
            since = {"at": stamps[0]} if stamps else {}
            last.payload = {**last.payload, **since, TOLD: [*parts, *last.payload.get(TOLD, ())]}
    w.session.flush()


def said(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Its parts, in their order."""
    own = {name: value for name, value in payload.items() if name != TOLD}
    return [*payload.get(TOLD, ()), own]


def _waiting(w: Work, number: int) -> Sequence[Delivery]:
    """What waits in the lanes in which it is told, held until the end of this transaction."""
    escalations = w.session.exec(select(Escalation.id).where(Escalation.incident == number)).all()
    lanes = [f"post:{number}", f"announcement:{number}", *(f"ladder:{one}" for one in escalations)]
    waiting = select(Delivery).where(
        col(Delivery.lane).in_(lanes), col(Delivery.kind).in_(KINDS), Delivery.state == DeliveryState.PENDING
    )
    in_order = waiting.order_by(col(Delivery.lane), col(Delivery.id))
    return w.session.exec(in_order.with_for_update(skip_locked=True)).all()


def _written(w: Work, number: int) -> dict[int, int]:
    """How much people wrote in each update, and in how it ended."""
    updates = w.session.exec(select(StatusUpdate).where(StatusUpdate.incident == number)).all()
    incident = w.session.get_one(Incident, number)
    lengths = {one.number: len(one.text) + len(one.impact or "") for one in updates}
    return {**lengths, ENDED: len(incident.resolution)}


def _as_waiting(row: Delivery, words: dict[int, int]) -> Waiting:
    parts = said(row.payload)
    of = [ENDED if part.get("template") == "resolved" else int(part.get("update", -1)) for part in parts]
    written = sum(words.get(one, 0) for one in of) + sum(len(str(part.get("reason") or "")) for part in parts)
    tried = row.attempts > 0 or row.ambiguous_since is not None or "refused" in row.payload
    templates = tuple(str(part.get("template", "")) for part in parts)
    return Waiting(row.key, row.kind, templates, written, bool(row.asks), tried)


CARRIERS: dict[type, Carrier] = {Gather: gather}
