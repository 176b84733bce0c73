"""The ways by which one page is told to its person: the person's own state machine, apart from the policy's."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.types import UtcTime


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
