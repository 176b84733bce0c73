"""What follows from links: the card shows them, and a bookmark stands for each above the room."""

from bot.domain.core.effect import ROOM, Deliver, Effect, FactContext, Reactions
from bot.domain.incidents.surfaces import number, refresh
from bot.domain.links.facts import LinkAdded, LinkChanged, LinkRemoved
from storage.models import RoomState


def bookmark(incident: int, link: int) -> Deliver:
    """The bookmark of a link as it should be by the time of sending: there, renamed, or gone."""
    name = f"bookmark:{incident}:{link}"
    return Deliver(kind="link.bookmark", lane=name, once=name, payload={"incident": incident, "link": link},
                   priority=ROOM)  # fmt: skip


def drawn(fact: LinkAdded | LinkChanged | LinkRemoved, scene: FactContext) -> list[Effect]:
    """A room that is still being made gets the bookmarks of all links when it stands."""
    assert scene.incident is not None
    there = scene.incident.room == RoomState.OPEN
    return [*refresh(scene), *([bookmark(number(scene), fact.link)] if there else [])]


CONSEQUENCES: Reactions = {LinkAdded: (drawn,), LinkChanged: (drawn,), LinkRemoved: (drawn,)}
