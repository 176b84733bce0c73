"""A running escalation policy and the pages it owes, one person each."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime


class Escalation(SQLModel, table=True):
    """A policy at work. `policy` is the snapshot taken at its start, so an edit moves no page under somebody's feet.

    `level` counts from 0, `cycle` from 0; `state` is running, acknowledged, exhausted or stopped.
    """

    id: int | None = Field(default=None, primary_key=True)
    incident: int | None = Field(default=None, foreign_key="incident.number", index=True)
    policy_name: str
    policy: dict[str, Any] = Field(sa_type=Json)
    reason: str = ""
    level: int = 0
    cycle: int = 0
    state: str = Field(default="running", index=True)
    started_at: datetime = Field(sa_type=UtcTime)
    next_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_by: str | None = None
    thread_channel: str | None = None
    thread_ts: str | None = None


class Page(SQLModel, table=True):
    """One person asked once. `state`: owed, sent, acknowledged, declined, missed, released, failed."""

    __table_args__ = (UniqueConstraint("escalation", "cycle", "level", "person"),)
    id: int | None = Field(default=None, primary_key=True)
    escalation: int = Field(foreign_key="escalation.id", index=True)
    incident: int | None = Field(default=None, foreign_key="incident.number", index=True)
    cycle: int
    level: int
    person: str
    slack: str | None = None
    why: str
    state: str = "owed"
    owed_at: datetime = Field(sa_type=UtcTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    channel: str | None = None
    ts: str | None = None
    note: str = ""
