"""Use cases of the dispatcher: what an answer of the outside means for the records, as the row of its kind says."""

from datetime import datetime

from bot.deliveries import kinds
from bot.deliveries.core.composition import Result, died
from bot.deliveries.core.refusal import Refusal, follow
from bot.deliveries.incidents import digest, messages
from bot.integrations.outcome import ACTS
from bot.services.contact import provider_health
from bot.work import Work
from storage.models import Delivery


def sent(w: Work, delivery: Delivery, result: Result) -> None:
    """Applied: store what later steps need, and what follows from it."""
    row = kinds.DELIVERIES.get(delivery.kind)
    if row and row.sent and "nothing" not in result:
        row.sent(w, delivery, result)
    if row and result.get(ACTS):
        messages.marked(w, delivery)


def put_back(w: Work, delivery: Delivery, *, long: bool) -> None:
    """It failed and is tried again; `long`: not soon."""
    row = kinds.DELIVERIES.get(delivery.kind)
    if row and row.put_back:
        row.put_back(w, delivery, long=long)


def failed(w: Work, delivery: Delivery, refusal: Refusal) -> None:
    """Given up: the rule of its kind decides, never silence. The system's journal comes last: incidents are locked
    first."""
    row = kinds.DELIVERIES.get(delivery.kind)
    if row and row.failed:
        row.failed(w, delivery, refusal.detail)
    if row:
        follow(w, delivery, row.refused, refusal)
    died(w, delivery, refusal.detail)


def refused(w: Work, delivery: Delivery, detail: str, at: datetime) -> None:
    """The provider by which it leaves does not accept our credentials: the admins are told once."""
    provider_health.refused(w, kinds.via(delivery.kind, delivery.payload), detail, at)


def back(w: Work) -> None:
    """Slack is back after an outage: what was to be said meanwhile is told as one."""
    digest.fold(w, kinds.DIGESTED)
