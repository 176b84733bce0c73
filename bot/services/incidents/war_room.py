"""Use cases of the war room: open it, decline it, join it, bring somebody in."""

from dataclasses import replace

from bot.domain.core.effect import FactContext
from bot.domain.core.errors import NoRoomAtThisSeverity, NoRoomHere
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import surfaces, war_room
from bot.domain.incidents.facts import Joined
from bot.domain.incidents.surfaces import ROOM_SETUP
from bot.services.core.answer import Answer
from bot.work import Work
from storage.models import Incident, RoomState


def bring_in(w: Work, incident: Incident) -> Answer:
    """Invites whoever asks into the war room. Raises NoRoomHere."""
    ref = w.catalog.reference(incident.number or 0)
    if incident.room != RoomState.OPEN:
        raise NoRoomHere(ref=ref)
    scene = FactContext(now=w.now, incident=incident)
    w.carry_out(surfaces.invite(scene, [w.actor.who], f"join:{w.actor.who}:{w.now.timestamp()}"))
    return Answer("joining", incident.number)


def join(w: Work, incident: Incident) -> Answer:
    """Brings whoever asks to where it is worked on: into the room, also into one that is still being made."""
    n, scene = incident.number or 0, FactContext(now=w.now, incident=incident)
    invitation = surfaces.invite(scene, [w.actor.who], f"join:{w.actor.who}:{w.now.timestamp()}")
    if incident.room == RoomState.CREATING:
        invitation = replace(invitation, after=surfaces.room_key(scene))
    if incident.room in (RoomState.OPEN, RoomState.CREATING):
        w.carry_out(invitation)
    return Answer("join_instead", n)


def open_room(w: Work, incident: Incident, reason: str = "asked for") -> Answer:
    """A war room for this incident; an existing one is named."""
    number = incident.number or 0
    incidents.require_open(incident, w.catalog.reference(number), "a war room")
    row = w.catalog.severities[incident.severity]
    if row.war_room == "never" and incident.room == RoomState.NONE:
        label = w.catalog.severity_label(incident.severity)
        raise NoRoomAtThisSeverity(severity=label, ref=w.catalog.reference(number))
    facts = war_room.want(incident, reason, w.now)
    if not facts:
        return Answer("room_exists", number)
    w.record(facts, incident=incident)
    return Answer("room_opening", number)


def decline_room(w: Work, incident: Incident) -> Answer:
    facts = war_room.decline(incident)
    w.record(facts, incident=incident)
    return Answer("room_declined" if facts else "room_exists", incident.number)


def joined(w: Work, incident: Incident, person: str) -> None:
    """Somebody came into the room: they are told where things stand, and nobody else is disturbed.

    Whoever comes with the first invitations sees the card and nothing else, and needs no more.
    """
    new = incident.room_since is not None and w.now - incident.room_since < ROOM_SETUP
    if person != incident.declared_by and not new:
        w.record([Joined(person=person)], incident=incident)
