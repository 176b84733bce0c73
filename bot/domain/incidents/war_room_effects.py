"""What follows from facts about the war room, in waves: channel; people, card, topic and bookmark; pin."""

from bot.domain.core.effect import LATER, ROOM, URGENT, Cancel, Deliver, Effect, FactContext, Reactions, tell
from bot.domain.incidents.facts import (
    CardPosted,
    InvitesSkipped,
    Joined,
    RoomDeclined,
    RoomFailed,
    RoomOpened,
    RoomQuestionAsked,
    RoomWanted,
)
from bot.domain.incidents.surfaces import invite, number, pin_key, refresh, room_key


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


def joined(fact: Joined, scene: FactContext) -> list[Effect]:
    n = number(scene)
    assert scene.incident is not None
    payload = {"incident": n, "person": fact.person, "channel": scene.incident.channel_id, "template": "joined"}
    key = f"ephemeral:joined:{n}:{fact.person}:{scene.now.isoformat()}"
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
    Joined: (joined,),
    InvitesSkipped: (skipped,),
}
