"""The journal: an append-only, hash-chained record of facts, and the keys of requests already carried out."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.types import Json, UtcTime


class JournalEntry(SQLModel, table=True):
    """One fact of one subject. `hash` covers the entry and `prev_hash`, so an edit anywhere breaks the chain."""

    __table_args__ = (UniqueConstraint("subject", "n"),)
    seq: int | None = Field(default=None, primary_key=True)
    subject: str
    n: int
    fact: str
    actor: str
    at: datetime = Field(sa_type=UtcTime)
    body: str = Field(sa_type=Text)
    prev_hash: str
    hash: str


class Chain(SQLModel, table=True):
    """Head and length of each subject's chain; locked before an entry is added."""

    subject: str = Field(primary_key=True)
    n: int = 0
    head: str = ""


class OnceKey(SQLModel, table=True):
    """A request that was carried out, with the answer its duplicate receives. Kept as `retention.keys` says."""

    key: str = Field(primary_key=True)
    answer: Any = Field(default=None, sa_type=Json)
    at: datetime = Field(sa_type=UtcTime, index=True)
