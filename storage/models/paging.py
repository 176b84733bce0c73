"""A running escalation policy and the pages it owes, one person each."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime

ASIDE = ("handover", "specialist", "question")
"""Kinds of escalation beside the incident's own: each is answered by those whom it asks, and by nobody else."""


class Escalation(SQLModel, table=True):
    """A policy at work. `policy` is the snapshot taken at its start, so an edit moves no page under somebody's feet.

    `level` counts from 0, `cycle` from 0; `state` is running, paused, acknowledged, exhausted or stopped.
    `kind` says where it came from: policy, asked (paged by hand), handover (the holder of `parent` offers it to
    somebody), specialist (a team beside the people on call), question (a decision is asked for) or test.
    `first_cycle` is the round in which asking began anew after an answer was withdrawn: rounds are counted from it.
    `confirmed_at` is the last sign that the holder is at work, `asked_at` since when they are asked for one. `alarms`
    counts how often nobody took it was said. `decision` is why this policy was chosen, as
    `bot.domain.paging.reasons` wrote it then.
    """

    id: int | None = Field(default=None, primary_key=True)
    incident: int | None = Field(default=None, foreign_key="incident.number", index=True)
    kind: str = "policy"
    parent: int | None = Field(default=None, foreign_key="escalation.id")
    policy_name: str
    policy: dict[str, Any] = Field(sa_type=Json)
    reason: str = ""
    decision: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    level: int = 0
    cycle: int = 0
    first_cycle: int = 0
    state: str = Field(default="running", index=True)
    started_at: datetime = Field(sa_type=UtcTime)
    next_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_by: str | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    asked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcTime)
    paused_by: str | None = None
    alarms: int = 0
    thread_channel: str | None = None
    thread_ts: str | None = None


class Page(SQLModel, table=True):
    """One person asked once. `state`: owed, sent, acknowledged, declined, missed, released, failed.

    `decision` is why it was them, as it was decided then: target, schedule, layer, override
    (`bot.domain.paging.reasons`).
    """

    __table_args__ = (UniqueConstraint("escalation", "cycle", "level", "person"),)
    id: int | None = Field(default=None, primary_key=True)
    escalation: int = Field(foreign_key="escalation.id", index=True)
    incident: int | None = Field(default=None, foreign_key="incident.number", index=True)
    cycle: int
    level: int
    person: str
    slack: str | None = None
    why: str
    decision: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    state: str = "owed"
    owed_at: datetime = Field(sa_type=UtcTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    channel: str | None = None
    ts: str | None = None
    note: str = ""


class PageStep(SQLModel, table=True):
    """One page by one way. `state`: waiting (until `due_at`), owed, sent, failed, skipped or dropped.

    A skipped step was never used and `note` says why. `label` shows the address without giving it away. `late_at` is
    when the step had still not left, so that the next one was hurried.
    """

    __table_args__ = (UniqueConstraint("page", "via"),)
    id: int | None = Field(default=None, primary_key=True)
    page: int = Field(foreign_key="page.id", index=True)
    via: str
    label: str = ""
    due_at: datetime = Field(sa_type=UtcTime)
    state: str = "waiting"
    late_at: datetime | None = Field(default=None, sa_type=UtcTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    note: str = ""
