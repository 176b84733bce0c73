"""The checklists of an incident: what the records say ticks itself, the rest is ticked by a person or by a program.

The three of the second source: seven items at the response, thirteen criteria in blocks of five, four and four, and
eight items at the resolution, of which three are those blocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.core.errors import DomainError
from bot.domain.core.fact import Fact
from bot.domain.lifecycle.facts import ItemTicked
from storage.models import Incident, IncidentStatus, RoomState


class State(StrEnum):
    """How far an item is."""

    OPEN = "open"
    DONE = "done"
    #: It does not apply to this incident.
    NONE = "none"


@dataclass(frozen=True)
class Item:
    key: str
    text: str


@dataclass(frozen=True)
class List:
    key: str
    title: str
    items: tuple[Item, ...]


class UnknownItem(DomainError):
    """There is no item "{text}" on the checklists. Use one of {choices}."""


class ChecklistOpen(DomainError):
    """{ref} isn't resolved: {items} still to be ticked. `/incident tick-off {ref}` shows the list; an item that
    doesn't apply can be ticked as such. Nothing was changed.
    """


RESPONSE = List("response", "Response", (
    Item("acknowledged", "Acknowledge the page"),
    Item("assessed", "Assess severity and impact"),
    Item("ticket", "Create the incident"),
    Item("notified", "Tell stakeholders"),
    Item("commander", "Name a commander"),
    Item("channel", "Open a room"),
    Item("timeline", "Start the timeline"),
))  # fmt: skip
HEALTH = List("health", "Service health", (
    Item("errors", "Error rates are back to normal"),
    Item("latency", "Latency is within its objectives"),
    Item("resources", "Resources are used as usual"),
    Item("checks", "All health checks pass"),
    Item("alerts", "No alert is active"),
))  # fmt: skip
CUSTOMERS = List("customers", "Customer impact", (
    Item("reports", "No new reports come in"),
    Item("metrics", "Business metrics have recovered"),
    Item("tickets", "Support tickets are answered"),
    Item("verified", "What customers do was tried, and works"),
))  # fmt: skip
STABILITY = List("stability", "Stability", (
    Item("stable", "It has been quiet for as long as it is watched"),
    Item("monitored", "Monitoring confirms it"),
    Item("related", "Related systems are healthy"),
    Item("dependencies", "Dependencies were checked"),
))  # fmt: skip
RESOLUTION = List("resolution", "Resolution", (
    Item("service_healthy", "Service metrics are normal"),
    Item("customers_fine", "Customers can work"),
    Item("no_secondary", "No secondary problem is left"),
    Item("resolved", "Set the incident to resolved"),
    Item("told", "Tell stakeholders that it's over"),
    Item("postmortem", "Name an owner for the postmortem"),
    Item("closed", "Close the room"),
    Item("handed_over", "Write it into the shift notes"),
))  # fmt: skip
LISTS = (RESPONSE, HEALTH, CUSTOMERS, STABILITY, RESOLUTION)
ITEMS = {item.key: item for one in LISTS for item in one.items}
BLOCKS = {"service_healthy": HEALTH, "customers_fine": CUSTOMERS, "no_secondary": STABILITY}
"""An item of the resolution -> the criteria that tick it."""
BEFORE = tuple(BLOCKS)
"""What has to be so before an incident is resolved; the rest of the list comes with it, or after it."""


def states(incident: Incident, ticked: Mapping[str, str], *, postmortem: bool, held: bool) -> dict[str, State]:
    """How far each item is. `ticked` is what people said, `postmortem` whether one is due, `held` whether the cure was
    watched for as long as it is to be."""
    by_records = _by_records(incident, postmortem=postmortem, held=held)
    found = {key: State(ticked.get(key, State.DONE if by_records.get(key) else State.OPEN)) for key in ITEMS}
    for key, block in BLOCKS.items():
        if key not in ticked and all(found[one.key] != State.OPEN for one in block.items):
            found[key] = State.DONE
    return found


def _by_records(incident: Incident, *, postmortem: bool, held: bool) -> dict[str, bool]:
    over = incident.status in (IncidentStatus.RESOLVED, IncidentStatus.CLOSED)
    return {
        "acknowledged": incident.acknowledged_at is not None,
        "assessed": bool(incident.impact),
        "ticket": True,
        "notified": incident.announcement_ts is not None or incident.update_count > 0,
        "commander": incident.ic_assigned_at is not None,
        "channel": incident.room in RoomState.READABLE or incident.announcement_ts is not None,
        "timeline": True,
        "stable": held or over,
        "resolved": over,
        "told": over,
        "postmortem": not postmortem or incident.postmortem_owner is not None,
        "closed": incident.status == IncidentStatus.CLOSED,
    }


def missing(states: Mapping[str, State]) -> list[Item]:
    """What is open of that which has to be so before an incident is resolved."""
    return [ITEMS[key] for key in BEFORE if states[key] == State.OPEN]


def tick(key: str, state: str, before: State) -> list[Fact]:
    """What a person says of an item; no facts when that stands there already. Raises UnknownItem."""
    if key not in ITEMS:
        raise UnknownItem(text=key[:40], choices=", ".join(ITEMS))
    return [] if state == before else [ItemTicked(item=key, text=ITEMS[key].text, state=state)]
