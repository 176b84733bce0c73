"""Life on call at the command line: calendars out and in, health, pay; beside a running bot and without one."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.catalog import load
from bot.clock import SystemClock
from bot.domain.core.people import TOCSIN, Actor
from bot.services import work_factory
from bot.services.core import incident as incidents
from bot.services.incidents import lifecycle
from bot.services.paging import escalations
from storage.db import Database
from storage.models import HandoffNote, HandoffRating
from tests.stories.terminal import DEMO, Terminal, running_bot

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)


def calendar(*lines: str) -> str:
    """A file with one event of eight hours, three days from now."""
    times = [f"DT{name}:{at:%Y%m%dT%H%M%SZ}" for name, at in (("START", SOON), ("END", SOON + timedelta(hours=8)))]
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:one", *times, *lines, "END:VEVENT", "END:VCALENDAR"]
    Path("away.ics").write_text("\r\n".join(body))
    return "away.ics"


def test_a_calendar_of_shifts_needs_no_database(tocsin: Terminal) -> None:
    printed = Calendar.from_ical(tocsin("oncall", "ics", "--schedule", "primary-oncall"))
    assert len(printed.walk("VEVENT")) > 20
    tocsin("oncall", "ics", "--person", "@Ana", "-o", "ana.ics")
    assert "On call: primary-oncall" in Path("ana.ics").read_text()
    assert "did you mean" in tocsin.refuses("oncall", "ics", "--schedule", "primary")
    assert "can't tell who" in tocsin.refuses("oncall", "ics", "--person", "zoe")


def test_the_address_of_a_calendar_needs_a_public_address_and_a_key(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_SECRET_KEY", "a" * 40)
    assert "TOCSIN_BASE_URL is not set" in tocsin.refuses("oncall", "ics", "--person", "ana", "--url")
    monkeypatch.setenv("TOCSIN_BASE_URL", "https://tocsin.example/")
    assert tocsin("oncall", "ics", "--person", "ana", "--url").startswith(
        "https://tocsin.example/oncall/person/ana.ics?key="
    )
    monkeypatch.delenv("TOCSIN_SECRET_KEY")
    tocsin("migrate")
    assert "there is no key for addresses yet" in tocsin.refuses("oncall", "ics", "--person", "ana", "--url")


@pytest.mark.parametrize("held", [True, False], ids=["by a running bot", "alone"])
def test_a_calendar_is_brought_in_once(tocsin: Terminal, held: bool, tmp_path: Path) -> None:
    if held:
        with running_bot(tmp_path):
            _bring_in(tocsin)
    else:
        tocsin("migrate")
        _bring_in(tocsin)


def _bring_in(tocsin: Terminal) -> None:
    asked = ("oncall", "import", calendar("SUMMARY:Li Wei stands in"), "--schedule", "primary-oncall")
    tried = tocsin.json(*asked, "--dry-run")
    assert [one["person"] for one in tried["made"]] == ["li"]
    done = tocsin.json(*asked)
    assert (done["made"][0]["kind"], done["cancelled"], done["unchanged"]) == ("only", [], 0)
    at = (SOON + timedelta(hours=1)).isoformat()
    assert tocsin.json("oncall", "who", "--schedule", "primary-oncall", "--at", at)["people"] == ["li"]
    again = tocsin.json(*asked)
    assert (again["made"], again["unchanged"]) == ([], 1)
    moved = ("oncall", "import", calendar("SUMMARY:Eve Novak stands in"), "--schedule", "primary-oncall")
    assert "1 made, 1 cancelled, 0 as before." in tocsin(*moved)
    gone = ("oncall", "import", calendar("SUMMARY:Eve Novak", "STATUS:CANCELLED"), "--schedule", "primary-oncall")
    assert tocsin.json(*gone)["cancelled"] == [2]
    assert tocsin.json("oncall", "who", "--schedule", "primary-oncall", "--at", at)["people"] != ["eve"]


def test_time_off_says_which_gaps_it_opens_before_and_after(tocsin: Terminal) -> None:
    tocsin("migrate")
    at = (SOON + timedelta(hours=1)).isoformat()
    (who,) = tocsin.json("oncall", "who", "--schedule", "primary-oncall", "--at", at)["people"]
    asked = ("oncall", "import", calendar(f"SUMMARY:{who} away"), "--schedule", "primary-oncall", "--kind", "time-off")
    tried = tocsin.json(*asked, "--dry-run")
    slack = load(DEMO).people[who].slack
    assert (tried["gap_hours"], [one["was"] for one in tried["gaps"]]) == (8.0, [[slack]])
    assert "Would open 1 gap, 8 h in all, with no one on call:" in tocsin(*asked, "--dry-run")
    assert tocsin.json("oncall", "who", "--schedule", "primary-oncall", "--at", at)["people"] == [who]
    done = tocsin(*asked)
    assert "Opens 1 gap, 8 h in all" in done
    assert f"was {load(DEMO).people[who].name}" in done
    assert (tocsin.json(*asked)["gaps"], tocsin.json(*asked)["unchanged"]) == ([], 1)


def test_a_calendar_that_cannot_be_used_is_refused_in_a_sentence(tocsin: Terminal) -> None:
    tocsin("migrate")
    Path("x.ics").write_text("hello")
    assert "not a calendar" in tocsin.refuses("oncall", "import", "x.ics", "--schedule", "primary-oncall")
    assert "cannot be read" in tocsin.refuses("oncall", "import", "none.ics", "--schedule", "primary-oncall")
    Path("x.ics").write_bytes(b"\xff\xfe")
    assert "not text in UTF-8" in tocsin.refuses("oncall", "import", "x.ics", "--schedule", "primary-oncall")
    who = ("oncall", "import", calendar("SUMMARY:Zoe"), "--schedule", "primary-oncall", "--kind", "time-off")
    assert "0 made" in tocsin(*who)
    assert "names no one in tocsin.yml" in tocsin.err


@pytest.fixture
def lived(tocsin: Terminal, tmp_path: Path) -> Database:
    """One incident that Ana took and resolved, and one that was a false alarm."""
    tocsin("migrate")
    database = Database(f"sqlite:///{tmp_path / 'tocsin.db'}")
    catalog = load(DEMO)
    desk = work_factory.make(database, SystemClock(), lambda: catalog)
    for number in (1, 2):
        with desk.work(Actor("U01LI")) as w:
            lifecycle.declare(w, lifecycle.Declaration("Search is slow", "sev2", service="search"))
        with desk.work(Actor("U01ANA")) as w:
            escalations.acknowledge(w, incidents.find(w, number))
    with desk.work(Actor("U01ANA")) as w:
        lifecycle.resolve(w, incidents.find(w, 1), lifecycle.Resolution("rolled back"))
    with desk.work(Actor("U01ANA")) as w:
        lifecycle.cancel(w, incidents.find(w, 2), "a test of the alarm")
    with desk.work(TOCSIN) as w:
        note = HandoffNote(schedule="primary-oncall", start=w.now - timedelta(hours=1), since=w.now - timedelta(days=7),
                           outgoing=["ana", "bo"], incoming=["cy"])  # fmt: skip
        w.session.add(note)
        w.session.flush()
        w.session.add(HandoffRating(note=note.id or 0, person="ana", score=2, words="Noisy nights", at=w.now))
    database.close()
    return database


def test_the_figures_of_health(tocsin: Terminal, lived: Database) -> None:
    found = tocsin.json("oncall", "health", "--weeks", "2")
    everybody = found["everybody"]
    assert (everybody["pages"], everybody["false_alarms"], everybody["false_positive_pct"]) == (2, 1, 50.0)
    assert everybody["pages_per_week"] == 1.0
    assert everybody["verdict"]["false_positive_ok"] is False
    assert sum(one["pages"] for one in found["people"].values()) == 2
    assert round(sum(one["time_pct"] or 0 for one in found["people"].values())) == 100
    assert "Fewer false alarms: tune the alerts (most are about search)." in found["improvements"]
    assert found["turns"] == [{"schedule": "primary-oncall", "asked": 2, "answers": 1, "average": 2.0, "hard": 1,
                               "words": ["Noisy nights"]}]  # fmt: skip
    shown = tocsin("oncall", "health", "--weeks", "2")
    assert "shifts on primary-oncall: 2.0 of 5, 1 of 2 answered, 1 said hard or rough\n  'Noisy nights'\n" in shown
    assert "Easier shifts on primary-oncall" in shown
    printed = tocsin("oncall", "health")
    assert "below 5 pages a week" in printed
    assert "50 % (!)" in printed
    assert "from 1 to 520" in tocsin.refuses("oncall", "health", "--weeks", "0", ends=2)


def test_what_is_owed(tocsin: Terminal, lived: Database) -> None:
    today = datetime.now(UTC)
    first, last = (f"{today + timedelta(hours=hours):%Y-%m-%dT%H:%M}" for hours in (-168, 3))
    span = ("--from", first, "--to", last)
    paid = tocsin.json("oncall", "compensation", *span, "--model", "incident_based", "--rate", "80")
    assert {one["person"]: one["amount"] for one in paid["people"]}["ana"] == "160.00"
    days = tocsin.json("oncall", "compensation", *span, "--model", "fixed_stipend", "--rate", "10")
    assert sum(one["days"] for one in days["people"]) > 14, "primary and secondary, a week each"
    assert "h off" in tocsin("oncall", "compensation", *span, "--model", "comp_time")
    rows = list(csv.DictReader(StringIO(tocsin("oncall", "compensation", *span, "--model", "comp_time", "--csv"))))
    assert {row["person"] for row in rows} >= {"ana"}
    assert "on_call.compensation.hourly_rate" in tocsin.refuses(
        "oncall", "compensation", *span, "--model", "time_based"
    )
    assert "is not an amount" in tocsin.refuses(
        "oncall", "compensation", *span, "--model", "time_based", "--rate", "much", ends=2
    )


def test_an_override_without_effect_is_named(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It had an effect when it was made; then the file gave that time to somebody else."""
    tocsin("migrate")
    demo = DEMO.read_text("utf-8")
    weeks = demo.replace("people: [ana, bo, cy]}", "people: [li]}", 1)
    Path("tocsin.yml").write_text(weeks)
    at = ("--from", f"{SOON:%Y-%m-%dT%H:%M}+00:00", "--to", f"{SOON + timedelta(hours=8):%Y-%m-%dT%H:%M}+00:00")
    monkeypatch.setenv("TOCSIN_CONFIG", "tocsin.yml")
    tocsin("oncall", "override", "--schedule", "primary-oncall", *at, "--replace", "li", "--with", "dee")
    assert "without effect" not in tocsin("oncall", "override", "list") + tocsin("check")
    Path("tocsin.yml").write_text(weeks.replace("people: [li]}", "people: [eve]}", 1))
    assert "Dee Park for Li Wei (without effect)" in tocsin("oncall", "override", "list")
    assert [one["without_effect"] for one in tocsin.json("oncall", "override", "list")] == [True]
    sentence = "verride 1 on primary-oncall (Dee Park for Li Wei"
    assert f"note: o{sentence}" in tocsin("check")
    assert f"O{sentence}" in tocsin("oncall", "check", ends=1)
