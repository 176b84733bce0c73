"""The delivery to the owners of schedules about who on call cannot be reached."""

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused, first, next_place
from bot.integrations.outbound import NoAddress, Outbound, Post
from bot.rendering.contexts.contact import reachability as contexts
from bot.services.contact import reachability as service
from bot.services.core import settings


def reachability(draft: Composition) -> Outbound:
    """In the owner's channel, or where that refuses it in the incidents channel: what was found last, or that all is
    well again. Raises NoAddress."""
    channel = draft.payload["channel"]
    kept = settings.setting(draft.session, service.SETTING) or {"findings": []}
    catalog = draft.composer.catalog
    own = [
        one
        for one in kept["findings"]
        if one["schedules"][0] in catalog.schedules and service.channel(catalog, one) == channel
    ]
    show = draft.composer.showing(draft.session, [one["person"] for one in own])
    message = draft.message("reachability", contexts.reachability(show, own))
    place = first(draft.delivery, (channel, None), (catalog.incidents_channel, None))
    if place is None:
        raise NoAddress("there is no channel left for it")
    return Post(place[0], message.text, message.blocks, draft.key)


DELIVERIES: Deliveries = {
    "reachability": Kind(
        compose=reachability,
        refused=Refused(called="the message about who can't be reached", elsewhere=next_place, admins=True),
    ),
}
