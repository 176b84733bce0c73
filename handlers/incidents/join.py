"""Joining instead of declaring: what is open on the service or reads alike, the way to it, and what was alike."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.incidents import visibility
from bot.domain.incidents.lifecycle import is_open, tidy
from bot.domain.lifecycle.similar import similar
from bot.rendering.durations import human
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import war_room
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Redraw, Reply, View
from storage.models import Incident
from storage.queries import incidents as incident_queries
from storage.queries import searching

MOST = 3


def offers(session: Session, door: Door, person: str, service: str) -> list[View]:
    """A line with a button for each open incident of the service that this person may know of, newest first.

    An exercise is not what somebody looks for who has real trouble.
    """
    if not service:
        return []
    catalog, now = door.catalog, door.desk.clock.now()
    found = incident_queries.open_on(session, service)
    seen = incidents.known_to(session, visibility.viewer(catalog, person), found)
    return [_offer(catalog, one, now) for one in seen[:MOST]]


def _offer(catalog: Catalog, incident: Incident, now: datetime) -> View:
    age = human(now - incident.declared_at)
    text = f"⚠ Open now (for {age}): {incident_reference.label(catalog, incident)}"
    button = form.button("declare.join", "Join instead", str(incident.number))
    return {**form.said(text), "block_id": f"open-{incident.number}", "accessory": button}


def alike(session: Session, door: Door, person: str, title: str, service: str, offered: Collection[str]) -> list[View]:
    """A line for each of the last incidents that reads like this one: open ones are offered as above unless they are
    already (`offered`: ids of their lines), past ones say how they ended. Only what this person may know of.
    """
    if not title.strip():
        return []
    catalog, now = door.catalog, door.desk.clock.now()
    rows = incidents.known_to(session, visibility.viewer(catalog, person), searching.last_ones(session, service))
    found = [one for one in similar(title, service, rows) if f"open-{one.number}" not in offered]
    return [_offer(catalog, one, now) if is_open(one) else _past(catalog, one, now) for one in found]


def _past(catalog: Catalog, incident: Incident, now: datetime) -> View:
    ended = incident.resolved_at or incident.closed_at or incident.declared_at
    how = f": {tidy(incident.resolution, 120)}" if incident.resolution else ""
    text = f"Similar: {incident_reference.label(catalog, incident)} ({incident.status} {human(now - ended)} ago{how})"
    button = form.button("menu.catchup", "How it went", str(incident.number))
    return {**form.said(text), "block_id": f"similar-{incident.number}", "accessory": button}


def join(door: Door, request: Request) -> Reply:
    """Nothing new is declared: the form gives way to the room, or to the thread. Raises NotOpen and NoSuchIncident."""
    number = request.number

    def use_case(w: Work) -> Answer:
        incident_reference.open_one(w.session, door.catalog, request, number, "joining")
        return war_room.join(w, incidents.find(w, number))

    answer = door.do(request, "join", use_case)
    title = f"Join {door.catalog.reference(number)}"
    return Redraw(form.modal("screen", title, door.word(answer).blocks, close="Close"))
