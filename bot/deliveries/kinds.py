"""From a delivery to the letter that an integration can send: which function composes which kind.

Composed at the moment of sending, so every message says what is true then. Nothing here writes.
"""

from collections.abc import Callable

from sqlmodel import Session

from bot.deliveries.assistance import questions
from bot.deliveries.contact import other_methods, reachability
from bot.deliveries.core import messages as message_delivery
from bot.deliveries.core.composition import Composition
from bot.deliveries.incidents import messages, mirror, war_room
from bot.deliveries.learning import postmortem
from bot.deliveries.oncall import shift_handoff
from bot.deliveries.paging import pages
from bot.deliveries.schedules import schedules
from bot.integrations.outbound import Outbound
from bot.rendering.contexts.core.composer import Composer
from storage.models import Delivery

__all__ = ["KINDS", "Composer", "compose"]

KINDS: dict[str, Callable[[Composition], Outbound]] = {
    "page": pages.page,
    "page.edit": pages.page_edit,
    "page.withdraw": other_methods.withdraw,
    "page.way": other_methods.page_by_way,
    "page.silence": other_methods.silence,
    "alarm.way": other_methods.alarm_by_way,
    "alarm": pages.alarm,
    "ladder": pages.ladder,
    "ladder.reply": pages.ladder_reply,
    "ladder.group": pages.ladder_group,
    "room.create": war_room.create,
    "room.invite": war_room.invite,
    "room.card": war_room.card,
    "card.refresh": war_room.card_refresh,
    "room.topic": war_room.topic,
    "room.bookmark": war_room.bookmark,
    "room.pin": war_room.pin,
    "room.archive": war_room.archive,
    "announce": messages.announce,
    "announcement.refresh": messages.announcement_refresh,
    "announcement.reply": messages.announcement_reply,
    "post": messages.post,
    "dm": message_delivery.direct,
    "room.question": messages.room_question,
    "reword": questions.reword,
    "copy.remove": message_delivery.copy_remove,
    "ephemeral": message_delivery.ephemeral,
    "home": message_delivery.home,
    "capture": messages.capture,
    "handoff": shift_handoff.note,
    "handoff.edit": shift_handoff.note_edit,
    "usergroup": shift_handoff.group,
    "postmortem.file": postmortem.postmortem_file,
    "postmortem.canvas": postmortem.postmortem_canvas,
    "mirror.open": mirror.opening,
    "mirror.resolve": mirror.ending,
    "reachability": reachability.reachability,
    "cover": schedules.cover,
    "cover.again": schedules.cover_again,
    "cover.edit": schedules.cover_edit,
    "gaps": schedules.gaps,
    "rota.picture": schedules.picture,
}


def compose(session: Session, delivery: Delivery, composer: Composer) -> Outbound:
    """The letter of a delivery. Raises NoAddress when there is nowhere to send it, LookupError for an unknown kind."""
    return KINDS[delivery.kind](Composition(session, delivery, composer))
