"""What paging owes once a card, an announcement or a room exists, or cannot: its messages can lead there now."""

from bot.domain.core.effect import Effect, FactContext, Reactions
from bot.domain.incidents.facts import Announced, CardPosted, RoomFailed, RoomLost, RoomRegained
from bot.domain.incidents.surfaces import number, pin_key
from bot.domain.paging.effects import edit_pages, paging_thread
from storage.models import PageState


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


CONSEQUENCES: Reactions = {
    RoomFailed: (thread,),
    RoomLost: (thread,),
    RoomRegained: (thread,),
    CardPosted: (card_posted,),
    Announced: (thread,),
}
