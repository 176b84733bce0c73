"""What whoever commands an incident keeps: offers of command, decisions, actions, mitigations, links, streams."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.types import UtcTime, word


class OfferState(StrEnum):
    """How the offer of command stands."""

    #: Whoever was asked has not answered.
    OFFERED = "offered"
    #: They have command.
    ACCEPTED = "accepted"
    #: They said no.
    DECLINED = "declined"
    #: They did not answer in time.
    EXPIRED = "expired"
    #: It was taken back, or there is nothing to command any more.
    WITHDRAWN = "withdrawn"


class CommandOffer(SQLModel, table=True):
    """Command, offered by `giver` (or in their name, `by` somebody else) to `person`. It moves on acceptance alone."""

    __table_args__ = (
        Index("one_offer", "incident", unique=True,
              sqlite_where=text("state = 'offered'"), postgresql_where=text("state = 'offered'")),
    )  # fmt: skip
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    giver: str
    person: str
    by: str
    state: OfferState = Field(default=OfferState.OFFERED, sa_type=word(OfferState))
    brief: str = Field(default="", sa_type=Text)
    worry: str = Field(default="", sa_type=Text)
    offered_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    extended: int = 0
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class RulingState(StrEnum):
    """How a decision stands."""

    #: Said, and open to strong objections.
    PROPOSED = "proposed"
    #: Somebody objects: whoever decided says how it goes on.
    OBJECTED = "objected"
    #: It stands.
    DECIDED = "decided"
    #: It is still to be made, by `due_at` or under a condition.
    PENDING = "pending"
    #: It was given up.
    DROPPED = "dropped"


class Ruling(SQLModel, table=True):
    """A decision about the course of an incident, D1, D2 and so on: by whom, why, and whether anybody objected."""

    __table_args__ = (UniqueConstraint("incident", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    number: int
    text: str = Field(sa_type=Text)
    by: str
    at: datetime = Field(sa_type=UtcTime)
    state: RulingState = Field(default=RulingState.DECIDED, sa_type=word(RulingState))
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    condition: str = Field(default="", sa_type=Text)
    objector: str | None = None
    objection: str = Field(default="", sa_type=Text)
    settled_by: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ActionState(StrEnum):
    """How far an action is."""

    #: still to be done
    OPEN = "open"
    #: ticked
    DONE = "done"
    #: nobody does it any more
    DROPPED = "dropped"


class Action(SQLModel, table=True):
    """Something to do in a running incident, A1, A2 and so on: who does it, and until when."""

    __table_args__ = (UniqueConstraint("incident", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    number: int
    text: str = Field(sa_type=Text)
    owner: str
    by: str
    at: datetime = Field(sa_type=UtcTime)
    state: ActionState = Field(default=ActionState.OPEN, sa_type=word(ActionState))
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    nudged: int = 0
    settled_by: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class MitigationState(StrEnum):
    """What became of a mitigation."""

    #: begun, without a result yet
    RUNNING = "running"
    #: the impact is gone
    WORKED = "worked"
    #: the impact is smaller
    PARTLY = "partly"
    #: it changed nothing
    FAILED = "failed"


class Mitigation(SQLModel, table=True):
    """Something that was tried against the impact, M1, M2 and so on, and how to take it back."""

    __table_args__ = (UniqueConstraint("incident", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    number: int
    kind: str = ""
    text: str = Field(sa_type=Text)
    owner: str
    rollback: str = Field(default="", sa_type=Text)
    state: MitigationState = Field(default=MitigationState.RUNNING, sa_type=word(MitigationState))
    result: str = Field(default="", sa_type=Text)
    started_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


class IncidentLink(SQLModel, table=True):
    """An address that belongs to an incident: a ticket, the call, a dashboard. One that was removed stays, with when;
    `bookmark` is Slack's name for what stands above the room `channel` because of it, and `shown` what that says."""

    __table_args__ = (UniqueConstraint("incident", "url"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    kind: str
    url: str = Field(sa_type=Text)
    title: str = Field(default="", sa_type=Text)
    by: str
    at: datetime = Field(sa_type=UtcTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    bookmark: str | None = None
    channel: str | None = None
    shown: str | None = Field(default=None, sa_type=Text)


class ChangeEvent(SQLModel, table=True):
    """Something that was changed in what we run: a deploy, a flag, a configuration. `key` makes it count once."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str = "deploy"
    service: str | None = None
    summary: str = Field(sa_type=Text)
    by: str = ""
    url: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=UtcTime, index=True)


class Stream(SQLModel, table=True):
    """A part of the work on an incident with a channel and a lead of its own."""

    __table_args__ = (UniqueConstraint("incident", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number", index=True)
    name: str
    lead: str | None = None
    by: str
    at: datetime = Field(sa_type=UtcTime)
    channel_id: str | None = Field(default=None, index=True)
    channel_name: str | None = None
    status: str = Field(default="", sa_type=Text)
    status_by: str | None = None
    status_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
