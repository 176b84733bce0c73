"""What follows when it changes who on call can be reached: the owners are told, in one message."""

from bot.domain.contact.facts import ReachabilityChanged
from bot.domain.core.effect import LATER, Effect, Owe, Scene


def changed(fact: ReachabilityChanged, scene: Scene) -> list[Effect]:
    key = f"reachability:{fact.channel}"
    return [Owe(kind="reachability", lane=key, once=key, payload={"channel": fact.channel}, priority=LATER)]
