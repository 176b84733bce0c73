"""The incident and what hangs on it: roles, timeline entries, status updates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, nonmember
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime, word


class IncidentStatus(StrEnum):
    """How far an incident is."""

    #: Not sure yet whether it is an incident; neither announced nor given a room.
    TRIAGE = "triage"
    #: Declared; the cause is looked for.
    INVESTIGATING = "investigating"
    #: The cause is known.
    IDENTIFIED = "identified"
    #: A cure is at work and watched.
    MONITORING = "monitoring"
    #: Over; its postmortem may still be owed.
    RESOLVED = "resolved"
    #: Filed away.
    CLOSED = "closed"
    #: It was no incident, and does not count.
    CANCELLED = "cancelled"
    #: It was the same as another incident, where the work goes on.
    MERGED = "merged"

    OPEN = nonmember((TRIAGE, INVESTIGATING, IDENTIFIED, MONITORING))
    """There is still something to do."""
    SETTABLE = nonmember((INVESTIGATING, IDENTIFIED, MONITORING))
    """What an update may say."""


class RoomState(StrEnum):
    """Whether an incident has a war room."""

    #: It has none, and none is wanted.
    NONE = "none"
    #: Whoever declared it was asked whether they want one.
    ASKED = "asked"
    #: Slack is to make it.
    CREATING = "creating"
    #: It is there.
    OPEN = "open"
    #: Slack would not make it: the announcement's thread takes its place.
    FAILED = "failed"
    #: It was there, and takes nothing any more: somebody archived it, or took the bot out.
    GONE = "gone"
    #: It was archived with its incident, and can be read.
    ARCHIVED = "archived"

    FORMER = nonmember((GONE, ARCHIVED))
    """There was one: whoever needs a room needs another."""
    READABLE = nonmember((OPEN, ARCHIVED))
    """People find in it what was said."""


class TicketState(StrEnum):
    """Whether an incident has a ticket in the tracker that is configured."""

    #: None is wanted.
    NONE = "none"
    #: It is to be made.
    WANTED = "wanted"
    #: It is there.
    THERE = "there"
    #: The tracker would not make it.
    FAILED = "failed"


class Incident(SQLModel, table=True):
    """One incident. `number` is what people read (INC-42); people are Slack ids, or catalogue keys without one."""

    __table_args__ = (
        Index("incident_open", "number",
              sqlite_where=text("status IN ('triage','investigating','identified','monitoring')"),
              postgresql_where=text("status IN ('triage','investigating','identified','monitoring')")),
        Index("incident_by_status", "status", "number"),
        Index("incident_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL"),
              postgresql_where=text("merged_into IS NOT NULL")),
    )  # fmt: skip
    number: int | None = Field(default=None, primary_key=True)
    title: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    severity: str
    status: IncidentStatus = Field(default=IncidentStatus.INVESTIGATING, sa_type=word(IncidentStatus))
    source: str = "manual"
    service: str | None = None
    drill: bool = False
    private: bool = False
    declared_by: str
    origin_channel: str | None = None
    unaccepted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """It began in triage, and no one has said yet that it is an incident: no room, no public word."""
    detection: str | None = None
    """How the trouble was noticed, a key of `bot/domain/incidents/detection.py`."""
    merged_into: int | None = None
    """The number of the incident that it was the same as."""
    held_until: datetime | None = Field(default=None, sa_type=UtcTime)
    """It waits for something until then; its status stays."""
    held_for: str | None = Field(default=None, sa_type=Text)
    """What it waits for."""
    started_at: datetime = Field(sa_type=UtcTime)
    detected_at: datetime = Field(sa_type=UtcTime)
    declared_at: datetime = Field(sa_type=UtcTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ic_assigned_at: datetime | None = Field(default=None, sa_type=UtcTime)
    identified_at: datetime | None = Field(default=None, sa_type=UtcTime)
    mitigated_at: datetime | None = Field(default=None, sa_type=UtcTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    impact: str = Field(default="", sa_type=Text)
    focus: str = Field(default="", sa_type=Text)
    resolution: str = Field(default="", sa_type=Text)
    postmortem_owner: str | None = None
    update_count: int = 0
    complaint_count: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How many people have said that it affects them too."""
    own: dict[str, Any] | None = Field(default=None, sa_type=Json)
    """Own fields of the installation, by the keys of `fields:` in tocsin.yml."""
    next_update_at: datetime | None = Field(default=None, sa_type=UtcTime)
    room: RoomState = Field(default=RoomState.NONE, sa_type=word(RoomState))
    room_tries: int = 0
    room_since: datetime | None = Field(default=None, sa_type=UtcTime)
    channel_id: str | None = Field(default=None, index=True)
    channel_name: str | None = Field(default=None, index=True)
    card_ts: str | None = None
    announcement_channel: str | None = None
    announcement_ts: str | None = None
    postmortem_link: str | None = None
    pagerduty_id: str | None = None
    pagerduty_url: str | None = None
    ticket: dict[str, Any] | None = Field(default=None, sa_type=Json)
    """Its ticket in the tracker, as `bot/domain/tickets/tickets.py` reads it; one column, for lists read them all."""


class FormerRoom(SQLModel, table=True):
    """A channel that was the war room of an incident until another followed it."""

    channel: str = Field(primary_key=True)
    incident: int = Field(foreign_key="incident.number")


_ALONE = "until IS NULL AND role IN ('ic','tech','comms','scribe','support','exec')"
"""The open rows of the roles that one person has; experts, observers and leads of services may be several."""


class RoleAssignment(SQLModel, table=True):
    """Who held a role, and when; the open row (`until` is null) is the holder now."""

    __table_args__ = (
        Index(
            "one_holder",
            "incident",
            "role",
            unique=True,
            sqlite_where=text(_ALONE),
            postgresql_where=text(_ALONE),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    role: str
    person: str
    since: datetime = Field(sa_type=UtcTime)
    until: datetime | None = Field(default=None, sa_type=UtcTime)


class TimelineEntry(SQLModel, table=True):
    """One line of what happened. `at` is when it happened, `recorded_at` when we were told."""

    __table_args__ = (UniqueConstraint("incident", "source_key"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    at: datetime = Field(sa_type=UtcTime)
    recorded_at: datetime = Field(sa_type=UtcTime)
    actor: str
    kind: str
    text: str = Field(sa_type=Text)
    source_key: str | None = None
    link: str | None = None


class StatusUpdate(SQLModel, table=True):
    """A published update; immutable, a mistake is corrected by the next one."""

    __table_args__ = (UniqueConstraint("incident", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    number: int
    status: IncidentStatus = Field(sa_type=word(IncidentStatus))
    text: str = Field(sa_type=Text)
    impact: str = Field(default="", sa_type=Text)
    by: str
    at: datetime = Field(sa_type=UtcTime)
    next_update_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Complaint(SQLModel, table=True):
    """Someone who says that it affects them too. Each person counts once, whatever they say how often."""

    __table_args__ = (UniqueConstraint("incident", "person"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    person: str
    at: datetime = Field(sa_type=UtcTime)
    text: str = Field(default="", sa_type=Text)


class ChecklistTick(SQLModel, table=True):
    """What a person has said about an item of a checklist; what the records say themselves is not kept twice."""

    __table_args__ = (UniqueConstraint("incident", "item"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    item: str
    state: str
    by: str
    at: datetime = Field(sa_type=UtcTime)


class Setting(SQLModel, table=True):
    """Small facts about the installation that must outlive a restart (bot user id, lost capabilities)."""

    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=Json)


@dataclass(frozen=True)
class Wanted:
    """What is looked for among incidents: everything that is given has to hold; what is left out does not matter.

    `role` is one that whoever asks has or had, "any" for whichever, or for having declared it.
    """

    words: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    service: str = ""
    since: datetime | None = None
    until: datetime | None = None
    role: str = ""
    own: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self != Wanted()
