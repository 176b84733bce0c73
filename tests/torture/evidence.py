"""What is known after a trial without asking the bot: what people did and were told, how Slack and the other services
stand at the end, and how each process ended. The journal and a few rows are there only to be compared with it."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from storage.db import Database
from storage.models import Delivery, JournalEntry, PageStep
from tests.torture.owed import Deed
from tests.torture.plan import Plan
from tests.torture.sights import Came, Shown

Json = dict[str, Any]


@dataclass(frozen=True)
class Exit:
    """How one process ended, and when in real time: its exit code, or the signal that killed it as a negative number.

    `caused` names what the trial did to it; "" when it did nothing. `mid_air`: by which ways pages were under way then,
    None where others went on meanwhile and it cannot be known.
    """

    status: int
    at: float
    caused: str = ""
    mid_air: frozenset[str] | None = None

    @property
    def is_kill(self) -> bool:
        return self.caused in ("killed", "crash point")


@dataclass
class Evidence:
    """`declares`: title -> was it acknowledged? `deeds`: all that people did, in order.

    `births`: when a bot was started, in seconds of real time. `jumps`: (real time, by how much the common clock runs
    ahead from then on). `arrivals`: what came beyond Slack. `alerts`: what other pagers believe at the end. `steps`
    and `leases` are rows of the bot: the stored reasons, and how often each page that left was claimed. `timelines`:
    what the bot answered at the end when it was asked for an incident's timeline, by title. `slowness`: how many times
    longer than on an idle machine everything may take.
    """

    plan: Plan
    declares: dict[str, bool] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    births: list[float] = field(default_factory=list)
    jumps: list[tuple[float, float]] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    restarts: list[float] = field(default_factory=list)
    kills: int = 0
    slowness: float = 1.0
    beyond: int = 0
    chain: str = ""
    shown: list[Shown] = field(default_factory=list)
    rooms: list[Json] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    timelines: dict[str, str] = field(default_factory=dict)
    ledger: list[Json] = field(default_factory=list)
    arrivals: list[Json] = field(default_factory=list)
    alerts: dict[str, str] = field(default_factory=dict)
    journal: list["Entry"] = field(default_factory=list)
    steps: list["Step"] = field(default_factory=list)
    leases: dict[str, int] = field(default_factory=dict)

    @property
    def interrupted(self) -> int:
        """How often a process or the database went away in the middle of whatever it did."""
        return self.kills + len(self.pauses) + len(self.restarts)

    @property
    def ambiguous(self) -> int:
        """Events after which no one but the other side can know what took effect."""
        faults = sum(1 for one in self.ledger if one["fault"])
        kills = sum(one.is_kill for one in self.exits)
        return kills + len(self.pauses) + len(self.restarts) + faults + self.beyond

    def incidents(self) -> dict[str, str]:
        """Title -> reference of each incident that was announced, as anybody reads it in the channel."""
        found = {}
        for title in self.declares:
            for one in self.announced(title):
                found[title] = one.reference
        return found

    def announced(self, title: str) -> list[Shown]:
        """Where it stands in the channel for incidents. The alarm that no one answered stands there too."""
        roots = [one for one in self.shown if one.channel == "incidents" and not one.thread]
        return [one for one in roots if title in one.words and "incident.ack" not in one.once]

    def facts(self, *names: str) -> list["Entry"]:
        return [one for one in self.journal if one.fact in names]


@dataclass(frozen=True)
class Entry:
    """One journal entry."""

    subject: str
    fact: str
    body: Json


@dataclass(frozen=True)
class Step:
    """One way of one page, and what became of it."""

    person: str
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
            found.journal = [Entry(row.subject, row.fact, json.loads(row.body)) for row in entries]
            asked = {one.body["page"]: one.body["person"] for one in found.facts("paging.paged")}
            steps = session.exec(select(PageStep).order_by(col(PageStep.id)))
            found.steps = [Step(asked.get(row.page, ""), row.via, row.state, row.note) for row in steps]
            left = select(Delivery).where(Delivery.state == "sent", col(Delivery.kind).in_(("page", "page.way")))
            found.leases = {row.key: row.attempts for row in session.exec(left)}
    finally:
        database.close()


def slowness() -> float:
    """How many processes wait for each core of this machine, as far as that excuses anything: threefold."""
    return min(3.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


def under_way(url: str) -> frozenset[str]:
    """By which ways pages were being sent when the last process died, before anybody takes them up again."""
    database = Database(url, exclusive=False)
    try:
        with database.read() as session:
            leased = select(Delivery).where(Delivery.state == "leased", col(Delivery.kind).in_(("page", "page.way")))
            return frozenset(str(row.payload.get("via", "slack")) for row in session.exec(leased))
    finally:
        database.close()
