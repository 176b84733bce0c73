"""What follows from facts about the war room, in waves: channel; people, card, topic and bookmark; pin."""

from collections.abc import Sequence

from bot.domain.core.effect import LATER, ROOM, URGENT, Cancel, Deliver, Effect, FactContext, Reactions, tell
from bot.domain.incidents.facts import (
    CardPosted,
    InvitesSkipped,
    Joined,
    RoomDeclined,
    RoomFailed,
    RoomLost,
    RoomOpened,
    RoomPrivacyChanged,
    RoomQuestionAsked,
    RoomRegained,
    RoomRenamed,
    RoomReplaced,
    RoomWanted,
)
from bot.domain.incidents.surfaces import invite, number, pin_key, refresh, room_gone_key, room_key
from bot.domain.incidents.visibility import has_public_place
from storage.models import Incident


def room_wanted(fact: RoomWanted, scene: FactContext) -> list[Effect]:
    n = number(scene)
    create = Deliver(
        kind="room.create", lane=f"room:{n}", key=room_key(scene), payload={"incident": n}, priority=URGENT
    )
    return [Cancel((f"dm:room-ask:{n}",), "the room is being made"), *question_answered(scene), create]


def question_answered(scene: FactContext) -> list[Effect]:
    """The question whether there shall be a room, if it was asked, says what became of it and loses its buttons."""
    assert scene.incident is not None
    n, person = number(scene), scene.incident.declared_by
    return [Deliver(kind="room.question", lane=f"dm:{person}", once=f"room-question:{n}", payload={"incident": n})]


def declined(fact: RoomDeclined, scene: FactContext) -> list[Effect]:
    return question_answered(scene)


def room_asked(fact: RoomQuestionAsked, scene: FactContext) -> list[Effect]:
    n = number(scene)
    return [tell(fact.person, "room_ask", f"room-ask:{n}", incident=n)]


def room_opened(fact: RoomOpened, scene: FactContext) -> list[Effect]:
    n = number(scene)

    def set_up(what: str, kind: str) -> Deliver:
        key = f"room:{n}:{what}:{fact.channel}"
        return Deliver(kind=kind, lane=f"{what}:{n}", key=key, payload={"incident": n}, priority=ROOM)

    return [
        invite(scene, scene.responders, fact.channel),
        set_up("card", kind="room.card"),
        set_up("topic", kind="room.topic"),
        set_up("bookmark", kind="room.bookmark"),
        *question_answered(scene),
    ]


def moved(fact: RoomReplaced, scene: FactContext) -> list[Effect]:
    """Whoever reads along below the announcement learns where it goes on, when it was another room before."""
    if scene.incident is None or not has_public_place(scene.incident):
        return []
    n = number(scene)
    payload = {"incident": n, "template": "room_moved", "values": {"before": fact.before}}
    key = f"announce:{n}:room:{fact.channel}"
    return [Deliver(kind="announcement.reply", lane=f"announcement:{n}", key=key, payload=payload)]


def room_lost(fact: RoomLost, scene: FactContext) -> list[Effect]:
    """Whoever conducts it is told once, with one tap to a new room."""
    assert scene.incident is not None
    values = {"name": fact.channel_name, "why": fact.reason}
    told = [tell(who, "room_gone", room_gone_key(scene.incident, fact.channel, who), incident=number(scene),
                 values=values) for who in scene.responders]  # fmt: skip
    return [*told, *refresh(scene)]


def show(fact: RoomRegained, scene: FactContext) -> list[Effect]:
    return refresh(scene)


def renamed(fact: RoomRenamed, scene: FactContext) -> list[Effect]:
    assert scene.incident is not None
    return [*told_of_name(scene.incident, scene.responders, fact.before, fact.channel_name), *refresh(scene)]


def told_of_name(incident: Incident, people: Sequence[str], before: str, name: str) -> list[Effect]:
    """Whoever conducts it hears that the room they look for has another name."""
    n, values = incident.number or 0, {"before": before}
    return [tell(who, "room_renamed", f"room-renamed:{n}:{name}:{who}", incident=n, values=values) for who in people]


def privacy(fact: RoomPrivacyChanged, scene: FactContext) -> list[Effect]:
    """Whoever conducts it hears what follows from it, and so does whoever reads along below the announcement."""
    n, stamp = number(scene), scene.now.isoformat()
    values = {"private": fact.by_invitation}
    effects: list[Effect] = [tell(who, "room_privacy", f"room-privacy:{n}:{stamp}:{who}", incident=n, values=values)
                             for who in scene.responders]  # fmt: skip
    if scene.incident is not None and has_public_place(scene.incident):
        payload = {"incident": n, "template": "room_privacy", "values": values}
        key = f"announce:{n}:room-privacy:{stamp}"
        effects.append(Deliver(kind="announcement.reply", lane=f"announcement:{n}", key=key, payload=payload))
    return effects


def renamed_after_number(incident: Incident) -> Deliver:
    """Behind the making of the room, which may be under way just now."""
    n = incident.number or 0
    return Deliver(kind="room.rename", lane=f"room:{n}", key=f"room:{n}:rename", payload={"incident": n}, priority=ROOM)


def goes_on(incident: Incident, channel: str, stamp: str) -> Deliver:
    """The way from a former room to the one that has followed it."""
    n = incident.number or 0
    payload = {"incident": n, "template": "room_goes_on", "to": channel}
    return Deliver(kind="room.pointer", lane=f"pointer:{n}", key=f"room:{n}:pointer:{channel}:{stamp}", payload=payload)


def joined(fact: Joined, scene: FactContext) -> list[Effect]:
    """Once a person and room: who leaves and comes back has read it."""
    n = number(scene)
    assert scene.incident is not None
    payload = {"incident": n, "person": fact.person, "channel": scene.incident.channel_id, "template": "joined"}
    key = f"ephemeral:joined:{n}:{scene.incident.channel_id}:{fact.person}"
    return [Deliver(kind="ephemeral", lane=key, key=key, payload=payload, priority=LATER)]


def skipped(fact: InvitesSkipped, scene: FactContext) -> list[Effect]:
    assert scene.incident is not None
    key = f"skipped:{number(scene)}:{','.join(sorted(fact.people))}"
    return [tell(scene.incident.declared_by, "skipped", key, incident=number(scene), people=fact.people)]


def card_posted(fact: CardPosted, scene: FactContext) -> list[Effect]:
    """It is pinned, and then every surface is drawn as it is now."""
    n, key = number(scene), pin_key(number(scene), fact.ts)
    pin = Deliver(kind="room.pin", lane=f"pin:{n}", key=key, payload={"incident": n}, priority=ROOM)
    return [pin, *refresh(scene, after=key)]


def room_failed(fact: RoomFailed, scene: FactContext) -> list[Effect]:
    """The announcement's thread takes the room's place."""
    return refresh(scene)


CONSEQUENCES: Reactions = {
    CardPosted: (card_posted,),
    RoomFailed: (room_failed,),
    RoomWanted: (room_wanted,),
    RoomQuestionAsked: (room_asked,),
    RoomDeclined: (declined,),
    RoomOpened: (room_opened,),
    RoomReplaced: (moved,),
    RoomLost: (room_lost,),
    RoomRegained: (show,),
    RoomRenamed: (renamed,),
    RoomPrivacyChanged: (privacy,),
    Joined: (joined,),
    InvitesSkipped: (skipped,),
}
