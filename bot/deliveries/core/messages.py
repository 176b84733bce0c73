"""Messages that belong to no noun: to one person, for one reader's eyes, the home tab, and copies to take away."""

from datetime import timedelta

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.integrations.outbound import Delete, Ephemeral, Nothing, NotYet, Outbound, Post, ShowHome
from bot.rendering.contexts import render
from storage.models import Delivery, DeliveryState


def direct(draft: Composition) -> Outbound:
    """`to` is a place in Slack, `person` somebody in our records: one of them is given."""
    to = draft.payload.get("to") or draft.slack(draft.payload["person"])
    if to is None:
        return Nothing("this person has no Slack account")
    message = draft.named()
    return Post(to, message.text, message.blocks, draft.key, thread_ts=draft.payload.get("thread"))


def copy_remove(draft: Composition) -> Outbound:
    """Takes away what was posted a second time, once it is known which of the two is the message of its delivery."""
    posted = draft.session.get(Delivery, draft.payload["of"])
    if posted is not None and posted.state in DeliveryState.UNSETTLED:
        return NotYet("its delivery is still under way, and may find this very message")
    kept = (posted.result or {}) if posted else {}
    if kept.get("channel") != draft.payload["channel"] or kept.get("ts", draft.payload["ts"]) == draft.payload["ts"]:
        return Nothing("it is the only one")
    return Delete(draft.payload["channel"], draft.payload["ts"])


def ephemeral(draft: Composition) -> Outbound:
    """`user` is a Slack id, `person` somebody in our records: one of them is given."""
    payload = draft.payload
    user = payload.get("user") or draft.slack(payload["person"])
    if not user or not payload.get("channel"):
        return Nothing("there is nobody to whisper to")
    message = draft.named()
    return Ephemeral(payload["channel"], user, message.text, message.blocks, payload.get("thread"))


def home(draft: Composition) -> Outbound:
    user = draft.payload["user"]
    return ShowHome(user, render.home(draft.session, draft.composer, user))


DELIVERIES: Deliveries = {
    "dm": Kind(compose=direct),
    "ephemeral": Kind(compose=ephemeral, give_up_after=timedelta(minutes=2)),
    "home": Kind(compose=home),
    "copy.remove": Kind(compose=copy_remove),
}
