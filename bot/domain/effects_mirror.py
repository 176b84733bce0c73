"""What follows from facts about the twin of an incident, and for the twin when the incident is over."""

from bot.domain import facts as f
from bot.domain.core.effect import Effect, Owe, Scene, number
from bot.domain.incidents.lifecycle import is_open


def wanted(fact: f.MirrorWanted, scene: Scene) -> list[Effect]:
    n = number(scene)
    payload = {"incident": n, "key": fact.key, "urgency": fact.urgency}
    return [
        Owe(kind="mirror.open", lane=f"mirror:{n}", key=f"mirror:{n}:open:{scene.now.isoformat()}", payload=payload)
    ]


def opened(fact: f.MirrorOpened, scene: Scene) -> list[Effect]:
    """It may have been over before the twin was there."""
    return [] if scene.incident is None or is_open(scene.incident) else over(scene)


def over(scene: Scene) -> list[Effect]:
    """The twin ends with its incident, once."""
    if scene.incident is None or not scene.incident.pagerduty_id:
        return []
    n, ident = number(scene), scene.incident.pagerduty_id
    payload = {"incident": n, "id": ident}
    return [Owe(kind="mirror.resolve", lane=f"mirror:{n}", key=f"mirror:{n}:resolve:{ident}", payload=payload)]
