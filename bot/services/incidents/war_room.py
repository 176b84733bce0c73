"""Use cases of the war room: open it, decline it, join it, bring somebody in."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.core import people
from bot.domain.core.effect import FactContext
from bot.domain.core.errors import NoRoomAtThisSeverity, NoRoomHere
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import states, surfaces, war_room
from bot.domain.incidents.facts import Joined
from bot.domain.incidents.surfaces import ROOM_SETUP
from bot.domain.incidents.visibility import is_public
from bot.domain.incidents.war_room_effects import goes_on
from bot.services.core.answer import Answer
from bot.services.core.incident import known_in
from bot.services.links import links
from bot.work import Work
from storage.models import FormerRoom, Incident, RoomState
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries
from storage.upsert import put


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
    invite_asker(w, incident)
    return Answer("join_instead", incident.number)


def invite_asker(w: Work, incident: Incident) -> None:
    """Who is unknown to Slack reads along elsewhere."""
    if people.slack_id(w.actor.who, w.catalog):
        bring(w, incident, [w.actor.who], f"join:{w.actor.who}")


def bring(w: Work, incident: Incident, whom: Sequence[str], key: str) -> None:
    """Into the room there is, or into the one that is being made."""
    scene = FactContext(now=w.now, incident=incident)
    invitation = surfaces.invite(scene, whom, f"{key}:{w.now.timestamp()}")
    if incident.room == RoomState.CREATING:
        invitation = replace(invitation, after=surfaces.room_key(scene))
    if whom and incident.room in (RoomState.OPEN, RoomState.CREATING):
        w.carry_out(invitation)


def open_room(w: Work, incident: Incident, reason: str = "asked for") -> Answer:
    """A war room for this incident; an existing one is named."""
    number = incident.number or 0
    states.require_accepted(incident, w.catalog.reference(number), "a war room")
    incidents.require_open(incident, w.catalog.reference(number), "a war room")
    row = w.catalog.severities[incident.severity]
    if row.war_room == "never" and incident.room == RoomState.NONE:
        label = w.catalog.severity_label(incident.severity)
        raise NoRoomAtThisSeverity(severity=label, ref=w.catalog.reference(number))
    facts = war_room.want(incident, reason, w.now)
    if not facts:
        return Answer("room_exists", number)
    w.record(facts, incident=incident)
    invite_asker(w, incident)
    return Answer("room_opening", number)


def decline_room(w: Work, incident: Incident) -> Answer:
    facts = war_room.decline(incident)
    w.record(facts, incident=incident)
    return Answer("room_declined" if facts else "room_exists", incident.number)


def lose(w: Work, incident: Incident, channel: str, reason: str) -> bool:
    """Nothing arrives in the room any more: whoever conducts the incident decides about another. Whether it is news."""
    facts = war_room.lost(incident, channel, reason)
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    pages = w.pages(newest) if newest else []
    w.record(facts, incident=incident, escalation=newest, pages=pages, responders=_in_charge(w, incident))
    return bool(facts)


def _in_charge(w: Work, incident: Incident) -> list[str]:
    """The commander, or whoever declared it while there is none."""
    return [incident_queries.roles(w.session, incident.number or 0).get("ic", incident.declared_by)]


def others_in_charge(w: Work, incident: Incident) -> list[str]:
    """The same, for what they may have done themselves, and as long as there is something to conduct."""
    return [who for who in _in_charge(w, incident) if who != w.actor.who and incidents.is_open(incident)]


def opened(w: Work, incident: Incident, channel: str, name: str, invited: Sequence[str]) -> None:
    """The room is there. One that it follows is remembered: what is written there is about this incident still."""
    former = incident.channel_id if incident.channel_id != channel else None
    w.record(war_room.opened(incident, channel, name, w.now), incident=incident, responders=invited)
    links.furnish(w, incident)
    if former is not None:
        put(w.session, FormerRoom(channel=former, incident=incident.number or 0))
        w.carry_out(goes_on(incident, former, channel))


def regain(w: Work, incident: Incident, channel: str) -> None:
    """Somebody has brought it back, or one that another has followed, which says where it goes on."""
    if incident.channel_id != channel:
        w.carry_out(goes_on(incident, channel, w.now.isoformat()))
        return
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    w.record(war_room.regained(incident, channel), incident=incident, escalation=newest)


def change_privacy(w: Work, incident: Incident, channel: str, *, private: bool) -> None:
    """Whoever opens the room of a private incident to everybody is told what they did."""
    leaks = not private and not is_public(incident)
    told = _in_charge(w, incident) if leaks else others_in_charge(w, incident)
    w.record(war_room.privacy(incident, channel, private=private), incident=incident, responders=told)


def joined(w: Work, incident: Incident, person: str) -> None:
    """Somebody came into the room: they are told where things stand, and nobody else is disturbed.

    Whoever comes with the first invitations sees the card and nothing else, and needs no more. The room of one that
    went private is everybody's still: who may not know of it is told nothing.
    """
    new = incident.room_since is not None and w.now - incident.room_since < ROOM_SETUP
    if person == incident.declared_by or new:
        return
    if known_in(w.session, w.catalog, person, incident.channel_id, [incident]):
        w.record([Joined(person=person)], incident=incident)
