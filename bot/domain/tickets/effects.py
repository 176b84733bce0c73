"""What follows from a ticket, and what its incident tells it: one way, in the order of what happened."""

from datetime import timedelta
from typing import Any

from bot.domain.core.effect import LATER, Deliver, Effect, FactContext, Reactions
from bot.domain.incidents.facts import (
    IncidentCancelled,
    IncidentReopened,
    IncidentResolved,
    SeverityChanged,
    StatusChanged,
)
from bot.domain.incidents.surfaces import number, post, refresh
from bot.domain.lifecycle.facts import IncidentMerged
from bot.domain.tickets.facts import TicketMade, TicketRead, TicketRefused, TicketWanted
from bot.domain.tickets.tickets import of
from storage.models import Incident, TicketState

EVERY = timedelta(minutes=10)
"""How often the ticket of an open incident is read."""


def wanted(fact: TicketWanted, scene: FactContext) -> list[Effect]:
    n = number(scene)
    payload = {"incident": n, "title": fact.title, "by": fact.by, "look": fact.look, "person": fact.by}
    key = f"{lane(n)}:make:{scene.now.isoformat()}"
    return [Deliver(kind="ticket.make", lane=lane(n), key=key, payload=payload)]


def made(fact: TicketMade, scene: FactContext) -> list[Effect]:
    """Said where the incident lives; its card shows it from now on."""
    return [post(scene, "ticket_made", f"ticket:{fact.id}", person=fact.by), *refresh(scene)]


def refused(fact: TicketRefused, scene: FactContext) -> list[Effect]:
    """Whoever waits for it reads why not, what helps, and the words they typed."""
    said = {"reason": fact.reason, "title": fact.title, "person": fact.by}
    return [post(scene, "ticket_refused", f"ticket:refused:{scene.now.isoformat()}", **said), *refresh(scene)]


def was_read(fact: TicketRead, scene: FactContext) -> list[Effect]:
    return refresh(scene)


def reading(incident: Incident) -> Deliver:
    """A look at how it stands there."""
    n = incident.number or 0
    return Deliver(kind="ticket.read", lane=lane(n), once=f"{lane(n)}:read", payload={"incident": n}, priority=LATER)


def lane(n: int) -> str:
    return f"ticket:{n}"


def _told(scene: FactContext, what: str, **more: Any) -> list[Effect]:
    """A comment on the ticket, also where it is still being made: the lane keeps the order."""
    incident = scene.incident
    if incident is None or of(incident).state not in (TicketState.WANTED, TicketState.THERE):
        return []
    n, at = number(scene), scene.now.isoformat()
    payload = {"incident": n, "what": what, "at": at, **more}
    return [Deliver(kind="ticket.note", lane=lane(n), key=f"{lane(n)}:{what}:{at}", payload=payload, priority=LATER)]


def _severity(fact: SeverityChanged, scene: FactContext) -> list[Effect]:
    return _told(scene, "severity", old=fact.old, new=fact.new, words=fact.reason)


def _status(fact: StatusChanged, scene: FactContext) -> list[Effect]:
    return _told(scene, "status", new=fact.new, words=fact.reason)


def _resolved(fact: IncidentResolved, scene: FactContext) -> list[Effect]:
    return _told(scene, "resolved", words=fact.resolution, done=True)


def _reopened(fact: IncidentReopened, scene: FactContext) -> list[Effect]:
    return _told(scene, "reopened", words=fact.reason, done=False)


def _cancelled(fact: IncidentCancelled, scene: FactContext) -> list[Effect]:
    return _told(scene, "cancelled", words=fact.reason, done=True)


def _merged(fact: IncidentMerged, scene: FactContext) -> list[Effect]:
    return _told(scene, "merged", words=fact.ref, done=True)


CONSEQUENCES: Reactions = {
    TicketWanted: (wanted,),
    TicketMade: (made,),
    TicketRefused: (refused,),
    TicketRead: (was_read,),
    SeverityChanged: (_severity,),
    StatusChanged: (_status,),
    IncidentResolved: (_resolved,),
    IncidentReopened: (_reopened,),
    IncidentCancelled: (_cancelled,),
    IncidentMerged: (_merged,),
}
