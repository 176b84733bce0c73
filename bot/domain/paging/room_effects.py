"""What paging owes as its incident changes: its messages follow severity, status and commander, and lead to the room
once there is one. None of these edits notifies anybody.
"""

from dataclasses import dataclass

from bot.domain.core.effect import Effect, FactContext, NounEffect, Reactions
from bot.domain.core.fact import Fact
from bot.domain.incidents.facts import (
    Announced,
    CardPosted,
    DeclarationCorrected,
    IncidentReopened,
    RoleAssigned,
    RoleReleased,
    RoomFailed,
    RoomLost,
    RoomRegained,
    SeverityChanged,
    StatusChanged,
    UpdatePublished,
)
from bot.domain.incidents.surfaces import number, pin_key
from bot.domain.lifecycle.facts import HoldEnded, IncidentHeld, TriageAccepted
from bot.domain.paging.effects import edit_pages, paging_thread
from storage.models import PageState


@dataclass(frozen=True)
class FollowIncident(NounEffect):
    """The pages that somebody may still act on are drawn again."""

    incident: int


def card_posted(fact: CardPosted, scene: FactContext) -> list[Effect]:
    """Pages can offer the way to the room now; one that is still on its way may have been written before."""
    after = pin_key(number(scene), fact.ts)
    return [
        *edit_pages(scene, (PageState.OWED, PageState.SENT, PageState.ACKNOWLEDGED), after=after),
        *paging_thread(scene, after=after),
    ]


def thread(fact: Announced | RoomFailed | RoomLost | RoomRegained, scene: FactContext) -> list[Effect]:
    """The paging thread moves to where the incident lives now."""
    return paging_thread(scene)


def changed(fact: Fact, scene: FactContext) -> list[Effect]:
    return [FollowIncident(number(scene))] if scene.incident else []


CONSEQUENCES: Reactions = {
    SeverityChanged: (changed,),
    StatusChanged: (changed,),
    RoleAssigned: (changed,),
    RoleReleased: (changed,),
    UpdatePublished: (changed,),
    DeclarationCorrected: (changed,),
    TriageAccepted: (changed,),
    IncidentHeld: (changed,),
    HoldEnded: (changed,),
    IncidentReopened: (changed,),
    RoomFailed: (thread,),
    RoomLost: (thread,),
    RoomRegained: (thread,),
    CardPosted: (card_posted,),
    Announced: (thread,),
}
