"""What a noun says of one kind of delivery: how it is composed, what its outcome means, and how it is treated.

Rows stand beside the function that composes them; nothing else in the product lists kinds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from bot.deliveries.core.composition import Composition, Result
from bot.deliveries.core.refusal import Refused
from bot.domain.contact.methods import SLACK
from bot.domain.contact.provider_health import FILES, MIRROR, TICKETS
from bot.integrations.outbound import Outbound
from bot.work import Work
from storage.models import Delivery

Payload = Mapping[str, Any]
Compose = Callable[[Composition], Outbound]
"""The outbound of a delivery. May raise NoAddress when there is nowhere to send it."""
Sent = Callable[[Work, Delivery, Result], None]
"""Stores what later steps need of the answer, and records what follows from it."""
Failed = Callable[[Work, Delivery, str], None]
"""What follows when nobody will send it any more, for the reason given."""


class PutBack(Protocol):
    """What follows when an attempt failed and it is tried again; `long`: not soon."""

    def __call__(self, w: Work, delivery: Delivery, *, long: bool) -> None: ...


def by_slack(payload: Payload) -> str:
    return SLACK


def by_method(payload: Payload) -> str:
    return str(payload["via"])


def by_files(payload: Payload) -> str:
    return FILES


def by_mirror(payload: Payload) -> str:
    return MIRROR


def by_tracker(payload: Payload) -> str:
    return TICKETS


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of delivery. Without `sent` or `failed`, nothing of the records changes with its outcome."""

    compose: Compose
    #: What is done when nobody will ever take it. There is no kind without.
    refused: Refused
    sent: Sent | None = None
    failed: Failed | None = None
    put_back: PutBack | None = None
    #: By which provider one of this kind leaves, by its payload.
    via: Callable[[Payload], str] = by_slack
    #: A person was paged by it: the auditor holds that page to be owed when it dies.
    page: bool = False
    #: It reaches a person by another contact method than Slack, with senders of its own that no outage of Slack stops.
    beyond_slack: bool = False
    #: The kinds that draw the surface of its lane: with the newest of them it is compared, and not sent without change.
    draws: tuple[str, ...] = ()
    #: After an outage several of one incident are told as one: they say what happened, and ask nothing.
    digested: bool = False
    #: After how long nobody wants it any more; None for the usual time.
    give_up_after: timedelta | None = None


Deliveries = Mapping[str, Kind]
