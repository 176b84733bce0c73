"""What is known after a trial without asking the bot: what people were told, what Slack and the others received, the
journal, and the reasons that were stored."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from storage.db import Database
from storage.models import Delivery, JournalEntry, PageStep
from tests.torture.plan import Plan

Json = dict[str, Any]


@dataclass
class Evidence:
    """`declares`: title -> was it acknowledged? `presses`: the page that was answered -> was the answer acknowledged?

    `births`: when a bot was started, in seconds of real time. `arrivals`: what came beyond Slack. `alerts`: what other
    pagers believe at the end. `steps` and `leases` are rows of the bot: the stored reasons, and how often each page
    that left was claimed.
    """

    plan: Plan
    declares: dict[str, bool] = field(default_factory=dict)
    presses: dict[int, bool] = field(default_factory=dict)
    births: list[float] = field(default_factory=list)
    kills: int = 0
    pauses: int = 0
    restarts: int = 0
    beyond: int = 0
    chain: str = ""
    rooms: list[Json] = field(default_factory=list)
    ledger: list[Json] = field(default_factory=list)
    arrivals: list[Json] = field(default_factory=list)
    alerts: dict[str, str] = field(default_factory=dict)
    journal: list["Entry"] = field(default_factory=list)
    steps: list["Step"] = field(default_factory=list)
    leases: dict[str, int] = field(default_factory=dict)

    @property
    def interrupted(self) -> int:
        """How often a process or the database went away in the middle of whatever it did."""
        return self.kills + self.pauses + self.restarts

    @property
    def ambiguous(self) -> int:
        """Events after which nobody but Slack can know what took effect."""
        return self.interrupted + self.beyond + sum(1 for one in self.ledger if one["fault"])

    def posts(self) -> list[str]:
        """The delivery key of every message that Slack received and that was not taken away again."""
        gone = {(one["channel"], one["ts"]) for one in self.ledger if one["method"] == "chat.delete"}
        posted = [one for one in self.ledger if one["method"] == "chat.postMessage"]
        return [_key(one) for one in posted if (one["channel"], one["ts"]) not in gone]

    def reached(self) -> list[tuple[int, str, float]]:
        """(page, way, when) of everything that woke somebody, copies included."""
        slack = [(_key(one).split(":"), one["time"]) for one in self.ledger if one["method"] == "chat.postMessage"]
        found = [(int(key[1]), "slack", at) for key, at in slack if key[0] == "page" and key[2:] == ["slack"]]
        return [*found, *((page, one["service"], one["time"]) for one in self.arrivals for page in one["pages"])]

    def facts(self, *names: str) -> list["Entry"]:
        return [one for one in self.journal if one.fact in names]


def _key(call: Json) -> str:
    return str(((call["metadata"] or {}).get("event_payload") or {}).get("key", ""))


@dataclass(frozen=True)
class Entry:
    """One journal entry; `at` is business time."""

    subject: str
    fact: str
    body: Json
    at: datetime


@dataclass(frozen=True)
class Step:
    """One way of one page, and what became of it."""

    page: int
    via: str
    state: str
    note: str


def read_ledger(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def read_database(url: str, found: Evidence) -> None:
    """Fills in what is in the bot's database."""
    database = Database(url, exclusive=False)
    try:
        with database.read() as session:
            entries = session.exec(select(JournalEntry).order_by(col(JournalEntry.seq)))
            found.journal = [Entry(row.subject, row.fact, json.loads(row.body), row.at) for row in entries]
            steps = session.exec(select(PageStep).order_by(col(PageStep.id)))
            found.steps = [Step(row.page, row.via, row.state, row.note) for row in steps]
            left = select(Delivery).where(Delivery.state == "sent", col(Delivery.kind).in_(("page", "page.way")))
            found.leases = {row.key: row.attempts for row in session.exec(left)}
    finally:
        database.close()
