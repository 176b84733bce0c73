"""What follows when it changes who on call can be reached: the owners are told, in one message."""

from bot.domain.contact.facts import ReachabilityChanged
from bot.domain.core.effect import LATER, Deliver, Effect, FactContext, Reactions


def changed(fact: ReachabilityChanged, scene: FactContext) -> list[Effect]:
    key = f"reachability:{fact.channel}"
    return [Deliver(kind="reachability", lane=key, once=key, payload={"channel": fact.channel}, priority=LATER)]


CONSEQUENCES: Reactions = {
    ReachabilityChanged: (changed,),
}
