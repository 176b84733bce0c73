"""What we know of the workspace's people, kept fresh by events and a nightly listing."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.models.types import UtcTime


class Member(SQLModel, table=True):
    """A Slack user. `kind` is member, guest, stranger (another workspace) or bot."""

    slack: str = Field(primary_key=True)
    name: str
    real_name: str = ""
    email: str | None = Field(default=None, index=True)
    timezone: str = "UTC"
    kind: str = "member"
    deleted: bool = False
    seen_at: datetime = Field(sa_type=UtcTime)
