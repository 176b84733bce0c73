"""After an outage: one digest for each incident instead of all that was to be said meanwhile.

What happened is told from the timeline, in the order in which it happened, and how it stands as it is now: nothing of
it is stale. A single message is sent as itself, and so is a question that only its message asks.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused, in_charge
from bot.deliveries.incidents import losses
from bot.domain.core.effect import Cancel, FactContext
from bot.domain.incidents import surfaces
from bot.domain.incidents.visibility import was_public
from bot.integrations.outbound import Nothing, Outbound, Post
from bot.work import Work
from storage.models import Delivery, DeliveryState, Incident, RoomState

KEPT = frozenset({"close_ask"})
"""Templates that ask what nothing else asks."""
ENOUGH = 2
"""Messages that are worth a digest."""
TOLD = "told in a digest after an outage"


def fold(w: Work, kinds: Sequence[str]) -> None:
    """Slack is back: owes the digests, and drops what they tell. What is under way just now finds its digest itself."""
    waiting = select(Delivery).where(col(Delivery.kind).in_(kinds), col(Delivery.state).in_(DeliveryState.UNSETTLED))
    found: dict[int, list[Delivery]] = defaultdict(list)
    for row in w.session.exec(waiting.order_by(col(Delivery.id))):
        if row.payload.get("template") not in KEPT:
            found[row.payload["incident"]].append(row)
    for number in sorted(found):
        if len(found[number]) >= ENOUGH:
            _fold(w, number, found[number])


def _fold(w: Work, number: int, rows: Sequence[Delivery]) -> None:
    incident = w.lock(Incident, number)
    assert incident is not None
    stamps = sorted(str(row.payload["at"]) for row in rows if "at" in row.payload)
    values = {"since": stamps[0] if stamps else None, "count": len(rows)}
    scene = FactContext(now=w.now, incident=incident)
    told = tuple(row.key for row in rows if row is not _last_word(incident, rows))
    w.carry_out(surfaces.digest(scene, f"{rows[-1].id}", values), Cancel(told, TOLD))


def _last_word(incident: Incident, rows: Sequence[Delivery]) -> Delivery | None:
    """Whoever reads along below the announcement of an incident with a room hears the newest, and only that."""
    if incident.room != RoomState.OPEN:
        return None
    return next((row for row in reversed(rows) if row.kind == "announcement.reply"), None)


def is_told(draft: Composition) -> bool:
    """Whether a delivery that was put back has been told in a digest meanwhile."""
    if draft.delivery.error is None:
        return False
    prefix = surfaces.digest_key(draft.payload["incident"], "")
    told = select(Delivery.id).where(
        Delivery.kind == "digest", col(Delivery.key).startswith(prefix), col(Delivery.id) > draft.delivery.id
    )
    return draft.session.exec(told.limit(1)).first() is not None


def is_old_reply(draft: Composition) -> bool:
    """The same below the announcement, where the newest of them is said all the same."""
    if not is_told(draft) or draft.incident.room != RoomState.OPEN:
        return is_told(draft)
    newer = select(Delivery.id).where(
        Delivery.kind == draft.delivery.kind, Delivery.lane == draft.delivery.lane, col(Delivery.id) > draft.delivery.id
    )
    return draft.session.exec(newer.limit(1)).first() is not None


def digest(draft: Composition) -> Outbound:
    if was_public(draft.incident):
        return Nothing("its words are private now, and its room is not")
    message = draft.named()
    to, thread = losses.place(draft, losses.post_places(draft))
    return Post(to, message.text, message.blocks, draft.key, thread_ts=thread)


DELIVERIES: Deliveries = {
    "digest": Kind(
        compose=digest,
        refused=Refused(called="what happened meanwhile", elsewhere=losses.elsewhere, believers=in_charge),
    ),
}
