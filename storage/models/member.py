"""What we know of the workspace's people, kept fresh by events and by asking Slack."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime


class Member(SQLModel, table=True):
    """A Slack user. `kind` is member, guest, stranger (another workspace) or bot, `display_name` what Slack shows."""

    slack: str = Field(primary_key=True)
    name: str
    real_name: str = ""
    display_name: str = ""
    email: str | None = Field(default=None, index=True)
    timezone: str = "UTC"
    kind: str = "member"
    deleted: bool = False
    seen_at: datetime = Field(sa_type=UtcTime)


class DoNotDisturb(SQLModel, table=True):
    """The present stretch in which Slack is silent for somebody, or the next one, as Slack told it at `seen_at`."""

    slack: str = Field(primary_key=True)
    begins: datetime = Field(sa_type=UtcTime)
    ends: datetime = Field(sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)


class UserGroup(SQLModel, table=True):
    """A user group. `handle` is what people write after the @; `members` are Slack ids."""

    slack: str = Field(primary_key=True)
    handle: str = Field(index=True)
    name: str = ""
    members: list[str] = Field(default_factory=list, sa_type=Json)
    seen_at: datetime = Field(sa_type=UtcTime)
