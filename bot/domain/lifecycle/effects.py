"""What follows from facts of the further life of an incident: triage, waiting, merging."""

from bot.domain.core.effect import Arm, Deliver, Disarm, Effect, FactContext, Reactions, Supersede
from bot.domain.incidents.effects import announced, ended, promised_anew, update_timer
from bot.domain.incidents.gathering import Gather
from bot.domain.incidents.surfaces import asks_in_triage, number, post, refresh
from bot.domain.lifecycle.facts import (
    ClockSet,
    HoldEnded,
    IncidentAbsorbed,
    IncidentHeld,
    IncidentMerged,
    ItemTicked,
    TriageAccepted,
    TriageDeclined,
)
from storage.models import RoomState


def accepted(fact: TriageAccepted, scene: FactContext) -> list[Effect]:
    """What a declaration starts, starts now; the question about it is answered."""
    n = number(scene)
    answered = Supersede(asks_in_triage(n), "triage", {"incident": n})
    return [answered, *update_timer(scene), *announced(scene), *refresh(scene)]


def declined(fact: TriageDeclined, scene: FactContext) -> list[Effect]:
    return [*ended(fact, scene), Gather(number(scene))]


def merged(fact: IncidentMerged, scene: FactContext) -> list[Effect]:
    """Whoever reads along, in the room and below the announcement, learns where it goes on."""
    n, stamp = number(scene), scene.now.isoformat()
    said = {"into": fact.into, "reason": fact.reason}
    effects = ended(fact, scene)
    if scene.incident is None or scene.incident.unaccepted:  # no one reads along yet
        return effects
    effects.append(post(scene, "merged", f"merged:{stamp}", values=said))
    if scene.incident.room == RoomState.OPEN and scene.incident.announcement_channel:
        reply = {"incident": n, "template": "merged", "values": said}
        key = f"announce:{n}:merged:{stamp}"
        effects.append(Deliver(kind="announcement.reply", lane=f"announcement:{n}", key=key, payload=reply))
    return effects


def absorbed(fact: IncidentAbsorbed, scene: FactContext) -> list[Effect]:
    """Where it goes on, people learn that what they know of the other one belongs here."""
    if scene.incident is None or scene.incident.unaccepted:
        return []
    said = {"other": fact.other, "left": fact.left}
    return [*refresh(scene), post(scene, "absorbed", f"absorbed:{fact.other}", values=said)]


def held(fact: IncidentHeld, scene: FactContext) -> list[Effect]:
    subject = f"incident:{number(scene)}"
    said = post(scene, "held", f"held:{scene.now.isoformat()}")
    return [Arm("held", subject, fact.until), *promised_anew(scene), said, *refresh(scene)]


def hold_ended(fact: HoldEnded, scene: FactContext) -> list[Effect]:
    subject = f"incident:{number(scene)}"
    said = post(scene, "hold_ended", f"hold-ended:{scene.now.isoformat()}")
    return [Disarm("held", subject), *update_timer(scene), said, *refresh(scene)]


def show(fact: ClockSet | ItemTicked, scene: FactContext) -> list[Effect]:
    return refresh(scene)


CONSEQUENCES: Reactions = {
    TriageAccepted: (accepted,),
    TriageDeclined: (declined,),
    IncidentMerged: (merged,),
    IncidentAbsorbed: (absorbed,),
    IncidentHeld: (held,),
    HoldEnded: (hold_ended,),
    ClockSet: (show,),
    ItemTicked: (show,),
}
