"""What was asked of somebody who can decide, and of a vendor's support."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from storage.models.types import UtcTime, word


class CaseState(StrEnum):
    """How far a ticket with a vendor's support is."""

    #: Their answer is awaited.
    OPEN = "open"
    #: They are on it.
    ANSWERED = "answered"


class Decision(SQLModel, table=True):
    """A question that was put to a manager, and what was decided.

    `answer` is yes or no, None while it is open; `escalation` pages those who can answer. A question whose
    escalation was stopped without an answer is withdrawn.
    """

    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    escalation: int = Field(foreign_key="escalation.id", unique=True)
    text: str = Field(sa_type=Text)
    asked_by: str
    asked_at: datetime = Field(sa_type=UtcTime)
    answer: str | None = None
    rationale: str = Field(default="", sa_type=Text)
    by: str | None = None
    at: datetime | None = Field(default=None, sa_type=UtcTime)


class VendorCase(SQLModel, table=True):
    """A ticket with a vendor's support.

    `due_at` is when its promised answer is over, None without a promise; `reminders` counts how often the room was
    told since then, `escalated` how often it was taken further at the vendor.
    """

    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    vendor: str
    ticket: str = ""
    state: CaseState = Field(default=CaseState.OPEN, sa_type=word(CaseState))
    opened_by: str
    opened_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    reminders: int = 0
    escalated: int = 0
    answered_by: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
