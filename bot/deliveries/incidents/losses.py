"""What is done when Slack refuses words about an incident, or its war room, for good.

A room that takes nothing any more is given up as a whole, once, for all that was to go there: whoever conducts the
incident is asked whether there shall be a new one, and everything goes where the incident lives without it.
"""

import logging
from collections.abc import Sequence

from sqlmodel import col, select

from bot.deliveries.core.composition import Composition, incident_of
from bot.deliveries.core.refusal import Place, Refusal, Step, first, in_charge, next_place
from bot.domain.core import refusals
from bot.domain.core.effect import tell
from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.surfaces import room_gone_key
from bot.domain.incidents.visibility import has_public_place, was_public
from bot.integrations.outbound import NoAddress
from bot.services.incidents import gathering, war_room
from bot.work import Work
from storage.models import Delivery, Incident, RoomState, StatusUpdate
from storage.queries import incidents as incident_queries
from storage.queries import refusals as refusal_queries

_log = logging.getLogger(__name__)
POSTS = {
    "update": "an update",
    "resolved": "the message that it is resolved",
    "reopened": "the message that it is open again",
    "update_due": "the reminder to post an update",
    "close_ask": "the question whether to close it",
}


def called(delivery: Delivery) -> str:
    return POSTS.get(str(delivery.payload.get("template")), "a message")


def incidents_channel(draft: Composition) -> list[Place]:
    """The channel of announcements as the configuration names it; else the one where the newest of them stands."""
    latest = incident_queries.latest_announcement_channel(draft.session)
    return [(draft.composer.catalog.incidents_channel, None), *([(latest, None)] if latest else [])]


def announcement_places(draft: Composition) -> list[Place]:
    """The announcement's thread, its channel, the channel of announcements."""
    home = draft.announcement()
    own: list[Place] = [(home.channel, home.ts), (home.channel, None)] if home else []
    return [*own, *incidents_channel(draft)]


def post_places(draft: Composition) -> list[Place]:
    """Where the incident lives: its room, else the announcement, else in person to whoever conducts or declared it."""
    row = draft.incident
    room: list[Place] = [(row.channel_id, None)] if row.room == RoomState.OPEN and row.channel_id else []
    public = announcement_places(draft) if has_public_place(row) or was_public(row) else []
    people = [draft.dossier.roles.get("ic"), row.declared_by]
    found = [slack for who in people if who and (slack := draft.slack(who))]
    return [*room, *public, *((one, None) for one in dict.fromkeys(found))]


def place(draft: Composition, places: Sequence[Place]) -> Place:
    """The first that has not refused it. Raises NoAddress."""
    found = first(draft.delivery, *places)
    if found is None:
        raise NoAddress("there is no place left for it")
    return found


def writer(w: Work, delivery: Delivery) -> Sequence[str]:
    """Whoever wrote the update; of other words, whoever conducts the incident."""
    parts = gathering.said(delivery.payload)
    updates = [part["update"] for part in parts if part.get("template") == "update"]
    written = select(StatusUpdate.by).where(
        StatusUpdate.incident == delivery.payload["incident"], col(StatusUpdate.number).in_(updates)
    )
    writers = list(w.session.exec(written)) if updates else []
    others = in_charge(w, delivery) if len(updates) < len(parts) else ()
    return list(dict.fromkeys([*writers, *others]))


def declarer(w: Work, delivery: Delivery) -> Sequence[str]:
    incident = w.session.get(Incident, delivery.payload["incident"])
    return list(dict.fromkeys([*([incident.declared_by] if incident else []), *in_charge(w, delivery)]))


def room_refused(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """A room that is closed to us is given up; else this is one thing in it that Slack refuses."""
    return Step.SETTLED if _given_up(w, delivery, refusal, refusals.OUTSIDE) else Step.LOST


def card_refused(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """The same for a message: a room in which we may not write is none."""
    return Step.SETTLED if _given_up(w, delivery, refusal, refusals.TAKES_NO_MESSAGE) else Step.LOST


def _given_up(w: Work, delivery: Delivery, refusal: Refusal, codes: frozenset[str]) -> bool:
    """Whether it was the incident's room that refused, which is given up with that."""
    incident = incident_of(w, delivery)
    if refusal.place.partition("/")[0] != incident.channel_id or refusal.code not in codes:
        return False
    if war_room.lose(w, incident, incident.channel_id or "", refusals.why(refusal.code).said):
        _log.warning("the war room of incident %d takes nothing any more (%s)", incident.number, refusal.detail)
    return True


def elsewhere(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """Words that the room does not take go where the incident lives without it; whoever wrote an update hears of it."""
    incident = incident_of(w, delivery)
    channel, name = incident.channel_id, incident.channel_name
    lost = _given_up(w, delivery, refusal, refusals.TAKES_NO_MESSAGE)
    step = next_place(w, delivery, refusal)
    if not lost or not is_open(incident):
        return Step.SETTLED if lost else step
    values = {"name": name, "why": refusals.why(refusal.code).said}
    for who in writer(w, delivery):
        key = room_gone_key(incident, channel, who)
        w.carry_out(tell(who, "room_gone", key, incident=incident.number, values=values))
    return Step.SETTLED


def drawn_again(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """A card or an announcement that somebody deleted is posted again; of one that we may not edit that is found.

    One that we may not edit either is not followed by a third: a room would fill with copies, one for each change.
    """
    if refusal.code not in refusals.MESSAGE_GONE:
        return elsewhere(w, delivery, refusal)
    locked = refusals.LOCKED
    if refusal.code in locked and refusal_queries.instead(w.session, delivery, refusal.place, locked):
        return Step.LOST
    step = next_place(w, delivery, refusal)
    return step if step is Step.LOST or refusal.code in refusals.LOCKED else Step.SETTLED


def not_invited(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """Whoever cannot be invited gets the way there in person, and whoever declared it too."""
    if room_refused(w, delivery, refusal) is Step.SETTLED:
        return Step.SETTLED
    incident = incident_of(w, delivery)
    n, why = incident.number or 0, (refusals.INVITING_REFUSED.get(refusal.code) or refusals.why(refusal.code)).said
    for person in dict.fromkeys([*delivery.payload["people"], incident.declared_by]):
        key = f"room-link:{n}:{incident.channel_id}:{person}"
        w.carry_out(tell(person, "room_link", key, incident=n, values={"why": why}))
    return Step.ELSEWHERE
