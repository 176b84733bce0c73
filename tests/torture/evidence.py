"""What is known after a trial without asking the bot: what people were told, what Slack received, the journal."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from storage.db import Database
from storage.models import JournalEntry
from tests.torture.plan import Plan

Json = dict[str, Any]


@dataclass
class Evidence:
    """`declares`: title -> was it acknowledged? `presses`: the delivery key of a page -> was the press acknowledged?"""

    plan: Plan
    declares: dict[str, bool] = field(default_factory=dict)
    presses: dict[str, bool] = field(default_factory=dict)
    kills: int = 0
    chain: str = ""
    rooms: list[Json] = field(default_factory=list)
    ledger: list[Json] = field(default_factory=list)
    journal: list["Entry"] = field(default_factory=list)

    @property
    def ambiguous(self) -> int:
        """Events after which nobody but Slack can know what took effect."""
        return self.kills + sum(1 for one in self.ledger if one["fault"])

    def posts(self) -> list[str]:
        """The delivery key of every message that Slack received."""
        posted = [one for one in self.ledger if one["method"] == "chat.postMessage"]
        return [str(((one["metadata"] or {}).get("event_payload") or {}).get("key", "")) for one in posted]

    def facts(self, *names: str) -> list["Entry"]:
        return [one for one in self.journal if one.fact in names]


@dataclass(frozen=True)
class Entry:
    """One journal entry."""

    subject: str
    fact: str
    body: Json


def read_ledger(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def read_journal(url: str) -> list[Entry]:
    database = Database(url, exclusive=False)
    try:
        with database.read() as session:
            rows = session.exec(select(JournalEntry).order_by(col(JournalEntry.seq)))
            return [Entry(row.subject, row.fact, json.loads(row.body)) for row in rows]
    finally:
        database.close()
