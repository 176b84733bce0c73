"""Slack's user groups and who is in them, as last read: a target of policies must be known when Slack is away."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime


class UserGroup(SQLModel, table=True):
    """A user group. `handle` is what people write after the @; `members` are Slack ids."""

    slack: str = Field(primary_key=True)
    handle: str = Field(index=True)
    name: str = ""
    members: list[str] = Field(default_factory=list, sa_type=Json)
    seen_at: datetime = Field(sa_type=UtcTime)
