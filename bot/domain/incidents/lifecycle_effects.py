"""What follows from facts of the further life of an incident: triage, waiting, merging."""

from bot.domain.core.effect import Effect, FactContext, Reactions, Supersede
from bot.domain.incidents.effects import announced, ended, update_timer
from bot.domain.incidents.gathering import Gather
from bot.domain.incidents.lifecycle_facts import TriageAccepted, TriageDeclined
from bot.domain.incidents.surfaces import asks_in_triage, number, refresh


def accepted(fact: TriageAccepted, scene: FactContext) -> list[Effect]:
    """What a declaration starts, starts now; the question about it is answered."""
    return [_answered(scene), *update_timer(scene), *announced(scene), *refresh(scene)]


def declined(fact: TriageDeclined, scene: FactContext) -> list[Effect]:
    return [_answered(scene), *ended(fact, scene), Gather(number(scene))]


def _answered(scene: FactContext) -> Supersede:
    """The question says what became of it, and has no buttons any more."""
    n = number(scene)
    return Supersede(asks_in_triage(n), "triage", {"incident": n})


CONSEQUENCES: Reactions = {
    TriageAccepted: (accepted,),
    TriageDeclined: (declined,),
}
