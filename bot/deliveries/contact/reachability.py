"""The delivery to the owners of schedules about who on call cannot be reached."""

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.integrations.outbound import Outbound, Post
from bot.rendering.contexts.contact import reachability as contexts
from bot.services.contact import reachability as service
from bot.services.core import settings


def reachability(draft: Composition) -> Outbound:
    """In the owner's channel: what was found last, or that all is well again."""
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
    return Post(channel, message.text, message.blocks, draft.key)


DELIVERIES: Deliveries = {
    "reachability": Kind(compose=reachability),
}
