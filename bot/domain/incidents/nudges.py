"""Reminders about an incident that time gives: the effect that begins them, and what follows from each."""

from dataclasses import dataclass, replace

from bot.domain.core.effect import Arm, Effect, FactContext, NounEffect, Reactions, Supersede, tell
from bot.domain.incidents.facts import NudgeGiven, NudgeSnoozed
from bot.domain.incidents.surfaces import number


@dataclass(frozen=True)
class StartNudges(NounEffect):
    """Every reminder about this incident is counted anew from now, or ends where the incident gets none."""

    incident: int


@dataclass(frozen=True)
class EndNudges(NounEffect):
    """The incident is over: nothing that any reminder asked is left to answer."""

    incident: int


def asks(n: int, nudge: str) -> str:
    """What a reminder is known by, however often it is given."""
    return f"nudge:{n}:{nudge}"


def given(fact: NudgeGiven, scene: FactContext) -> list[Effect]:
    """One message to one person. `last` says that no other follows, so that none can be put off."""
    n = number(scene)
    known = asks(n, fact.nudge)
    message = tell(fact.person, fact.message, f"{known}:{scene.now.isoformat()}", incident=n, nudge=fact.nudge,
                   last=fact.last)  # fmt: skip
    return [replace(message, asks=known)]


def snoozed(fact: NudgeSnoozed, scene: FactContext) -> list[Effect]:
    """It comes again then; what was said before says so, and can be put off no more."""
    n, until = number(scene), fact.until.isoformat()
    payload = {"incident": n, "nudge": fact.nudge, "until": until}
    again = Arm(fact.nudge, f"incident:{n}", fact.until)
    return [again, Supersede(asks(n, fact.nudge), fact.message, payload)]


CONSEQUENCES: Reactions = {
    NudgeGiven: (given,),
    NudgeSnoozed: (snoozed,),
}
