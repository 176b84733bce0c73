"""A running escalation policy and the pages it owes, one person each."""

from datetime import datetime
from enum import StrEnum, nonmember
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime, word


class EscalationState(StrEnum):
    """How far a policy at work is."""

    #: Its levels are asked, one after the other.
    RUNNING = "running"
    #: Somebody keeps it from asking anybody, until a moment or until it is resumed.
    PAUSED = "paused"
    #: Somebody has it.
    ACKNOWLEDGED = "acknowledged"
    #: Everybody was asked as often as the policy says, and nobody has it; an answer still counts.
    EXHAUSTED = "exhausted"
    #: Nobody is wanted any more: the incident ended, or the offer was withdrawn.
    STOPPED = "stopped"

    GOING_ON = nonmember((RUNNING, PAUSED))
    """People are asked, or will be again."""
    LIVE = nonmember((RUNNING, PAUSED, EXHAUSTED))
    """Nobody has it: an answer is still wanted."""


class EscalationKind(StrEnum):
    """Where an escalation came from."""

    #: The policy of the incident's service or severity.
    POLICY = "policy"
    #: Somebody was paged by hand.
    ASKED = "asked"
    #: The holder of its `parent` offers that one to somebody.
    HANDOVER = "handover"
    #: A team beside the people on call.
    SPECIALIST = "specialist"
    #: A decision is asked for.
    QUESTION = "question"
    #: Somebody tests how they are reached; it belongs to no incident.
    TEST = "test"

    ASIDE = nonmember((HANDOVER, SPECIALIST, QUESTION))
    """Beside the incident's own: each is answered by those whom it asks, and by nobody else."""
    NOT_PAGED = nonmember((TEST, HANDOVER))
    """They wake nobody: a test of one's own, and an offer between two who are awake."""


class PageState(StrEnum):
    """What became of asking one person."""

    #: It has not left yet.
    OWED = "owed"
    #: It left; their answer is awaited.
    SENT = "sent"
    #: They have it.
    ACKNOWLEDGED = "acknowledged"
    #: They cannot take it.
    DECLINED = "declined"
    #: Others were asked after them: their time ran out, or somebody moved it on.
    MISSED = "missed"
    #: Nothing is asked of them any more.
    RELEASED = "released"
    #: No way reached them.
    FAILED = "failed"

    WAITING = nonmember((OWED, SENT))
    """Their answer is awaited."""
    WANTED = nonmember((OWED, SENT, MISSED))
    """They are still to be reached: a page that was missed goes on, with the rest."""


class StepState(StrEnum):
    """What became of one way of telling one page."""

    #: Its time has not come: it is used at `due_at`, or earlier when another way fails or is slow.
    WAITING = "waiting"
    #: It is used, and has not left yet.
    OWED = "owed"
    #: It arrived.
    SENT = "sent"
    #: It was tried in vain.
    FAILED = "failed"
    #: It was never used; `note` says why.
    SKIPPED = "skipped"
    #: Nobody wanted it any more before it left.
    DROPPED = "dropped"

    PENDING = nonmember((WAITING, OWED))
    """It has still to leave."""
    IN_USE = nonmember((WAITING, OWED, SENT))
    """It has reached somebody, or may yet."""


class Escalation(SQLModel, table=True):
    """A policy at work. `policy` is the snapshot taken at its start, so an edit moves no page under somebody's feet.

    `level` counts from 0, `cycle` from 0.
    `first_cycle` is the round in which asking began anew after an answer was withdrawn: rounds are counted from it.
    `confirmed_at` is the last sign that the holder is at work, `asked_at` since when they are asked for one. `alarms`
    counts how often nobody took it was said. `decision` is why this policy was chosen, as
    `bot.domain.paging.reasons` wrote it then.
    """

    __table_args__ = (
        Index("escalation_live", "incident", sqlite_where=text("state IN ('running','paused','exhausted')"),
              postgresql_where=text("state IN ('running','paused','exhausted')")),
    )  # fmt: skip
    id: int | None = Field(default=None, primary_key=True)
    incident: int | None = Field(default=None, foreign_key="incident.number", index=True)
    kind: EscalationKind = Field(default=EscalationKind.POLICY, sa_type=word(EscalationKind))
    parent: int | None = Field(default=None, foreign_key="escalation.id", index=True)
    policy_name: str
    policy: dict[str, Any] = Field(sa_type=Json)
    reason: str = ""
    decision: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    level: int = 0
    cycle: int = 0
    first_cycle: int = 0
    state: EscalationState = Field(default=EscalationState.RUNNING, sa_type=word(EscalationState))
    started_at: datetime = Field(sa_type=UtcTime)
    next_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_by: str | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    asked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcTime)
    paused_by: str | None = None
    alarms: int = 0
    thread_channel: str | None = None
    thread_ts: str | None = None


class Page(SQLModel, table=True):
    """One person asked once.

    `decision` is why it was them, as it was decided then: target, schedule, layer, override
    (`bot.domain.paging.reasons`).
    """

    __table_args__ = (
        UniqueConstraint("escalation", "cycle", "level", "person"),
        Index("page_waiting", "slack", sqlite_where=text("state IN ('owed','sent')"),
              postgresql_where=text("state IN ('owed','sent')")),
    )  # fmt: skip
    id: int | None = Field(default=None, primary_key=True)
    escalation: int = Field(foreign_key="escalation.id", index=True)
    incident: int | None = Field(default=None, foreign_key="incident.number", index=True)
    cycle: int
    level: int
    person: str
    slack: str | None = None
    why: str
    decision: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    state: PageState = Field(default=PageState.OWED, sa_type=word(PageState))
    owed_at: datetime = Field(sa_type=UtcTime, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    channel: str | None = None
    ts: str | None = None
    note: str = ""


class PageStep(SQLModel, table=True):
    """One page by one way.

    `label` shows the address without giving it away. `late_at` is
    when the step had still not left, so that the next one was hurried.
    """

    __table_args__ = (UniqueConstraint("page", "via"),)
    id: int | None = Field(default=None, primary_key=True)
    page: int = Field(foreign_key="page.id", index=True)
    via: str
    label: str = ""
    due_at: datetime = Field(sa_type=UtcTime)
    state: StepState = Field(default=StepState.WAITING, sa_type=word(StepState))
    late_at: datetime | None = Field(default=None, sa_type=UtcTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    note: str = ""
