"""What a fact may owe: deliveries, and timers. The values of a plan, and the deliveries that many plans share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from storage.models import Escalation, Incident, Page

PAGE, URGENT, ROOM, POST, REFRESH, LATER = 0, 1, 2, 3, 4, 6

FURNISHING = timedelta(minutes=1)


@dataclass(frozen=True)
class Owe:
    """A delivery. `key` names it for good; with `once` instead, a pending one of that name will do.

    `after` is the key of a delivery that must be settled first, `asks` what the message asks of people (`PutRight`).
    """

    kind: str
    lane: str
    payload: dict[str, Any]
    key: str | None = None
    once: str | None = None
    after: str | None = None
    asks: str | None = None
    priority: int = POST


@dataclass(frozen=True)
class Drop:
    """Deliveries that are not wanted any more, unless they are under way already."""

    keys: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Quit:
    """No way of these pages is used any more: their steps, their deliveries and their timers end."""

    pages: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class Arm:
    kind: str
    subject: str
    due_at: datetime


@dataclass(frozen=True)
class Disarm:
    kind: str
    subject: str


@dataclass(frozen=True)
class PutRight:
    """What these messages asked is settled: each of them is edited to `template`, which says what is true now."""

    asks: str
    template: str
    payload: dict[str, Any]


Effect = Owe | Drop | Quit | Arm | Disarm | PutRight


@dataclass(frozen=True)
class Scene:
    """The records a fact is about, as they are after the rule."""

    now: datetime
    incident: Incident | None = None
    escalation: Escalation | None = None
    pages: Sequence[Page] = field(default_factory=tuple)
    responders: Sequence[str] = field(default_factory=tuple)


def number(scene: Scene) -> int:
    assert scene.incident is not None
    return scene.incident.number or 0


def furnishing(scene: Scene) -> bool:
    """Is the war room on its way, for a minute at most? Its card draws every surface once it stands (`CardPosted`)."""
    one = scene.incident
    if one is None or one.room not in ("creating", "open") or one.card_ts or one.room_since is None:
        return False
    return scene.now - one.room_since < FURNISHING


def refresh(scene: Scene, after: str | None = None) -> list[Effect]:
    """The surfaces that always show the present: card, topic and announcement, each edited in place, coalesced."""
    if scene.incident is None or furnishing(scene):
        return []
    n = number(scene)
    effects: list[Effect] = []
    if scene.incident.room == "open":
        effects += [coalesced("card", n, "card.refresh", after), coalesced("topic", n, "room.topic", after)]
    if scene.incident.announcement_channel or not scene.incident.private:
        effects.append(coalesced("announcement", n, "announcement.refresh", after))
    return effects


def coalesced(name: str, n: int, kind: str, after: str | None = None) -> Owe:
    surface = f"{name}:{n}"
    return Owe(kind=kind, lane=surface, once=surface, after=after, payload={"incident": n}, priority=REFRESH)


def post(scene: Scene, template: str, key: str, **payload: Any) -> Owe:
    """A message where the incident lives: its war room, or else the thread of its announcement."""
    n = number(scene)
    after = room_key(scene) if scene.incident and scene.incident.room == "creating" else f"announce:{n}"
    return Owe(
        kind="post",
        lane=f"post:{n}",
        key=f"post:{n}:{key}",
        after=after,
        payload={"incident": n, "template": template, **payload},
    )


def tell(person: str, template: str, key: str, **payload: Any) -> Owe:
    """A direct message to one person."""
    return Owe(
        kind="dm", lane=f"dm:{person}", key=f"dm:{key}", payload={"person": person, "template": template, **payload}
    )


def invite(scene: Scene, people: Sequence[str], key: str) -> Owe:
    n = number(scene)
    return Owe(
        kind="room.invite",
        lane=f"invite:{n}",
        key=f"room:{n}:invite:{key}",
        payload={"incident": n, "people": list(people)},
        priority=ROOM,
    )


def room_key(scene: Scene) -> str:
    assert scene.incident is not None
    return f"room:{scene.incident.number}:create:{scene.incident.room_tries}"
