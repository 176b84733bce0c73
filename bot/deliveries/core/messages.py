"""Messages that belong to no noun: to one person, for one reader's eyes, the home tab, and copies to take away."""

from collections.abc import Sequence
from datetime import timedelta

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refusal, Refused, Step, in_charge
from bot.domain.core.effect import ROOM, Deliver
from bot.domain.core.refusals import DELETED
from bot.integrations.outbound import Delete, Ephemeral, Nothing, NotYet, Outbound, Post, ShowHome
from bot.rendering.contexts import render
from bot.rendering.message import Message
from bot.work import Work
from storage.models import Delivery, DeliveryState


def direct(draft: Composition) -> Outbound:
    """`to` is a place in Slack, `person` somebody in our records: one of them is given."""
    to = draft.payload.get("to") or draft.slack(draft.payload["person"])
    if to is None:
        return Nothing("this person has no Slack account")
    message = draft.shown_to(draft.named(), to)
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
        return Nothing("there is no one to whisper to")
    message = draft.shown_to(draft.named(), user)
    return Ephemeral(payload["channel"], user, message.text, message.blocks, payload.get("thread"))


def home(draft: Composition) -> Outbound:
    user = draft.payload["user"]
    view = render.home(draft.session, draft.composer, user)
    shown = draft.shown_to(Message("", view["blocks"]), user)
    return ShowHome(user, {**view, "blocks": shown.blocks})


def recipient(delivery: Delivery) -> str:
    return str(delivery.payload.get("to") or delivery.payload.get("person"))


def believers(w: Work, delivery: Delivery) -> Sequence[str]:
    """Whoever conducts the incident counts on what its people are told. An answer is awaited by its reader alone."""
    if delivery.key.startswith("tell:") or delivery.payload.get("template") == "not_delivered":
        return ()
    return [who for who in in_charge(w, delivery) if who != delivery.payload.get("person")]


def in_person(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """What one person alone was to see in a channel, as a direct message; the welcome to a room is not worth one."""
    payload = {name: value for name, value in delivery.payload.items() if name not in ("channel", "user", "thread")}
    if payload.get("template") == "joined":
        return Step.SETTLED
    payload.setdefault("to", delivery.payload.get("user"))
    who = payload["to"] or payload.get("person")
    w.carry_out(Deliver(kind="dm", lane=f"dm:{who}", key=f"tell:{delivery.key}:dm", payload=payload, priority=ROOM))
    return Step.SETTLED


DELIVERIES: Deliveries = {
    "dm": Kind(compose=direct, refused=Refused(called="a direct message", believers=believers, about=recipient)),
    "ephemeral": Kind(
        compose=ephemeral,
        refused=Refused(called="an answer in a channel", elsewhere=in_person, moot=frozenset({""})),
        give_up_after=timedelta(minutes=2),
    ),
    "home": Kind(compose=home, refused=Refused(called="the home tab")),
    "copy.remove": Kind(
        compose=copy_remove, refused=Refused(called="the removal of a duplicate message", moot=DELETED)
    ),
}
