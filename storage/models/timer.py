"""Timers are rows: armed by an upsert, disarmed by a delete, in the transaction that decides it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.models.types import UtcTime


class Timer(SQLModel, table=True):
    """`kind` names the rule, `subject` the record it is about ("escalation:7"); at most one per pair."""

    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    due_at: datetime = Field(sa_type=UtcTime, index=True)
