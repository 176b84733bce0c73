"""What follows from facts about schedules: whoever gains or loses a shift is told; a request shows how it stands."""

from dataclasses import replace
from typing import Any

from bot.domain.core.effect import LATER, URGENT, Deliver, Disarm, Effect, FactContext, Reactions, tell
from bot.domain.schedules.facts import (
    CoverAsked,
    CoverDeclined,
    CoverExpired,
    CoverStillOpen,
    CoverTaken,
    CoverUntaken,
    CoverVoid,
    CoverWithdrawn,
    GapsOpened,
    OverrideAdded,
    OverrideCancelled,
    RotaEdited,
)


def added(fact: OverrideAdded, scene: FactContext) -> list[Effect]:
    """Whoever made it knows; whoever gives or takes cover is told by the request."""
    return [] if fact.cover or fact.gathered else _changed(fact, "added", fact.note)


def cancelled(fact: OverrideCancelled, scene: FactContext) -> list[Effect]:
    return [] if fact.gathered else _changed(fact, "cancelled", "")


def _changed(fact: OverrideAdded | OverrideCancelled, what: str, note: str) -> list[Effect]:
    values = {"schedule": fact.schedule, "what": what, "by": fact.by, "note": note}
    return [*affected(f"override:{fact.override}:{what}", values, fact.changes)]


def affected(key: str, values: dict[str, Any], changes: list[dict[str, Any]]) -> list[Deliver]:
    """One message to each person whose shifts these changes touch, but for whoever made them (`by`)."""
    people = dict.fromkeys(one["person"] for one in changes if one["person"] != values["by"])
    return [
        tell(person, "schedule_changed", f"{key}:{person}",
             values={**values, "changes": [one for one in changes if one["person"] == person]})
        for person in people
    ]  # fmt: skip


def opened(fact: GapsOpened, scene: FactContext) -> list[Effect]:
    payload = {"schedule": fact.schedule, "gaps": fact.gaps, "by": fact.by, "owner": fact.owner}
    return [gaps(payload, f"{fact.schedule}:{scene.now.isoformat()}")]


def gaps(payload: dict[str, Any], key: str) -> Deliver:
    """To the owner's channel; with `to` in the payload there instead."""
    return Deliver(kind="gaps", lane=f"gaps:{payload['schedule']}", key=f"gaps:{key}", payload=payload)


def edited(fact: RotaEdited, scene: FactContext) -> list[Effect]:
    """To the schedule's channel; each person hears in a message of their own of all their schedules (`moved`)."""
    return [edit(fact.body(), f"{fact.schedule}:{scene.now.isoformat()}")]


def edit(payload: dict[str, Any], key: str) -> Deliver:
    """With `to` in the payload there instead."""
    return Deliver(kind="rota.edited", lane=f"rota:{payload['schedule']}", key=f"rota:{key}", payload=payload)


def moved(person: str, stamp: str, values: dict[str, Any], *, at_once: bool) -> Deliver:
    """What an edit has done to the shifts of one person, on every schedule; one message per edit (`stamp`)."""
    told = tell(person, "shifts_moved", f"rota:{stamp}:{person}", values=values)
    return replace(told, priority=URGENT) if at_once else told


def cover_key(cover: int, where: str = "") -> str:
    return f"cover:{cover}:ask{where}"


def asked(fact: CoverAsked, scene: FactContext) -> list[Effect]:
    return [ask(fact.cover)]


def ask(cover: int, to: str | None = None) -> Deliver:
    """The message with the button; `to` is a channel to use instead of the schedule's own."""
    payload: dict[str, Any] = {"cover": cover, **({"to": to} if to else {})}
    return Deliver(kind="cover", lane=f"cover:{cover}", key=cover_key(cover, f":{to}" if to else ""), payload=payload)


def redraw(cover: int) -> Deliver:
    """Draws the request's message anew, as it stands."""
    return Deliver(kind="cover.edit", lane=f"cover:{cover}", once=f"cover:{cover}:edit", payload={"cover": cover},
               priority=LATER)  # fmt: skip


def still_open(fact: CoverStillOpen, scene: FactContext) -> list[Effect]:
    """Said again where it was asked; with the last time the asker hears too, and whoever looks after the schedule."""
    payload = {"cover": fact.cover, "left": fact.left}
    again = Deliver(kind="cover.again", lane=f"cover:{fact.cover}", key=f"cover:{fact.cover}:again:{fact.left}",
                payload=payload)  # fmt: skip
    effects: list[Effect] = [again]
    if fact.left == 0 and fact.partner is None:
        effects.append(_tell_asker(fact, "nearing", owner=fact.owner))
    if fact.owner:
        values = {"cover": fact.cover, "schedule": fact.schedule, "person": fact.person}
        effects.append(tell(fact.owner, "cover_owner", f"cover:{fact.cover}:owner", values=values))
    return effects


def taken(fact: CoverTaken, scene: FactContext) -> list[Effect]:
    return [*_over(fact.cover), _tell_asker(fact, "swapped" if fact.partner else "taken", by=fact.by)]


def declined(fact: CoverDeclined, scene: FactContext) -> list[Effect]:
    return [*_over(fact.cover), _tell_asker(fact, "declined", by=fact.by)]


def void(fact: CoverVoid, scene: FactContext) -> list[Effect]:
    return [*_over(fact.cover), _tell_asker(fact, "void", by=fact.by, partner=fact.partner)]


def withdrawn(fact: CoverWithdrawn, scene: FactContext) -> list[Effect]:
    told = [] if fact.by == fact.person else [_tell_asker(fact, "withdrawn", by=fact.by)]
    return [*_over(fact.cover), *told]


def untaken(fact: CoverUntaken, scene: FactContext) -> list[Effect]:
    return [_tell_asker(fact, "untaken")]


def expired(fact: CoverExpired, scene: FactContext) -> list[Effect]:
    """Cover that nobody took was said when it began; of a swap nothing has been heard yet."""
    told = [_tell_asker(fact, "unanswered", by=fact.partner)] if fact.partner else []
    return [*_over(fact.cover), *told]


def not_posted(cover: int, person: str) -> Deliver:
    """The request could not be shown anywhere: whoever asked must know."""
    return tell(person, "cover_told", f"cover:{cover}:not_posted", values={"cover": cover, "state": "not_posted"})


def _over(cover: int) -> list[Effect]:
    return [Disarm("cover", f"cover:{cover}"), redraw(cover)]


def _tell_asker(fact: Any, state: str, **more: str | None) -> Deliver:
    values = {"cover": fact.cover, "schedule": fact.schedule, "state": state, **more}
    return tell(fact.person, "cover_told", f"cover:{fact.cover}:{state}", values=values)


def shift(person: str, schedule: str, state: str, at: str, **values: Any) -> Deliver:
    """A message about somebody's shift that begins (or ended) at `at` (ISO 8601); one per shift and state, ever."""
    key = f"shift:{schedule}:{person}:{at}:{state}"
    shown = {"schedule": schedule, "state": state.partition(":")[0], "at": at, **values}
    return tell(person, "shift", key, values=shown)


CONSEQUENCES: Reactions = {
    OverrideAdded: (added,),
    OverrideCancelled: (cancelled,),
    GapsOpened: (opened,),
    RotaEdited: (edited,),
    CoverAsked: (asked,),
    CoverStillOpen: (still_open,),
    CoverTaken: (taken,),
    CoverDeclined: (declined,),
    CoverVoid: (void,),
    CoverWithdrawn: (withdrawn,),
    CoverUntaken: (untaken,),
    CoverExpired: (expired,),
}
