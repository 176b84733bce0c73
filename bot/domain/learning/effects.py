"""What follows from problems: the card of the incident shows them."""

from bot.domain.core.effect import Effect, FactContext, Reactions
from bot.domain.incidents.surfaces import refresh
from bot.domain.learning.facts import ProblemChanged, ProblemLinked, ProblemUnlinked


def draw(fact: ProblemLinked | ProblemUnlinked | ProblemChanged, scene: FactContext) -> list[Effect]:
    return refresh(scene)


CONSEQUENCES: Reactions = {ProblemLinked: (draw,), ProblemUnlinked: (draw,), ProblemChanged: (draw,)}
