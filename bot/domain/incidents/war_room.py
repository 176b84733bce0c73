"""Rules of the war room: whether an incident gets one, and what its opening and failing mean."""

from datetime import datetime

from bot.domain.core.fact import Fact
from bot.domain.incidents.facts import (
    RoomDeclined,
    RoomFailed,
    RoomLost,
    RoomOpened,
    RoomPrivacyChanged,
    RoomQuestionAsked,
    RoomRegained,
    RoomRenamed,
    RoomReplaced,
    RoomWanted,
)
from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.visibility import is_public
from storage.models import Incident, RoomState


def at_declare(incident: Incident, war_room: str, now: datetime) -> list[Fact]:
    """What the severity's row says: always, ask, on_request or never. What is in triage gets none."""
    if incident.unaccepted:
        return []
    if not is_public(incident):
        return want(incident, "a private incident has no other place", now)
    if war_room == "always":
        return want(incident, f"{incident.severity} always gets a war room", now)
    if war_room == "ask":
        incident.room = RoomState.ASKED
        return [RoomQuestionAsked(person=incident.declared_by)]
    return []


def at_severity(incident: Incident, war_room: str, now: datetime, *, worse: bool) -> list[Fact]:
    """What a new severity's row says: a worse one may open a room or ask for it. A question that was asked is withdrawn
    when the new row leaves no choice."""
    if worse and incident.room == RoomState.ASKED and war_room == "always":
        return want(incident, f"{incident.severity} always gets a war room", now)
    if worse and incident.room in (RoomState.NONE, RoomState.FAILED, *RoomState.FORMER):
        return at_declare(incident, war_room, now)
    return decline(incident) if war_room != "ask" else []


def want(incident: Incident, reason: str, now: datetime) -> list[Fact]:
    """Asks for a room unless there is one or it is being made, or nobody has said yet that it is an incident."""
    if incident.unaccepted or incident.room in (RoomState.CREATING, RoomState.OPEN):
        return []
    incident.room = RoomState.CREATING
    incident.room_tries += 1
    incident.room_since = now
    return [RoomWanted(reason=reason)]


def awaits_second_team(incident: Incident, war_room: str) -> bool:
    """Would a second team being paged open a room?"""
    return war_room == "ask" and incident.room in (RoomState.ASKED, RoomState.NONE)


def second_team(incident: Incident, war_room: str, teams: set[str], now: datetime) -> list[Fact]:
    """Where the room is the declarer's to ask for, a second team being paged decides it: two teams need a room."""
    if awaits_second_team(incident, war_room) and len(teams) > 1:
        return want(incident, f"a second team was paged ({', '.join(sorted(teams))})", now)
    return []


def unwanted(incident: Incident) -> None:
    """One that is still to be made needs not be made any more."""
    if incident.room == RoomState.CREATING:
        incident.room = RoomState.NONE


def decline(incident: Incident) -> list[Fact]:
    """The declarer works in the announcement's thread."""
    if incident.room != RoomState.ASKED:
        return []
    incident.room = RoomState.NONE
    return [RoomDeclined()]


def opened(incident: Incident, channel: str, name: str, now: datetime) -> list[Fact]:
    """Stores the channel as soon as it is known; hearing it twice changes nothing."""
    if incident.channel_id == channel and incident.room == RoomState.OPEN:
        return []
    before = incident.channel_name
    incident.channel_id, incident.channel_name, incident.room = channel, name, RoomState.OPEN
    incident.room_since, incident.card_ts = now, None
    facts: list[Fact] = [RoomOpened(channel=channel, channel_name=name)]
    return [*facts, RoomReplaced(channel=channel, before=before)] if before else facts


def lost(incident: Incident, channel: str, reason: str) -> list[Fact]:
    """Nothing that is posted there arrives any more. After the end of an incident that is how its room is left."""
    if incident.channel_id != channel or incident.room != RoomState.OPEN:
        return []
    if not is_open(incident):
        return archived(incident)
    incident.room = RoomState.GONE
    return [RoomLost(channel=channel, channel_name=incident.channel_name or "", reason=reason)]


def archived(incident: Incident) -> list[Fact]:
    """Its room can be read and takes nothing more: when it is opened again, it needs another."""
    if incident.room == RoomState.OPEN:
        incident.room = RoomState.ARCHIVED
    return []


def regained(incident: Incident, channel: str) -> list[Fact]:
    """Somebody has brought the room back, and us into it."""
    if incident.channel_id != channel or incident.room not in RoomState.FORMER:
        return []
    incident.room = RoomState.OPEN
    return [RoomRegained(channel=channel)]


def renamed(incident: Incident, channel: str, name: str) -> list[RoomRenamed]:
    if incident.channel_id != channel or incident.channel_name == name:
        return []
    before, incident.channel_name = incident.channel_name or "", name
    return [RoomRenamed(before=before, channel_name=name)]


def privacy(incident: Incident, channel: str, *, private: bool) -> list[Fact]:
    """A person has changed who can read the room; who may know of the incident stays as it was."""
    if incident.channel_id != channel:
        return []
    return [RoomPrivacyChanged(channel_name=incident.channel_name or "", by_invitation=private)]


def after_reopening(incident: Incident, now: datetime) -> list[Fact]:
    """A room that was archived with its incident does not come back: another follows it."""
    return want(incident, "its room is archived", now) if incident.room in RoomState.FORMER else []


def failed(incident: Incident, reason: str) -> list[Fact]:
    """Slack would not make a channel: the announcement's thread takes its place, and `/incident room` tries again."""
    if incident.room != RoomState.CREATING:
        return []
    incident.room = RoomState.FAILED
    return [RoomFailed(reason=reason)]
