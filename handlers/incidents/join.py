"""Joining instead of declaring: what is open on the chosen service already, and the way to it."""

from datetime import datetime

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.incidents import visibility
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
    text = f"⚠ Open for {age}: {incident_reference.label(catalog, incident)}"
    button = form.button("declare.join", "Join instead", str(incident.number))
    return {**form.said(text), "block_id": f"open-{incident.number}", "accessory": button}


def join(door: Door, request: Request) -> Reply:
    """Nothing new is declared: the form gives way to the room, or to the thread. Raises NotOpen and NoSuchIncident."""
    number = request.number

    def use_case(w: Work) -> Answer:
        incident_reference.open_one(w.session, door.catalog, request, number, "joining")
        return war_room.join(w, incidents.find(w, number))

    answer = door.do(request, "join", use_case)
    title = f"Join {door.catalog.reference(number)}"
    return Redraw(form.modal("screen", title, door.word(answer).blocks, close="Close"))
