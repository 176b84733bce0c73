"""Use cases of the twin at PagerDuty."""

from collections.abc import Mapping
from typing import Any

from bot.domain.incidents import mirror
from bot.domain.incidents.facts import MirrorFailed
from bot.services.core import incident as incidents
from bot.work import Work
from storage.models import Delivery


def opened(w: Work, delivery: Delivery, result: Mapping[str, Any]) -> None:
    """It was made, or found."""
    incident = incidents.find(w, delivery.payload["incident"])
    w.record(mirror.opened(incident, result["id"], result["url"]), incident=incident)


def failed(w: Work, delivery: Delivery, detail: str) -> None:
    """Said in the timeline: somebody may be waiting over there."""
    incident = incidents.find(w, delivery.payload["incident"])
    w.record([MirrorFailed(reason=detail)], incident=incident)
