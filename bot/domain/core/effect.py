"""What a fact may owe: deliveries, and timers. The values of a plan, and the deliveries that many plans share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.core.fact import Fact
from storage.models import Escalation, Incident, Page

PAGE, URGENT, ROOM, POST, REFRESH, LATER = 0, 1, 2, 3, 4, 6


@dataclass(frozen=True)
class Deliver:
    """A delivery. `key` names it for good; with `once` instead, a pending one of that name will do.

    `after` is the key of a delivery that must be settled first, `asks` what the message asks of people (`Supersede`).
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
class Cancel:
    """Deliveries that are not wanted any more, unless they are under way already."""

    keys: tuple[str, ...]
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
class Supersede:
    """What these messages asked is settled: each of them is edited to `template`, which says what is true now."""

    asks: str
    template: str
    payload: dict[str, Any]


class NounEffect:
    """An effect that only its noun knows how to carry out: `CARRIERS` of that noun's services names the function."""


Effect = Deliver | Cancel | Arm | Disarm | Supersede | NounEffect


@dataclass(frozen=True)
class FactContext:
    """The records a fact is about, as they are after the rule."""

    now: datetime
    incident: Incident | None = None
    escalation: Escalation | None = None
    pages: Sequence[Page] = field(default_factory=tuple)
    responders: Sequence[str] = field(default_factory=tuple)


Reaction = Callable[[Any, FactContext], list[Effect]]
"""What follows from one fact (of the one kind under which it stands in a table), as a plan."""
Reactions = Mapping[type[Fact], Sequence[Reaction]]


def tell(person: str, template: str, key: str, **payload: Any) -> Deliver:
    """A direct message to one person."""
    return Deliver(
        kind="dm", lane=f"dm:{person}", key=f"dm:{key}", payload={"person": person, "template": template, **payload}
    )
