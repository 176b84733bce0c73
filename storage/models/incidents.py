"""The incident and what hangs on it: roles, timeline entries, status updates."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime


class Incident(SQLModel, table=True):
    """One incident. `number` is what people read (INC-42); people are Slack ids, or catalogue keys without one."""

    number: int | None = Field(default=None, primary_key=True)
    title: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    severity: str
    status: str = Field(default="triage", index=True)
    source: str = "manual"
    service: str | None = None
    drill: bool = False
    private: bool = False
    declared_by: str
    origin_channel: str | None = None
    started_at: datetime = Field(sa_type=UtcTime)
    detected_at: datetime = Field(sa_type=UtcTime)
    declared_at: datetime = Field(sa_type=UtcTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ic_assigned_at: datetime | None = Field(default=None, sa_type=UtcTime)
    mitigated_at: datetime | None = Field(default=None, sa_type=UtcTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    impact: str = Field(default="", sa_type=Text)
    focus: str = Field(default="", sa_type=Text)
    resolution: str = Field(default="", sa_type=Text)
    postmortem_owner: str | None = None
    update_count: int = 0
    next_update_at: datetime | None = Field(default=None, sa_type=UtcTime)
    room: str = "none"
    room_tries: int = 0
    room_since: datetime | None = Field(default=None, sa_type=UtcTime)
    channel_id: str | None = Field(default=None, index=True)
    channel_name: str | None = None
    card_ts: str | None = None
    announcement_channel: str | None = None
    announcement_ts: str | None = None
    postmortem_link: str | None = None
    pagerduty_id: str | None = None
    pagerduty_url: str | None = None


class RoleAssignment(SQLModel, table=True):
    """Who held a role, and when; the open row (`until` is null) is the holder now."""

    __table_args__ = (
        Index(
            "one_holder",
            "incident",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
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
    status: str
    text: str = Field(sa_type=Text)
    impact: str = Field(default="", sa_type=Text)
    by: str
    at: datetime = Field(sa_type=UtcTime)
    next_update_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Setting(SQLModel, table=True):
    """Small facts about the installation that must outlive a restart (bot user id, lost capabilities)."""

    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=Json)
