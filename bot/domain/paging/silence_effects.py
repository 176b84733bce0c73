"""While nobody answers, the room and the channel hear it from the first missed level on.

One message in the room is edited from level to level; once a round, the gravest are called for in the incidents
channel.
"""

from bot.domain.core.effect import PAGE, URGENT, Deliver, Effect, FactContext, Reactions, Supersede
from bot.domain.core.fact import Fact
from bot.domain.incidents.surfaces import number, post, post_key
from bot.domain.paging.acknowledgement_facts import EscalationPaused
from bot.domain.paging.facts import EscalationExhausted, EscalationStopped, LevelReached, PageAcknowledged
from bot.domain.paging.silence import GRAVEST, Said, is_the_incidents_own, said, subject, unanswered
from storage.models import RoomState


def level(fact: LevelReached, scene: FactContext) -> list[Effect]:
    if scene.incident is None or scene.escalation is None or not is_the_incidents_own(scene.escalation):
        return []
    first = scene.escalation.first_cycle
    now = said(((page.cycle, page.level) for page in scene.pages), first, fact.cycle)
    effects: list[Effect] = []
    key = f"{subject(fact.escalation)}:{first}"
    if scene.incident.room in (RoomState.OPEN, RoomState.CREATING):
        effects += _in_the_room(scene, key, fact, now)
    if now.call and scene.incident.severity == GRAVEST and not scene.incident.drill:
        effects += _called(scene, f"{key}:{fact.cycle}", fact.escalation)
    return effects


def _in_the_room(scene: FactContext, key: str, fact: LevelReached, now: Said) -> list[Effect]:
    if now.post:
        return [post(scene, "no_answer", key, escalation=fact.escalation)]
    return [_redrawn(scene, key, fact.escalation)] if now.edit else []


def _redrawn(scene: FactContext, key: str, escalation: int) -> Deliver:
    of = post_key(number(scene), key)
    shown = {"incident": number(scene), "escalation": escalation, "template": "no_answer", "of": of}
    return Deliver(kind="reword", lane=f"reword:{of}", once=f"reword:{of}:now", after=of, payload=shown,
                   priority=URGENT)  # fmt: skip


def _called(scene: FactContext, key: str, escalation: int) -> list[Effect]:
    """The call of the round before has no button any more."""
    shown = {"incident": number(scene), "escalation": escalation, "template": "no_answer_call"}
    call = Deliver(kind="silence.call", lane=f"call:{escalation}", key=f"call:{key}", asks=subject(escalation),
                   payload=shown, priority=PAGE)  # fmt: skip
    return [_calls_over(scene, escalation, again=True), call]


def _calls_over(scene: FactContext, escalation: int, *, again: bool = False) -> Supersede:
    shown = {"incident": number(scene), "escalation": escalation, "again": again}
    return Supersede(subject(escalation), "no_answer_call", shown)


def over(fact: Fact, scene: FactContext) -> list[Effect]:
    """Somebody has it, nobody is wanted, or the alarm says more: what stands there says so."""
    escalation = scene.escalation
    if scene.incident is None or escalation is None or not is_the_incidents_own(escalation):
        return []
    if not unanswered(escalation, scene.pages):
        return []  # nothing was said, and nobody was called for
    number_of = escalation.id or 0
    effects: list[Effect] = [_calls_over(scene, number_of)]
    if scene.incident.room == RoomState.OPEN:
        effects.append(_redrawn(scene, f"{subject(number_of)}:{escalation.first_cycle}", number_of))
    return effects


CONSEQUENCES: Reactions = {
    LevelReached: (level,),
    PageAcknowledged: (over,),
    EscalationPaused: (over,),
    EscalationExhausted: (over,),
    EscalationStopped: (over,),
}
