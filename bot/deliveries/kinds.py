"""Every kind of delivery, merged from the nouns, and what others may ask about a kind.

A delivery is composed at the moment of sending, so every message says what is true then. Nothing here writes.
"""

from sqlmodel import Session

from bot.deliveries.assistance import questions
from bot.deliveries.command import heard, threads
from bot.deliveries.contact import reachability
from bot.deliveries.core import messages as core
from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Kind, Payload, by_slack
from bot.deliveries.incidents import digest, messages, mirror, war_room
from bot.deliveries.learning import postmortem
from bot.deliveries.links import bookmarks
from bot.deliveries.oncall import shift_handoff
from bot.deliveries.paging import pages
from bot.deliveries.schedules import schedules
from bot.deliveries.tickets import tickets
from bot.domain.core.errors import OfANewerRelease
from bot.domain.core.table import merged
from bot.integrations.outbound import Outbound
from bot.rendering.contexts.core.composer import Composer
from storage.models import Delivery

NOUNS = (
    core, schedules, reachability, messages, heard, digest, war_room, mirror, threads, bookmarks, questions, pages,
    shift_handoff, postmortem, tickets,
)  # fmt: skip
DELIVERIES: dict[str, Kind] = merged(noun.DELIVERIES for noun in NOUNS)

PAGES = frozenset(kind for kind, row in DELIVERIES.items() if row.page)
"""By these a person is paged."""
BEYOND_SLACK = tuple(kind for kind, row in DELIVERIES.items() if row.beyond_slack)
"""These reach a person by another contact method than Slack."""
DRAWS = {kind: row.draws for kind, row in DELIVERIES.items() if row.draws}
"""By kind, every kind that draws the same surface of its lane."""
DIGESTED = tuple(kind for kind, row in DELIVERIES.items() if row.digested)
"""Of these, several that waited for Slack are told as one."""
GIVE_UP_AFTER = {kind: row.give_up_after for kind, row in DELIVERIES.items() if row.give_up_after}
"""By kind, after how long nobody wants it any more, where that is not the usual time."""


def compose(session: Session, delivery: Delivery, composer: Composer) -> Outbound:
    """What an integration can send. Raises NoAddress when there is nowhere to send it, and OfANewerRelease for a
    kind, a message or a way that this release does not know."""
    row = DELIVERIES.get(delivery.kind)
    if row is None:
        raise OfANewerRelease(what=delivery.kind)
    return row.compose(Composition(session, delivery, composer))


def via(kind: str, payload: Payload) -> str:
    """By which provider such a delivery leaves; "slack" for a kind that this version does not know."""
    row = DELIVERIES.get(kind)
    return row.via(payload) if row else by_slack(payload)
