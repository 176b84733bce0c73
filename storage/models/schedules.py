"""What people change in a schedule at short notice, what they ask each other for, and who really was on call."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime, word


class CoverState(StrEnum):
    """What became of a request to be replaced, or to swap."""

    #: Nobody has taken it yet.
    OPEN = "open"
    #: Somebody has, and the schedule was changed.
    TAKEN = "taken"
    #: The one person who was asked to swap does not want to.
    DECLINED = "declined"
    #: Whoever asked needs it no more, or an admin took it back.
    CANCELLED = "cancelled"
    #: The schedule was changed so that nobody can take it any more as it was asked.
    VOID = "void"
    #: Its time was over before anybody took it.
    EXPIRED = "expired"


class ScheduleOverride(SQLModel, table=True):
    """A change for [start, end): `kind` is add, remove, replace (by `substitute`) or only (`people` and nobody else).

    People are catalogue keys, or Slack ids of people without one. One that is cancelled while it runs has held until
    then. `cover` is the request that it answers.
    """

    id: int | None = Field(default=None, primary_key=True)
    schedule: str = Field(index=True)
    kind: str
    person: str = ""
    substitute: str | None = None
    people: list[str] = Field(default_factory=list, sa_type=Json)
    start: datetime = Field(sa_type=UtcTime)
    end: datetime = Field(sa_type=UtcTime, index=True)
    note: str = Field(default="", sa_type=Text)
    cover: int | None = None
    created_by: str
    created_at: datetime = Field(sa_type=UtcTime)
    cancelled_by: str | None = None
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class CoverRequest(SQLModel, table=True):
    """Somebody asks to be replaced during [start, end).

    A swap is asked of one `partner`: `gives` and `takes` are the stretches ([start, end] each, ISO 8601) as they were
    then. `channel` and `ts` are the message with the button.
    """

    id: int | None = Field(default=None, primary_key=True)
    schedule: str
    person: str
    start: datetime = Field(sa_type=UtcTime)
    end: datetime = Field(sa_type=UtcTime)
    note: str = Field(default="", sa_type=Text)
    partner: str | None = None
    gives: list[list[str]] = Field(default_factory=list, sa_type=Json)
    takes: list[list[str]] = Field(default_factory=list, sa_type=Json)
    state: CoverState = Field(default=CoverState.OPEN, index=True, sa_type=word(CoverState))
    asked_at: datetime = Field(sa_type=UtcTime)
    taken_by: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    channel: str | None = None
    ts: str | None = None


class OnCallPeriod(SQLModel, table=True):
    """Who was on call from `start` to `end`: history, never worked out anew. The open row (`end` is null) is now."""

    __table_args__ = (
        Index("one_open_period", "schedule", unique=True, sqlite_where=text('"end" IS NULL'),
              postgresql_where=text('"end" IS NULL')),
    )  # fmt: skip
    id: int | None = Field(default=None, primary_key=True)
    schedule: str = Field(index=True)
    people: list[str] = Field(default_factory=list, sa_type=Json)
    start: datetime = Field(sa_type=UtcTime, index=True)
    end: datetime | None = Field(default=None, sa_type=UtcTime)
