"""The clocks of an incident: when what happened. Each can be put right by hand; their order is checked as a whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.domain.core.errors import DomainError, OrderOfTimes
from bot.domain.core.fact import Fact
from bot.domain.incidents.lifecycle import is_open
from bot.domain.lifecycle.facts import ClockSet
from storage.models import Incident


@dataclass(frozen=True)
class Clock:
    """One moment. `key` is the word for it, `field` where it stands, `says` what happened then."""

    key: str
    field: str
    says: str


CLOCKS = (
    Clock("started", "started_at", "the start of the trouble"),
    Clock("detected", "detected_at", "its detection"),
    Clock("acknowledged", "acknowledged_at", "the acknowledgement"),
    Clock("identified", "identified_at", "the moment the cause was known"),
    Clock("mitigated", "mitigated_at", "the end of the impact"),
    Clock("resolved", "resolved_at", "the resolution"),
)
"""In the order in which they lie; a gap is allowed."""
ORDERED = ("started", "detected", "acknowledged", "mitigated", "resolved")
"""When the cause was known says nothing about the others: a cure may come first."""
BY_KEY = {one.key: one for one in CLOCKS}


class NoClock(DomainError):
    """Say which time, for example `/incident set-times started 13:41, detected 13:44`. The times are {choices}."""


class NotResolvedYet(DomainError):
    """{ref} isn't resolved yet, so it has no time of resolution. `/incident resolve {ref}` comes first."""


def correct(incident: Incident, times: Mapping[str, datetime], *, now: datetime, ref: str) -> list[Fact]:
    """Sets these clocks (key -> moment), all of them or none; a fact for each that moved.

    Raises OrderOfTimes for an order that cannot be, NoClock for no clock, and NotResolvedYet.
    """
    if not times or times.keys() - BY_KEY.keys():
        raise NoClock(choices=", ".join(BY_KEY))
    if "resolved" in times and (is_open(incident) or incident.resolved_at is None):
        raise NotResolvedYet(ref=ref)
    wanted = {one.key: times.get(one.key, getattr(incident, one.field)) for one in CLOCKS}
    for key in times:
        if wanted[key] > now:
            raise OrderOfTimes(later="Now", earlier=BY_KEY[key].says)
    _check(wanted, times.keys())
    facts: list[Fact] = []
    for key, at in times.items():
        was = getattr(incident, BY_KEY[key].field)
        if at != was:
            setattr(incident, BY_KEY[key].field, at)
            facts.append(ClockSet(clock=key, at=at, was=was))
    return facts


def _check(times: Mapping[str, datetime | None], moved: Collection[str]) -> None:
    """Between those that are moved and their neighbours: what stood in an odd order before stands in nobody's way."""
    known = [(key, at) for key in ORDERED if (at := times[key]) is not None]
    for (before, earlier), (after, later) in pairwise(known):
        if later < earlier and (before in moved or after in moved):
            says = BY_KEY[after].says
            raise OrderOfTimes(later=says[0].upper() + says[1:], earlier=BY_KEY[before].says)
    identified = times["identified"]
    if "identified" in moved and identified and times["started"] is not None and identified < times["started"]:
        raise OrderOfTimes(later="The moment the cause was known", earlier=BY_KEY["started"].says)
