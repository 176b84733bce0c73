"""What is learned from incidents: problems, each the permanent fix of several of them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.types import UtcTime, word


class ProblemState(StrEnum):
    """How far the permanent fix is."""

    #: The cause is still looked for.
    OPEN = "open"
    #: It is known, and there is a way around it.
    KNOWN = "known_error"
    #: It is fixed for good.
    FIXED = "fixed"


class Problem(SQLModel, table=True):
    """The permanent fix of several incidents, PRB-1 and so on. `private`: it was begun in a private incident, and stays
    with that one."""

    __table_args__ = (
        Index("problem_open", "id", sqlite_where=text("state IN ('open','known_error')"),
              postgresql_where=text("state IN ('open','known_error')")),
    )  # fmt: skip
    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(sa_type=Text)
    state: ProblemState = Field(default=ProblemState.OPEN, sa_type=word(ProblemState))
    private: bool = False
    owner: str | None = None
    due: date | None = None
    workaround: str = Field(default="", sa_type=Text)
    fix: str = Field(default="", sa_type=Text)
    by: str
    at: datetime = Field(sa_type=UtcTime)
    fixed_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ProblemIncident(SQLModel, table=True):
    """An incident that a problem explains."""

    __table_args__ = (UniqueConstraint("problem", "incident"),)
    id: int | None = Field(default=None, primary_key=True)
    problem: int = Field(foreign_key="problem.id")
    incident: int = Field(foreign_key="incident.number", index=True)
    by: str
    at: datetime = Field(sa_type=UtcTime)
