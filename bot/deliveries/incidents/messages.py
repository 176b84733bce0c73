"""Deliveries of words about an incident: its announcement, posts where it lives, the question about a war room."""

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.incidents import outcomes
from bot.domain.incidents.visibility import has_public_place
from bot.integrations.outbound import Edit, Fetch, NoAddress, Nothing, NotYet, Outbound, Post
from bot.rendering.contexts import render
from bot.rendering.contexts.incidents import surfaces
from bot.rendering.message import Message
from storage import outbox
from storage.models import RoomState
from storage.queries import paging as paging_queries


def announce(draft: Composition) -> Outbound:
    message = _announcement(draft)
    return Post(draft.composer.catalog.incidents_channel, message.text, message.blocks, draft.key)


def announcement_refresh(draft: Composition) -> Outbound:
    row = draft.incident
    if not has_public_place(row):
        return Nothing("a private incident is not announced")
    home = draft.announcement()
    if home is None:
        coming = draft.owed(f"announce:{row.number}")
        return NotYet("it is being announced") if coming else Nothing("it was never announced")
    message = _announcement(draft)
    return Edit(home.channel, home.ts, message.text, message.blocks)


def _announcement(draft: Composition) -> Message:
    number = draft.incident.number or 0
    exhausted = paging_queries.exhausted(draft.session, number)
    asked = exhausted and bool(paging_queries.incident_pages(draft.session, number))
    shown = surfaces.announcement(draft.show, draft.dossier, exhausted=exhausted, asked=asked)
    return draft.message("announcement", shown)


def announcement_reply(draft: Composition) -> Outbound:
    home = draft.announcement()
    if home is None:
        return Nothing("there is no announcement to reply to")
    message = draft.named()
    return Post(home.channel, message.text, message.blocks, draft.key, thread_ts=home.ts)


def post(draft: Composition) -> Outbound:
    """In the war room, or in the announcement's thread, or to the declarer. Raises NoAddress for none of them."""
    row = draft.incident
    message = draft.named()
    if row.room == RoomState.OPEN and row.channel_id:
        return Post(row.channel_id, message.text, message.blocks, draft.key)
    if home := draft.announcement():
        return Post(home.channel, message.text, message.blocks, draft.key, thread_ts=home.ts)
    declarer = draft.slack(row.declared_by)
    if declarer is None:
        raise NoAddress("there is no room, no announcement, and the declarer has no Slack account")
    return Post(declarer, message.text, message.blocks, draft.key)


def room_question(draft: Composition) -> Outbound:
    """The question to the declarer, with its answer instead of its buttons."""
    asked = outbox.by_key(draft.session, f"dm:room-ask:{draft.incident.number}")
    where = (asked.result or {}) if asked else {}
    if "ts" not in where:
        return Nothing("it was never asked")
    context = render.about(draft.session, draft.composer, "room_ask", draft.dossier, {})
    message = draft.message("room_ask", context)
    return Edit(where["channel"], where["ts"], message.text, message.blocks)


def capture(draft: Composition) -> Outbound:
    return Fetch(draft.payload["channel"], draft.payload["ts"])


DELIVERIES: Deliveries = {
    "announce": Kind(compose=announce, sent=outcomes.announced),
    "announcement.refresh": Kind(compose=announcement_refresh, draws=("announce", "announcement.refresh")),
    "announcement.reply": Kind(compose=announcement_reply),
    "post": Kind(compose=post),
    "room.question": Kind(compose=room_question),
    "capture": Kind(compose=capture, sent=outcomes.captured, failed=outcomes.not_captured),
}
