"""Delivery that makes the bookmark of a link as it should be: above the room there is now, renamed, or gone."""

from bot.deliveries.core.composition import Composition, Result
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused
from bot.deliveries.incidents import losses
from bot.domain.links import links as rules
from bot.integrations.outbound import Nothing, Outbound, SetBookmark
from bot.rendering import limits
from bot.rendering.untrusted import clean
from bot.rendering.values import web_address
from bot.services.core import incident as incidents
from bot.services.links import links
from bot.work import Work
from storage.models import Delivery, IncidentLink, RoomState


def bookmark(draft: Composition) -> Outbound:
    """What is missing between the link and its bookmark. A former room keeps the bookmarks it had."""
    row, incident = draft.session.get_one(IncidentLink, draft.payload["link"]), draft.incident
    if incident.room != RoomState.OPEN or not incident.channel_id:
        return Nothing("there is no war room")
    known = row.bookmark if row.channel == incident.channel_id else None
    if row.removed_at is not None:
        return (
            SetBookmark(incident.channel_id, "", "", known) if known else Nothing("it was removed before it was there")
        )
    address = web_address(row.url)
    if address is None:
        return Nothing("its address cannot be a link")
    fitted = limits.fit("bookmarks.add", {"title": clean(rules.label(row)), "link": address})
    if known and row.shown == fitted["title"]:
        return Nothing("it is there already")
    return SetBookmark(incident.channel_id, fitted["title"], fitted["link"], known or "")


def marked(w: Work, delivery: Delivery, result: Result) -> None:
    """What stands there is kept with the link; a link that changed meanwhile is looked at once more."""
    if "bookmark" not in result:
        return
    incident = incidents.find(w, delivery.payload["incident"])
    row = w.lock(IncidentLink, delivery.payload["link"])
    assert row is not None
    row.bookmark, row.channel = result["bookmark"], incident.channel_id
    row.shown = result.get("title") if result["bookmark"] else None
    if row.removed_at is not None and row.bookmark:
        links.owe(w, incident, [row])


DELIVERIES: Deliveries = {
    "link.bookmark": Kind(
        compose=bookmark,
        sent=marked,
        refused=Refused(called="the bookmark of a link", elsewhere=losses.room_refused),
    ),
}
