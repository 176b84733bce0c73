"""The outbox: what is owed to the outside, and every attempt to send it."""

from datetime import datetime
from enum import StrEnum, nonmember
from typing import Any

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime, word


class DeliveryState(StrEnum):
    """How far something owed is."""

    #: To be sent as soon as its time comes, its lane is free and what it waits for is settled.
    PENDING = "pending"
    #: A sender has taken it, until `lease_until`.
    LEASED = "leased"
    #: The other side refuses our credentials: it waits for working ones.
    PARKED = "parked"
    #: It arrived, or there was nothing to send.
    SENT = "sent"
    #: Given up: no attempt can make it arrive.
    FAILED = "failed"
    #: Taken back before it left.
    DROPPED = "dropped"

    UNSETTLED = nonmember((PENDING, LEASED, PARKED))
    """It may still be sent."""
    SETTLED = nonmember((SENT, FAILED, DROPPED))
    """Nothing becomes of it any more."""


class AttemptOutcome(StrEnum):
    """How one try ended."""

    #: The other side has it.
    SENT = "sent"
    #: There was nothing to send, so that nobody was asked anything: no proof that anything works.
    NOTHING = "nothing"
    #: It never reached the other side.
    NOT_APPLIED = "not_applied"
    #: It may have been done: the other side is asked before it is tried again.
    AMBIGUOUS = "ambiguous"
    #: The other side said when to come back.
    RATE = "rate"
    #: This recipient cannot have it now; others can.
    RECIPIENT = "recipient"
    #: It will never work for this recipient.
    PERMANENT = "permanent"
    #: This workspace or app cannot do that at all.
    LACKING = "lacking"
    #: The other side refuses our credentials.
    AUTH = "auth"
    #: The other side refuses the content.
    POISON = "poison"
    #: What it needs was not there yet.
    WAITING = "waiting"


class Delivery(SQLModel, table=True):
    """One message or call owed.

    `lane` is first in, first out. `after` names the delivery that must be settled first. `once` coalesces: at most one
    pending row has it, and a claim clears it. `asks` names what a message asks of people until that is settled: then it
    is cleared and the message is put right. `not_before`, `lease_until` and the attempts run on real time, never on
    a pushed clock. `ambiguous_since` is set when an earlier attempt may have been applied: look before sending again.
    """

    __table_args__ = (
        Index("delivery_lane", "lane", "id", sqlite_where=text("state IN ('pending','leased','parked')"),
              postgresql_where=text("state IN ('pending','leased','parked')")),
        Index("delivery_past", "lane", "id", sqlite_where=text("state IN ('sent','failed','dropped')"),
              postgresql_where=text("state IN ('sent','failed','dropped')")),
        Index("delivery_once", "once", unique=True, sqlite_where=text("state = 'pending'"),
              postgresql_where=text("state = 'pending'")),
        Index("delivery_asks", "asks", sqlite_where=text("asks IS NOT NULL"),
              postgresql_where=text("asks IS NOT NULL")),
    )  # fmt: skip
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    lane: str
    after: int | None = None
    once: str | None = None
    asks: str | None = None
    priority: int = 5
    payload: dict[str, Any] = Field(sa_type=Json)
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=word(DeliveryState))
    created_at: datetime = Field(sa_type=UtcTime)
    not_before: datetime = Field(sa_type=UtcTime)
    attempts: int = 0
    ambiguous_since: datetime | None = Field(default=None, sa_type=UtcTime)
    lease: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    result: dict[str, Any] | None = Field(default=None, sa_type=Json)
    rendered: str | None = Field(default=None, sa_type=Text)
    error: str | None = Field(default=None, sa_type=Text)


class Attempt(SQLModel, table=True):
    """One try at a delivery: the proof for users and for the auditor.

    It started and ended in real time, as the other side has it in its records; `at` is the end on the clock that pages
    and incidents run on, which a sandbox may have pushed.
    """

    id: int | None = Field(default=None, primary_key=True)
    delivery: int = Field(foreign_key="delivery.id", index=True)
    key: str = Field(index=True)
    n: int
    started_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime = Field(sa_type=UtcTime)
    at: datetime = Field(sa_type=UtcTime)
    outcome: AttemptOutcome = Field(sa_type=word(AttemptOutcome))
    reason: str = Field(default="", sa_type=Text)


class Timer(SQLModel, table=True):
    """`kind` names the rule, `subject` the record it is about ("escalation:7"); at most one per pair."""

    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    due_at: datetime = Field(sa_type=UtcTime, index=True)
