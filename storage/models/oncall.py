"""What goes with a rotation's change: the note that is handed on, how it was rated, and what calendars brought in."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime


class HandoffNote(SQLModel, table=True):
    """The note of one change: at `start` the schedule goes from `outgoing` to `incoming`, named as schedules do it.

    `since` is when the outgoing turn began. `words` are what somebody added by hand. `posts` are the messages that show
    it: {channel or person: [channel id, ts]}.
    """

    __table_args__ = (UniqueConstraint("schedule", "start"),)
    id: int | None = Field(default=None, primary_key=True)
    schedule: str
    start: datetime = Field(sa_type=UtcTime)
    since: datetime = Field(sa_type=UtcTime)
    outgoing: list[str] = Field(default_factory=list, sa_type=Json)
    incoming: list[str] = Field(default_factory=list, sa_type=Json)
    words: str = Field(default="", sa_type=Text)
    edited_by: str | None = None
    taken_by: str | None = None
    taken_at: datetime | None = Field(default=None, sa_type=UtcTime)
    posts: dict[str, list[str]] = Field(default_factory=dict, sa_type=Json)


class HandoffRating(SQLModel, table=True):
    """How somebody who went off call found their turn: 1 to 5, and words if they like. The last answer counts."""

    __table_args__ = (UniqueConstraint("note", "person"),)
    id: int | None = Field(default=None, primary_key=True)
    note: int = Field(foreign_key="handoffnote.id", index=True)
    person: str
    score: int
    words: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=UtcTime)


class CalendarImport(SQLModel, table=True):
    """An entry of a calendar that became an override, so that importing it again changes nothing.

    `source` is the calendar it came from; None for what was imported before calendars were told apart. `more` are
    further overrides, where others covered a part of the entry in the middle.
    """

    __table_args__ = (UniqueConstraint("schedule", "uid"),)
    id: int | None = Field(default=None, primary_key=True)
    schedule: str
    uid: str = Field(sa_type=Text)
    override: int = Field(foreign_key="scheduleoverride.id")
    person: str
    start: datetime = Field(sa_type=UtcTime)
    end: datetime = Field(sa_type=UtcTime)
    source: str | None = None
    more: list[int] | None = Field(default=None, sa_type=Json)
    summary: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
