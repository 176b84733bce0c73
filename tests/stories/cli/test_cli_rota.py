"""Overrides, cover and history at the command line, with and without a running bot."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog import load
from bot.clock import ManualClock
from bot.domain.core.people import TOCSIN
from bot.services import work_factory
from bot.services.schedules import history
from storage import schema
from storage.db import Database
from storage.queries import schedules as schedule_queries
from tests.domain.catalogs import DEMO
from tests.stories.terminal import Terminal

NAME = "primary-oncall"


def day(number: int, hour: int = 12) -> str:
    """A day from now at noon, local to the schedule."""
    return f"{datetime.now(UTC) + timedelta(days=number):%Y-%m-%d}T{hour:02}:00"


def who(tocsin: Terminal, at: str) -> list[str]:
    return list(tocsin.json("oncall", "who", "--schedule", NAME, "--at", at)["people"])


@pytest.mark.both_databases
def test_an_override_is_made_listed_seen_everywhere_and_cancelled(here: Terminal) -> None:
    window = ["--schedule", NAME, "--from", day(2), "--to", day(2, 18)]
    before = who(here, day(2, 13))[0]
    made = here.json("oncall", "override", *window, "--replace", before, "--with", "eve", "--note", "a family day")
    assert (made["answer"], made["override"], made["alone"]) == ("override_added", 1, [])
    assert {one["gains"] for one in made["changes"]} == {True, False}
    assert who(here, day(2, 13)) == ["eve"]
    plan = here.json("oncall", "shifts", *window[:2], "--from", day(2, 11), "--to", day(2, 19))
    assert [(row["people"], row["override"]) for row in plan] == [([before], False), (["eve"], True), ([before], False)]
    levels = here.json("oncall", "preview", "--policy", "critical", "--at", day(2, 13))["levels"]
    assert [one["person"] for one in levels[0]["people"]] == ["eve"]
    assert "Eve Novak for" in here("oncall", "override", "list")
    assert here.json("oncall", "override", "list")[0]["note"] == "a family day"
    assert "is cancelled" in here("oncall", "override", "cancel", "1")
    assert who(here, day(2, 13)) == [before]
    assert here("oncall", "override", "list") == "No overrides.\n"
    assert "(cancelled)" in here("oncall", "override", "list", "--all")


def test_a_hole_made_on_purpose_is_said(here: Terminal) -> None:
    before = who(here, day(2, 13))[0]
    shown = here("oncall", "override", "--schedule", NAME, "--from", day(2), "--to", day(2, 18), "--remove", before)
    assert "loses" in shown
    assert "NO ONE is on call" in shown
    gaps = here.json("oncall", "gaps", "--schedule", NAME, "--from", day(2, 0), "--to", day(3, 0))
    assert len(gaps) == 1


def test_a_temporary_schedule_replaces_everything(here: Terminal) -> None:
    here("oncall", "override", "--schedule", NAME, "--from", day(2), "--to", day(9), "--only", "dee", "eve")
    assert who(here, day(5)) == ["dee", "eve"]


def test_cover_is_asked_for_and_taken(here: Terminal) -> None:
    mine = who(here, day(2, 13))[0]
    window = ["--schedule", NAME, "--from", day(2), "--to", day(2, 18)]
    here("oncall", "swap", *window, "--note", "school play", "--as", mine)
    assert "asks for cover" in here("oncall", "swap", "list")
    assert "can't take your own shift" in here.refuses("oncall", "swap", "take", "1", "--as", mine)
    here("oncall", "swap", "take", "1", "--as", "eve")
    assert who(here, day(2, 13)) == ["eve"]
    assert here("oncall", "swap", "list") == "No one asks for cover or a swap.\n"
    assert "already; nothing was changed" not in here.json("oncall", "swap", "take", "1", "--as", "dee")["message"]


@pytest.mark.both_databases
def test_two_people_swap(here: Terminal) -> None:
    mine = who(here, day(2, 13))[0]
    theirs = next(who(here, day(number, 13))[0] for number in range(3, 30) if who(here, day(number, 13))[0] != mine)
    back = next(number for number in range(3, 30) if who(here, day(number, 13)) == [theirs])
    window = ["--schedule", NAME, "--from", day(2), "--to", day(2, 18)]
    asked = ["oncall", "swap", *window, "--with", theirs, "--as", mine]
    assert "a swap needs" in here.refuses(*asked, ends=2)
    shown = here(*asked, "--back-from", day(back), "--back-to", day(back, 18))
    assert shown.count(" takes ") == 2, "who is affected, before anything changes"
    assert "to swap it for" in here("oncall", "swap", "list")
    assert "was asked for this" in here.refuses("oncall", "swap", "take", "1", "--as", "eve")
    here("oncall", "swap", "take", "1", "--as", theirs)
    assert (who(here, day(2, 13)), who(here, day(back, 13))) == ([theirs], [mine])
    here(*asked[:3], NAME, "--from", day(2, 18), "--to", day(2, 20), *asked[-4:], "--back-from", day(back, 19),
         "--back-to", day(back, 20))  # fmt: skip
    here("oncall", "swap", "decline", "2", "--as", theirs)
    assert here("oncall", "swap", "list") == "No one asks for cover or a swap.\n"


def test_two_weeks_as_a_picture(tocsin: Terminal) -> None:
    asked = ("oncall", "picture", "--schedule", NAME, "-o", "primary.png")
    assert "primary-oncall (Europe/Madrid): " in tocsin(*asked)
    assert Path("primary.png").read_bytes().startswith(b"\x89PNG")
    assert "(Asia/Tokyo)" in tocsin.json(*asked, "--zone", "Asia/Tokyo", "--from", "2026-12-24")["summary"]
    assert "is not a time zone" in tocsin.refuses(*asked, "--zone", "Mars", ends=2)
    assert "cannot be written" in tocsin.refuses(*asked[:-1], "nowhere/primary.png")


def test_without_a_database_there_are_none_and_that_is_no_error(tocsin: Terminal) -> None:
    assert tocsin.json("oncall", "override", "list") == []
    assert tocsin.json("oncall", "swap", "list") == []
    assert len(who(tocsin, day(2))) == 1
    assert tocsin("oncall", "shifts", "--schedule", NAME, "--history").startswith("Nothing is recorded")
    assert not Path("tocsin.db").exists()


def test_the_running_bot_is_asked(tocsin: Terminal, running: Database) -> None:
    made = tocsin.json(
        "oncall", "override", "--schedule", NAME, "--from", day(2), "--to", day(2, 18), "--add", "eve", "--as", "dee"
    )
    assert made["override"] == 1
    assert "eve" in who(tocsin, day(2, 13))
    assert "There is no override 9" in tocsin.refuses("oncall", "override", "cancel", "9")


def test_a_database_that_cannot_be_asked_is_named_and_left_out(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("old.db").write_bytes(b"")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///old.db")
    assert len(json.loads(tocsin("oncall", "who", "--schedule", NAME, "--json"))["people"]) == 1
    assert "overrides are left out" in tocsin.err


MISTAKES = [
    (["override", "--schedule", NAME], 2, "--schedule, --from and --to"),
    (["override", "--schedule", NAME, "--from", "2030-01-01", "--to", "2030-01-02"], 2, "say what changes"),
    (["override", "--schedule", NAME, "--from", "lunch", "--to", "2030-01-02", "--add", "eve"], 2, "is not a time"),
    (["override", "--schedule", "primry", "--from", "2030-01-01", "--to", "2030-01-02", "--add", "eve"], 1, "primary"),
    (["override", "--schedule", NAME, "--from", "2030-01-01", "--to", "2030-01-02", "--add", "zoe"], 1, 'who "zoe" is'),
    (["override", "--schedule", NAME, "--from", "2030-01-01", "--to", "2030-01-02", "--replace", "ana"], 2, "--with"),
    (
        ["override", "--schedule", NAME, "--from", "2020-01-01", "--to", "2020-01-02", "--add", "eve"],
        1,
        "Thu 2 Jan 2020 00:00 is over",
    ),
    (
        ["override", "--schedule", NAME, "--from", "2027-03-28T02:30", "--to", "2027-03-28T08:00", "--add", "eve"],
        2,
        '"2027-03-28T02:30" doesn\'t exist in Europe/Madrid: the clock is put forward then.',
    ),
    (["override", "--schedule", NAME, "--from", "2030-01-02", "--to", "2030-01-01", "--add", "eve"], 1, "no time at"),
    (["override", "cancel"], 2, "say which one"),
    (["override", "cancel", "7"], 1, "There is no override 7"),
    (["swap", "take", "7"], 1, "There is no request for cover 7"),
    (["swap", "--schedule", NAME, "--from", "2030-01-01", "--to", "2030-01-02", "--as", "li"], 1, "is not on call"),
]


@pytest.mark.parametrize(("words", "ends", "sentence"), MISTAKES)
def test_a_mistake_is_a_sentence(tocsin: Terminal, words: list[str], ends: int, sentence: str) -> None:
    said = tocsin.refuses("oncall", *words, ends=ends)
    assert sentence in said
    assert len(said.splitlines()) == 1


# history is fact


@pytest.mark.both_databases
def test_history_stays_true_after_the_configuration_changed(
    here: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)
    _lived_through(database_url, begin, days=29)
    at = f"{begin + timedelta(days=10):%Y-%m-%dT%H:%M:%S+00:00}"
    before = who(here, at)
    Path("new.yml").write_text(DEMO.read_text().replace("people: [ana, bo, cy]", "people: [eve]"))
    monkeypatch.setenv("TOCSIN_CONFIG", "new.yml")
    assert before != ["eve"]
    assert who(here, at) == before
    window = ["--from", begin.isoformat(), "--to", at, "--history"]
    rows = here.json("oncall", "shifts", "--schedule", NAME, *window)
    assert rows[-1]["people"] == before
    assert all("eve" not in row["people"] for row in rows)
    assert who(here, day(2)) == ["eve"]


def _lived_through(url: str, begin: datetime, days: int) -> None:
    """A bot that looked at its schedules at the beginning, and came back after all these days."""
    database, clock, catalog = Database(url), ManualClock(begin), load(DEMO)
    schema.ready(database.engine, migrate=True)
    desk = work_factory.make(database, clock, lambda: catalog)
    history.sweep(desk)
    clock.forward(timedelta(days=days))
    with desk.work(TOCSIN) as w:
        history.hold(w)
    with desk.read() as session:
        assert len(schedule_queries.periods(session, NAME, begin, clock.now())) >= 4
    database.close()
