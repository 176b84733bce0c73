"""Letters of words: announcement, posts, direct messages, whispers, App Home, the postmortem."""

from bot.deliveries.core.composition import Draft
from bot.deliveries.learning.postmortem import postmortem_markdown
from bot.integrations.outbound import (
    Delete,
    Edit,
    Fetch,
    Letter,
    MakeCanvas,
    NoAddress,
    Nothing,
    NotYet,
    Post,
    ShowHome,
    Upload,
    Whisper,
)
from bot.rendering.contexts import render
from bot.rendering.contexts.incidents import surfaces
from bot.rendering.message import Message
from storage import outbox
from storage.models import UNSETTLED, Delivery
from storage.queries import incidents

CANVAS_LIMIT = 90_000


def announce(draft: Draft) -> Letter:
    message = _announcement(draft)
    return Post(draft.composer.catalog.incidents_channel, message.text, message.blocks, draft.key)


def announcement_refresh(draft: Draft) -> Letter:
    row = draft.incident
    if row.private:
        return Nothing("a private incident is not announced")
    home = draft.announcement()
    if home is None:
        coming = draft.owed(f"announce:{row.number}")
        return NotYet("it is being announced") if coming else Nothing("it was never announced")
    message = _announcement(draft)
    return Edit(home.channel, home.ts, message.text, message.blocks)


def _announcement(draft: Draft) -> Message:
    number = draft.incident.number or 0
    exhausted = incidents.exhausted(draft.session, number)
    asked = exhausted and bool(incidents.incident_pages(draft.session, number))
    shown = surfaces.announcement(draft.show, draft.dossier, exhausted=exhausted, asked=asked)
    return draft.message("announcement", shown)


def announcement_reply(draft: Draft) -> Letter:
    home = draft.announcement()
    if home is None:
        return Nothing("there is no announcement to reply to")
    message = draft.named()
    return Post(home.channel, message.text, message.blocks, draft.key, thread_ts=home.ts)


def post(draft: Draft) -> Letter:
    """In the war room, or in the announcement's thread, or to the declarer. Raises NoAddress for none of them."""
    row = draft.incident
    message = draft.named()
    if row.room == "open" and row.channel_id:
        return Post(row.channel_id, message.text, message.blocks, draft.key)
    if home := draft.announcement():
        return Post(home.channel, message.text, message.blocks, draft.key, thread_ts=home.ts)
    declarer = draft.slack(row.declared_by)
    if declarer is None:
        raise NoAddress("there is no room, no announcement, and the declarer has no Slack account")
    return Post(declarer, message.text, message.blocks, draft.key)


def direct(draft: Draft) -> Letter:
    """`to` is a place in Slack, `person` somebody in our records: one of them is given."""
    to = draft.payload.get("to") or draft.slack(draft.payload["person"])
    if to is None:
        return Nothing("this person has no Slack account")
    message = draft.named()
    return Post(to, message.text, message.blocks, draft.key)


def room_question(draft: Draft) -> Letter:
    """The question to the declarer, with its answer instead of its buttons."""
    asked = outbox.by_key(draft.session, f"dm:room-ask:{draft.incident.number}")
    where = (asked.result or {}) if asked else {}
    if "ts" not in where:
        return Nothing("it was never asked")
    context = render.about(draft.session, draft.composer, "room_ask", draft.dossier, {})
    message = draft.message("room_ask", context)
    return Edit(where["channel"], where["ts"], message.text, message.blocks)


def copy_remove(draft: Draft) -> Letter:
    """Takes away what was posted a second time, once it is known which of the two is the message of its delivery."""
    posted = draft.session.get(Delivery, draft.payload["of"])
    if posted is not None and posted.state in UNSETTLED:
        return NotYet("its delivery is still under way, and may find this very message")
    kept = (posted.result or {}) if posted else {}
    if kept.get("channel") != draft.payload["channel"] or kept.get("ts", draft.payload["ts"]) == draft.payload["ts"]:
        return Nothing("it is the only one")
    return Delete(draft.payload["channel"], draft.payload["ts"])


def ephemeral(draft: Draft) -> Letter:
    """`user` is a Slack id, `person` somebody in our records: one of them is given."""
    payload = draft.payload
    user = payload.get("user") or draft.slack(payload["person"])
    if not user or not payload.get("channel"):
        return Nothing("there is nobody to whisper to")
    message = draft.named()
    return Whisper(payload["channel"], user, message.text, message.blocks)


def home(draft: Draft) -> Letter:
    user = draft.payload["user"]
    return ShowHome(user, render.home(draft.session, draft.composer, user))


def capture(draft: Draft) -> Letter:
    return Fetch(draft.payload["channel"], draft.payload["ts"])


def postmortem_file(draft: Draft) -> Letter:
    row = draft.incident
    ref = draft.show.ref(row.number)
    content = postmortem_markdown(draft.session, row.number or 0, draft.composer)
    comment = f"Postmortem draft of {ref}: written from what was recorded, yours to complete."
    name, title = f"postmortem-{ref}.md", f"Postmortem {ref}"
    if row.room == "open" and row.channel_id:
        return Upload(row.channel_id, name, title, content, comment)
    if place := draft.announcement():
        return Upload(place.channel, name, title, content, comment, thread_ts=place.ts)
    return Nothing("there is no channel for the file; the command line prints it")


def postmortem_canvas(draft: Draft) -> Letter:
    row = draft.incident
    if row.room != "open" or not row.channel_id:
        return Nothing("there is no war room")
    content = postmortem_markdown(draft.session, row.number or 0, draft.composer)
    return MakeCanvas(row.channel_id, f"Postmortem {draft.show.ref(row.number)}", content[:CANVAS_LIMIT])
