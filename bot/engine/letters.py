"""From a delivery to the letter that an integration can send: which function composes which kind.

Composed at the moment of sending, so every message says what is true then. Nothing here writes.
"""

from collections.abc import Callable

from sqlmodel import Session

from bot.engine import (
    letters_asking,
    letters_handoff,
    letters_mirror,
    letters_paging,
    letters_reach,
    letters_reachability,
    letters_room,
    letters_schedule,
    letters_words,
)
from bot.engine.letters_draft import Draft
from bot.integrations.letter import Letter
from bot.rendering.contexts.composer import Composer
from storage.models import Delivery

__all__ = ["KINDS", "Composer", "compose"]

KINDS: dict[str, Callable[[Draft], Letter]] = {
    "page": letters_paging.page,
    "page.edit": letters_paging.page_edit,
    "page.withdraw": letters_reach.withdraw,
    "page.way": letters_reach.page_by_way,
    "page.silence": letters_reach.silence,
    "alarm.way": letters_reach.alarm_by_way,
    "alarm": letters_paging.alarm,
    "ladder": letters_paging.ladder,
    "ladder.reply": letters_paging.ladder_reply,
    "ladder.group": letters_paging.ladder_group,
    "room.create": letters_room.create,
    "room.invite": letters_room.invite,
    "room.card": letters_room.card,
    "card.refresh": letters_room.card_refresh,
    "room.topic": letters_room.topic,
    "room.bookmark": letters_room.bookmark,
    "room.pin": letters_room.pin,
    "room.archive": letters_room.archive,
    "announce": letters_words.announce,
    "announcement.refresh": letters_words.announcement_refresh,
    "announcement.reply": letters_words.announcement_reply,
    "post": letters_words.post,
    "dm": letters_words.direct,
    "room.question": letters_words.room_question,
    "reword": letters_asking.reword,
    "copy.remove": letters_words.copy_remove,
    "ephemeral": letters_words.ephemeral,
    "home": letters_words.home,
    "capture": letters_words.capture,
    "handoff": letters_handoff.note,
    "handoff.edit": letters_handoff.note_edit,
    "usergroup": letters_handoff.group,
    "postmortem.file": letters_words.postmortem_file,
    "postmortem.canvas": letters_words.postmortem_canvas,
    "mirror.open": letters_mirror.opening,
    "mirror.resolve": letters_mirror.ending,
    "reachability": letters_reachability.reachability,
    "cover": letters_schedule.cover,
    "cover.again": letters_schedule.cover_again,
    "cover.edit": letters_schedule.cover_edit,
    "gaps": letters_schedule.gaps,
    "rota.picture": letters_schedule.picture,
}


def compose(session: Session, delivery: Delivery, composer: Composer) -> Letter:
    """The letter of a delivery. Raises NoAddress when there is nowhere to send it, LookupError for an unknown kind."""
    return KINDS[delivery.kind](Draft(session, delivery, composer))
