"""Two processes on one database that have read different files: the newer one counts, and the difference is said."""

from datetime import UTC, datetime

from sqlmodel import col, select

from bot.catalog.loading import load_text
from bot.cli.doctor.installation import in_force
from bot.clock import ManualClock
from bot.domain.core.people import Actor
from bot.engine.watchdog import PATIENCE, Watch
from bot.services import work_factory
from bot.services.contact import reachability
from bot.services.incidents import lifecycle
from bot.services.incidents.lifecycle import Declaration
from bot.services.oncall import continuity
from bot.services.paging import policies
from bot.services.schedules import history
from bot.work import WorkFactory
from storage.db import Database
from storage.models import Delivery, Escalation, JournalEntry
from tests.domain.catalogs import DEMO

OLD = DEMO.read_text("utf-8")
NEW = OLD.replace("policy: critical", "policy: high").replace("people: [ana, bo, cy]", "people: [bo, cy, li]")


class Process:
    """One bot beside one file."""

    def __init__(self, database: Database, text: str) -> None:
        clock = ManualClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
        self.text, self.catalog = "", load_text(text, "tocsin.yml")
        self.desk: WorkFactory = work_factory.make(database, clock, lambda: self.catalog)
        self.watch = Watch(self.desk, connected=lambda: True, accepts=lambda via: True, problems=list,
                           apart=lambda: continuity.apart(self.desk))  # fmt: skip
        self.reads(text)

    def reads(self, text: str) -> None:
        """As a reload does."""
        new = load_text(text, "tocsin.yml")
        continuity.keep(self.desk, text, self.catalog, new)
        self.text, self.catalog = text, new
        self.sweeps()

    def sweeps(self) -> None:
        history.sweep(self.desk)
        policies.sweep(self.desk)
        reachability.sweep(self.desk)


def started(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.exec(select(Escalation.policy_name).order_by(col(Escalation.id))))


def entries(database: Database) -> int:
    with database.read() as session:
        return len(session.exec(select(JournalEntry.seq)).all())


def said(database: Database, template: str) -> list[Delivery]:
    with database.read() as session:
        return [one for one in session.exec(select(Delivery)) if one.payload.get("template") == template]


def test_the_file_that_was_read_last_counts_and_nothing_goes_to_and_fro(database: Database) -> None:
    behind, ahead = Process(database, OLD), Process(database, OLD)
    with behind.desk.work(Actor("U01ANA")) as w:
        lifecycle.declare(w, Declaration("Checkout returns 5xx", "sev1", service="checkout"))
    ahead.reads(NEW)
    after = entries(database)
    for _ in range(3):
        behind.sweeps()
        ahead.sweeps()
    assert started(database) == ["critical", "high"], "paging moved to the other policy once"
    assert entries(database) == after, "nobody is told anything in turn"
    behind.reads(NEW)
    assert entries(database) == after
    ahead.reads(OLD)
    assert started(database) == ["critical", "high", "critical"], "taken back, which is newer again"


def test_a_difference_that_lasts_is_said_once_by_whoever_is_behind(database: Database) -> None:
    behind, ahead = Process(database, OLD), Process(database, OLD)
    ahead.reads(NEW)
    for one in (behind, ahead):
        for _ in range(PATIENCE - 1):
            one.watch.other_processes()
    assert said(database, "configuration_differs") == [], "a file that is being rolled out is no news"
    for one in (behind, ahead, behind, ahead):
        one.watch.other_processes()
    told, *others = said(database, "configuration_differs")
    assert len({one.payload["to"] for one in (told, *others)}) == len(others) + 1, "each admin once"
    assert sorted(told.payload["values"]["sections"]) == ["schedules", "services"]
    assert "another process has read a newer file" in behind.watch.ailing()["configuration"]
    assert "configuration" not in ahead.watch.ailing()
    (found,) = in_force(database, load_text(OLD, "tocsin.yml"))
    assert (found.state, "schedules" in found.said) == ("warning", True)
    assert list(in_force(database, load_text(NEW, "tocsin.yml"))) == []
    behind.reads(NEW)
    behind.watch.other_processes()
    assert "configuration" not in behind.watch.ailing()
