"""What follows from commanding: who is told of an offer and of its end, and what stops with the incident."""

from dataclasses import dataclass, replace
from typing import Any

from bot.domain.command.facts import (
    CommandHandedOver,
    CommandOffered,
    CommandTaken,
    HelpOffered,
    MoreTimeAsked,
    OfferEnded,
)
from bot.domain.command.surfaces import redrawn
from bot.domain.core.effect import Arm, Disarm, Effect, FactContext, NounEffect, Reactions, Supersede, tell
from bot.domain.core.fact import Fact
from bot.domain.incidents.facts import IncidentCancelled, IncidentClosed, IncidentReopened, IncidentResolved
from bot.domain.incidents.surfaces import number, post, refresh
from bot.domain.lifecycle.facts import IncidentMerged, TriageDeclined
from storage.models import OfferState

OFFER = "offer"
"""The kind of timer at which an offer of command expires."""


@dataclass(frozen=True)
class EndCommand(NounEffect):
    """The incident is over: what waits for an answer in it is withdrawn."""

    incident: int


@dataclass(frozen=True)
class TakeUpCommand(NounEffect):
    """The incident goes on: what was kept and is still open can be pressed and falls due again."""

    incident: int


def offered(fact: CommandOffered, scene: FactContext) -> list[Effect]:
    """Whoever is asked reads the brief; a commander in whose name somebody else offers it is told."""
    told = _said(fact, scene, state=OfferState.OFFERED, until=fact.expires_at.isoformat())
    asked = replace(tell(fact.person, "command_offer", _key(fact.offer), **told), asks=_asks(fact.offer))
    effects: list[Effect] = [asked, Arm(OFFER, f"{OFFER}:{fact.offer}", fact.expires_at), *refresh(scene)]
    if fact.by != fact.giver:
        effects.append(tell(fact.giver, "command_offer_told", f"{_key(fact.offer)}:giver", **told))
    return effects


def more_time(fact: MoreTimeAsked, scene: FactContext) -> list[Effect]:
    """The offer is drawn with its new end, and keeps its buttons; the commander knows."""
    told = _said(fact, scene, state="later", until=fact.until.isoformat())
    return [
        redrawn(scene, f"dm:{_key(fact.offer)}", "command_offer", **told),
        Arm(OFFER, f"{OFFER}:{fact.offer}", fact.until),
        tell(fact.giver, "command_offer_told", f"{_key(fact.offer)}:later:giver", **told),
    ]


def handed_over(fact: CommandHandedOver, scene: FactContext) -> list[Effect]:
    """The room hears it aloud, and whoever gave command away is released."""
    told = _said(fact, scene, state=OfferState.ACCEPTED, held=fact.held)
    return [
        Disarm(OFFER, f"{OFFER}:{fact.offer}"),
        Supersede(_asks(fact.offer), "command_offer", told),
        post(scene, "command_moved", f"{_key(fact.offer)}:moved", **_without_incident(told)),
        tell(fact.giver, "command_released", f"{_key(fact.offer)}:released", **told),
        *refresh(scene),
    ]


def ended(fact: OfferEnded, scene: FactContext) -> list[Effect]:
    """The other's message loses its buttons; whoever has command, and whoever offered it, learn that it stays."""
    told = _said(fact, scene, state=fact.state, reason=fact.reason, next=fact.next)
    people = [who for who in dict.fromkeys((fact.giver, fact.by)) if who != fact.ended_by]
    return [
        Disarm(OFFER, f"{OFFER}:{fact.offer}"),
        Supersede(_asks(fact.offer), "command_offer", told),
        *(tell(who, "command_offer_told", f"{_key(fact.offer)}:ended:{who}", **told) for who in people),
        *refresh(scene),
    ]


def over(fact: Fact, scene: FactContext) -> list[Effect]:
    return [EndCommand(number(scene))]


def taken(fact: CommandTaken, scene: FactContext) -> list[Effect]:
    """Said in the room, and to whoever had command until then."""
    key = f"command-taken:{number(scene)}:{fact.person}:{scene.now.isoformat()}"
    said = {"by": fact.person, "before": fact.before, "reason": fact.reason}
    before = tell(fact.before, "command_taken", key, incident=number(scene), **said)
    return [post(scene, "command_taken", key, **said), before]


def help_offered(fact: HelpOffered, scene: FactContext) -> list[Effect]:
    """Told once a person, to whoever leads the incident then."""
    if fact.lead is None:
        return []
    key = f"help-offered:{number(scene)}:{fact.person}"
    return [tell(fact.lead, "help_offered", key, incident=number(scene), by=fact.person)]


def _key(offer: int) -> str:
    return f"command-offer:{offer}"


def _asks(offer: int) -> str:
    return f"command-offer:{offer}"


def _said(fact: Any, scene: FactContext, **more: Any) -> dict[str, Any]:
    """What the messages about an offer are given: the offer is read again by its number when they are written."""
    by = getattr(fact, "by", fact.giver)
    shown = {"offer": fact.offer, "giver": fact.giver, "whom": fact.person, "by": by}
    return {"incident": number(scene), **shown, "people": [fact.giver, fact.person, by], **more}


def goes_on(fact: IncidentReopened, scene: FactContext) -> list[Effect]:
    return [TakeUpCommand(number(scene))]


def _without_incident(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "incident"}


CONSEQUENCES: Reactions = {
    CommandOffered: (offered,),
    MoreTimeAsked: (more_time,),
    CommandHandedOver: (handed_over,),
    OfferEnded: (ended,),
    CommandTaken: (taken,),
    HelpOffered: (help_offered,),
    IncidentResolved: (over,),
    IncidentClosed: (over,),
    IncidentCancelled: (over,),
    IncidentReopened: (goes_on,),
    IncidentMerged: (over,),
    TriageDeclined: (over,),
}
