"""Deliveries of words about an incident: its announcement, posts where it lives, the question about a war room."""

from collections.abc import Sequence

from bot.deliveries.core.composition import Composition, Result, incident_of
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import CODE, Place, Refusal, Refused, first, places, say
from bot.deliveries.incidents import digest, losses, outcomes
from bot.domain.core.refusals import DELETED
from bot.domain.incidents import last_edit
from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.visibility import has_public_place, was_public
from bot.integrations.outbound import Edit, Fetch, Nothing, NotYet, Outbound, Post
from bot.rendering.contexts import render
from bot.rendering.contexts.incidents import surfaces
from bot.rendering.contexts.paging import silence
from bot.rendering.message import Message
from bot.work import Work
from storage import outbox
from storage.models import Delivery
from storage.queries import paging as paging_queries


def announce(draft: Composition) -> Outbound:
    """Raises NoAddress when every channel has refused it."""
    return _posted(draft, _announcement(draft), losses.incidents_channel(draft))


def announcement_refresh(draft: Composition) -> Outbound:
    """The edit of the announcement; one that was refused, or that somebody deleted, is posted. Raises NoAddress."""
    row = draft.incident
    if not has_public_place(row) and not was_public(row):
        return Nothing("a private incident is not announced")
    home = draft.announcement()
    if home is None and draft.owed(f"announce:{row.number}"):
        return NotYet("it is being announced")
    message = _announcement(draft)
    if home and first(draft.delivery, (home.channel, home.ts)):
        return Edit(home.channel, home.ts, message.text, message.blocks)
    return _posted(draft, message, losses.incidents_channel(draft))


def _posted(draft: Composition, message: Message, places: Sequence[Place]) -> Post:
    """At the first place that has not refused it. Raises NoAddress."""
    to, thread = losses.place(draft, places)
    return Post(to, message.text, message.blocks, draft.key, thread_ts=thread)


def _announcement(draft: Composition) -> Message:
    number = draft.incident.number or 0
    exhausted = paging_queries.exhausted(draft.session, number)
    asked = exhausted and bool(paging_queries.incident_pages(draft.session, number))
    waiting = silence.line(draft.show, draft.dossier) if is_open(draft.incident) else None
    shown = surfaces.announcement(draft.show, draft.dossier, exhausted=exhausted, asked=asked, waiting=waiting)
    return draft.message("announcement", shown)


def announcement_reply(draft: Composition) -> Outbound:
    """In the announcement's thread, or in its channel where there is no thread. Raises NoAddress."""
    if _is_hushed(draft) or not (has_public_place(draft.incident) or was_public(draft.incident)):
        return Nothing("a private incident is not announced")
    if digest.is_old_reply(draft):
        return Nothing(digest.TOLD)
    return _posted(draft, draft.named(), losses.announcement_places(draft))


def post(draft: Composition) -> Outbound:
    """Where the incident lives, as far as no place has refused it. Raises NoAddress for none."""
    if digest.is_told(draft):
        return Nothing(digest.TOLD)
    if _is_hushed(draft):
        return Nothing("its words are private now, and its room is not")
    return _posted(draft, draft.named(), losses.post_places(draft))


def _is_hushed(draft: Composition) -> bool:
    """What was public and is private now says in public that it is over, and nothing else."""
    return was_public(draft.incident) and draft.payload["template"] != "cancelled"


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


POST = Refused(called=losses.called, elsewhere=losses.elsewhere, believers=losses.writer)


def posted(w: Work, delivery: Delivery, result: Result) -> None:
    """Words for everybody that every channel has refused have reached one person: whoever wrote them hears of it."""
    if places(delivery) and str(result["channel"]).startswith("D") and has_public_place(incident_of(w, delivery)):
        say(w, delivery, POST, Refusal("", str(delivery.payload[CODE])))


def marked(w: Work, delivery: Delivery) -> None:
    """A message with buttons was sent. If its incident ended while it was on its way, it is put right at once."""
    asks = last_edit.mark(delivery.payload, delivery.asks)
    if asks == delivery.asks:
        return
    delivery.asks = asks
    w.session.flush()
    row = incident_of(w, delivery)
    if not is_open(row):
        w.carry_out(last_edit.last_edit(row.number or 0))


ANNOUNCEMENT = Refused(
    called="the announcement", elsewhere=losses.drawn_again, believers=losses.declarer, admins=True, proof="announce"
)
DELIVERIES: Deliveries = {
    "announce": Kind(compose=announce, sent=outcomes.announced, refused=ANNOUNCEMENT),
    "announcement.refresh": Kind(
        compose=announcement_refresh,
        sent=outcomes.announced,
        draws=("announce", "announcement.refresh"),
        refused=ANNOUNCEMENT,
    ),
    "announcement.reply": Kind(
        compose=announcement_reply,
        digested=True,
        refused=Refused(called=losses.called, elsewhere=losses.elsewhere, believers=losses.writer, proof="announce"),
    ),
    "post": Kind(compose=post, sent=posted, digested=True, refused=POST),
    "room.question": Kind(compose=room_question, refused=Refused(called="the answer to a question", moot=DELETED)),
    "capture": Kind(
        compose=capture,
        sent=outcomes.captured,
        failed=outcomes.not_captured,
        refused=Refused(called="the message for the timeline", moot=DELETED),
    ),
}
