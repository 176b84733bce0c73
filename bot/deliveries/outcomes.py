"""Use cases of the dispatcher: what an answer of the outside means for the records.

Each kind of delivery has at most one rule for "sent" and one for "failed"; a failure without a rule is recorded as a
delivery that died, visible to operators, and nothing waits for it.
"""

from collections.abc import Callable

from bot.deliveries.core.composition import Result, died
from bot.deliveries.incidents.outcomes import _announced, _captured, _card_posted, _invited, _room_created, _room_failed
from bot.deliveries.learning.postmortem import _file_posted
from bot.deliveries.oncall.shift_handoff import _handed
from bot.deliveries.paging.outcomes import _alarm_failed, _ladder_posted, _page_failed, _page_sent, _silence_known
from bot.deliveries.schedules.schedules import _cover_failed, _cover_posted, _gaps_failed
from bot.services.incidents import mirror
from bot.services.workspace import user_groups
from bot.work import Work
from storage.models import Delivery


def sent(w: Work, delivery: Delivery, result: Result) -> None:
    """Applied: store what later steps need, and what follows from it."""
    if "nothing" in result:
        return
    rule = SENT.get(delivery.kind)
    if rule:
        rule(w, delivery, result)


def failed(w: Work, delivery: Delivery, detail: str) -> None:
    """Given up: the rule of its kind decides, never silence. The system's journal comes last: incidents are locked
    first."""
    rule = FAILED.get(delivery.kind)
    if rule:
        rule(w, delivery, detail)
    died(w, delivery, detail)


SENT: dict[str, Callable[[Work, Delivery, Result], None]] = {
    "page": _page_sent,
    "page.way": _page_sent,
    "page.silence": _silence_known,
    "announce": _announced,
    "room.create": _room_created,
    "room.card": _card_posted,
    "room.invite": _invited,
    "ladder": _ladder_posted,
    "capture": _captured,
    "handoff": _handed,
    "usergroup": lambda w, delivery, result: user_groups.grouped(w, delivery.payload),
    "postmortem.file": _file_posted,
    "cover": _cover_posted,
    "mirror.open": mirror.opened,
}


FAILED: dict[str, Callable[[Work, Delivery, str], None]] = {
    "page": _page_failed,
    "page.way": _page_failed,
    "alarm": _alarm_failed,
    "room.create": _room_failed,
    "cover": _cover_failed,
    "gaps": _gaps_failed,
    "usergroup": lambda w, delivery, detail: user_groups.not_grouped(w, delivery.payload),
    "mirror.open": mirror.failed,
    "mirror.resolve": mirror.failed,
}
