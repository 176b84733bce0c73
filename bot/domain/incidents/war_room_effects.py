"""What follows from facts about the war room, in waves: channel; people, card, topic and bookmark; pin."""

from bot.domain import facts as f
from bot.domain.core.effect import (
    LATER,
    ROOM,
    URGENT,
    Drop,
    Effect,
    Owe,
    Scene,
    invite,
    number,
    refresh,
    room_key,
    tell,
)
from bot.domain.paging.effects import edit_pages, ladder


def room_wanted(fact: f.RoomWanted, scene: Scene) -> list[Effect]:
    n = number(scene)
    create = Owe(kind="room.create", lane=f"room:{n}", key=room_key(scene), payload={"incident": n}, priority=URGENT)
    return [Drop((f"dm:room-ask:{n}",), "the room is being made"), *question_answered(scene), create]


def question_answered(scene: Scene) -> list[Effect]:
    """The question whether there shall be a room, if it was asked, says what became of it and loses its buttons."""
    assert scene.incident is not None
    n, person = number(scene), scene.incident.declared_by
    return [Owe(kind="room.question", lane=f"dm:{person}", once=f"room-question:{n}", payload={"incident": n})]


def declined(fact: f.RoomDeclined, scene: Scene) -> list[Effect]:
    return question_answered(scene)


def room_asked(fact: f.RoomQuestionAsked, scene: Scene) -> list[Effect]:
    n = number(scene)
    return [tell(fact.person, "room_ask", f"room-ask:{n}", incident=n)]


def room_opened(fact: f.RoomOpened, scene: Scene) -> list[Effect]:
    n = number(scene)
    payload = {"incident": n}
    return [
        invite(scene, scene.responders, fact.channel),
        Owe(kind="room.card", lane=f"card:{n}", key=f"room:{n}:card:{fact.channel}", payload=payload, priority=ROOM),
        Owe(kind="room.topic", lane=f"topic:{n}", key=f"room:{n}:topic:{fact.channel}", payload=payload, priority=ROOM),
        Owe(kind="room.bookmark", lane=f"bookmark:{n}", key=f"room:{n}:bookmark:{fact.channel}", payload=payload,
            priority=ROOM),
        *question_answered(scene),
    ]  # fmt: skip


def card_posted(fact: f.CardPosted, scene: Scene) -> list[Effect]:
    n = number(scene)
    pin = Owe(kind="room.pin", lane=f"pin:{n}", key=f"room:{n}:pin:{fact.ts}", payload={"incident": n}, priority=ROOM)
    # They can offer the way to the room now; one that is still on its way may have been written before.
    pages = edit_pages(scene, ("owed", "sent", "acknowledged"), after=pin.key)
    return [pin, *refresh(scene, after=pin.key), *pages, *ladder(scene, after=pin.key)]


def room_failed(fact: f.RoomFailed, scene: Scene) -> list[Effect]:
    """The announcement's thread takes the room's place."""
    return [*refresh(scene), *ladder(scene)]


def announced(fact: f.Announced, scene: Scene) -> list[Effect]:
    return ladder(scene)


def joined(fact: f.Joined, scene: Scene) -> list[Effect]:
    n = number(scene)
    assert scene.incident is not None
    payload = {"incident": n, "person": fact.person, "channel": scene.incident.channel_id, "template": "joined"}
    key = f"ephemeral:joined:{n}:{fact.person}:{scene.now.isoformat()}"
    return [Owe(kind="ephemeral", lane=key, key=key, payload=payload, priority=LATER)]


def skipped(fact: f.InvitesSkipped, scene: Scene) -> list[Effect]:
    assert scene.incident is not None
    key = f"skipped:{number(scene)}:{','.join(sorted(fact.people))}"
    return [tell(scene.incident.declared_by, "skipped", key, incident=number(scene), people=fact.people)]
