"""The surfaces of an incident, as deliveries: its card, its announcement, its room and what is posted there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.core.effect import REFRESH, ROOM, Deliver, Effect, FactContext, tell
from bot.domain.incidents.visibility import has_public_place
from storage.models import Incident, RoomState

ROOM_SETUP = timedelta(minutes=1)


def number(scene: FactContext) -> int:
    assert scene.incident is not None
    return scene.incident.number or 0


def room_is_opening(scene: FactContext) -> bool:
    """Is the war room on its way, for a minute at most? Its card draws every surface once it stands (`CardPosted`)."""
    one = scene.incident
    if one is None or one.room not in (RoomState.CREATING, RoomState.OPEN) or one.card_ts or one.room_since is None:
        return False
    return scene.now - one.room_since < ROOM_SETUP


def refresh(scene: FactContext, after: str | None = None) -> list[Effect]:
    """The surfaces that always show the present: card, topic and announcement, each edited in place, coalesced."""
    if scene.incident is None or room_is_opening(scene):
        return []
    n = number(scene)
    effects: list[Effect] = []
    if scene.incident.room == RoomState.OPEN:
        effects += [coalesced("card", n, after, kind="card.refresh"), coalesced("topic", n, after, kind="room.topic")]
    if scene.incident.announcement_channel or has_public_place(scene.incident):
        effects.append(coalesced("announcement", n, after, kind="announcement.refresh"))
    return effects


def coalesced(name: str, n: int, after: str | None, *, kind: str) -> Deliver:
    surface = f"{name}:{n}"
    return Deliver(kind=kind, lane=surface, once=surface, after=after, payload={"incident": n}, priority=REFRESH)


def post(scene: FactContext, template: str, key: str, **payload: Any) -> Deliver:
    """A message where the incident lives: its war room, or else the thread of its announcement."""
    n = number(scene)
    after = room_key(scene) if scene.incident and scene.incident.room == RoomState.CREATING else f"announce:{n}"
    return Deliver(
        kind="post",
        lane=f"post:{n}",
        key=post_key(n, key),
        after=after,
        payload={"incident": n, "template": template, "at": scene.now.isoformat(), **payload},
    )


def post_key(n: int, key: str) -> str:
    """The key of the delivery of a post."""
    return f"post:{n}:{key}"


def digest(scene: FactContext, stamp: str, values: dict[str, Any]) -> Deliver:
    """What happened while Slack was away, where the incident lives."""
    n = number(scene)
    after = room_key(scene) if scene.incident and scene.incident.room == RoomState.CREATING else f"announce:{n}"
    payload = {"incident": n, "template": "digest", "values": values}
    return Deliver(kind="digest", lane=f"post:{n}", key=digest_key(n, stamp), after=after, payload=payload)


def digest_key(n: int, stamp: str) -> str:
    return f"digest:{n}:{stamp}"


def invite(scene: FactContext, people: Sequence[str], key: str) -> Deliver:
    n = number(scene)
    return Deliver(
        kind="room.invite",
        lane=f"invite:{n}",
        key=f"room:{n}:invite:{key}",
        payload={"incident": n, "people": list(people)},
        priority=ROOM,
    )


def asks_in_triage(n: int) -> str:
    """What the question whether it is an incident is known by."""
    return f"triage:{n}"


def ask_in_triage(n: int, person: str) -> Deliver:
    """Whoever declared it decides whether it is an incident, beside those who are paged for it."""
    return replace(tell(person, "triage", f"triage:{n}", incident=n), asks=asks_in_triage(n))


def room_gone_key(incident: Incident, channel: str | None, person: str) -> str:
    """Each person hears once that this room is gone."""
    return f"room-gone:{incident.number}:{channel}:{person}"


def pin_key(number: int, ts: str) -> str:
    """The key of the delivery that pins the card posted at `ts`."""
    return f"room:{number}:pin:{ts}"


def room_key(scene: FactContext) -> str:
    assert scene.incident is not None
    return f"room:{scene.incident.number}:create:{scene.incident.room_tries}"
