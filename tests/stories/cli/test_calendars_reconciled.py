"""A calendar that is imported again: what it holds is made, moved or as before, and what it holds no more ends."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.catalog import load
from storage.db import Database
from storage.models import Delivery
from tests.stories.terminal import DEMO, Terminal

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
IMPORT = ("oncall", "import")
INTO = ("--schedule", "ic-oncall", "--kind", "time-off")


@pytest.fixture
def everybody(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Dee and Eve are in command together at all times, so that either can be away at any."""
    file = Path("company.yml")
    file.write_text(DEMO.read_text("utf-8").replace("people: [dee, eve]}", "people: [[dee, eve]]}"), "utf-8")
    monkeypatch.setenv("TOCSIN_CONFIG", str(file))
    tocsin("migrate")
    return tocsin


def event(uid: str, day: int, hours: int = 4, title: str = "Dee away", *more: str) -> str:
    start = NOON + timedelta(days=day)
    times = [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{start + timedelta(hours=hours):%Y%m%dT%H%M%SZ}"]
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *times, *more, "END:VEVENT"])


def calendar(*events: str, file: str = "away.ics", name: str = "") -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", *([f"X-WR-CALNAME:{name}"] if name else [])]
    Path(file).write_text("\r\n".join([*head, *events, "END:VCALENDAR", ""]))
    return file


def standing(tocsin: Terminal) -> list[tuple[int, int]]:
    """(first day from today, hours) of each override that stands."""
    rows = tocsin.json("oncall", "override", "list")
    spans = [[datetime.fromisoformat(row[edge]) for edge in ("start", "end")] for row in rows]
    return [((start - NOON).days, round((end - start).total_seconds() / 3600)) for start, end in spans]


def brought(tocsin: Terminal, file: str, *options: str) -> Sequence[str]:
    """What each line says, in order of time."""
    return [one["what"] for one in tocsin.json(*IMPORT, file, *INTO, *options)["entries"]]


def test_each_entry_is_made_moved_ended_or_as_before(everybody: Terminal) -> None:
    assert brought(everybody, calendar(event("a", 3), event("b", 5), event("c", 7))) == ["made"] * 3
    assert brought(everybody, calendar(event("a", 3), event("b", 6))) == ["kept", "moved", "ended"]
    assert standing(everybody) == [(3, 4), (6, 4)]
    said = everybody(*IMPORT, calendar(event("b", 6, 4, "Eve away")), *INTO)
    assert "ended      " in said
    assert "moved      " in said
    assert 'Eve Novak "Eve away" (was ' in said
    assert brought(everybody, calendar()) == ["ended"], "a calendar that is empty now"
    assert standing(everybody) == []
    assert brought(everybody, calendar(event("a", 3))) == ["made"], "and back again"


def told() -> list[tuple[str, int]]:
    """Who was told of their shifts, and of how many stretches."""
    opened = Database(os.environ.get("DATABASE_URL", "sqlite:///tocsin.db"))
    try:
        with opened.read() as session:
            rows = session.exec(select(Delivery).order_by(col(Delivery.id))).all()
            return [(one.payload["person"], len(one.payload["values"]["changes"])) for one in rows
                    if one.payload.get("template") == "schedule_changed"]  # fmt: skip
    finally:
        opened.close()


def test_each_person_hears_once_of_all_that_an_import_changes(everybody: Terminal) -> None:
    brought(everybody, calendar(event("a", 3), event("b", 5), event("c", 7), event("d", 6, 4, "Eve away")))
    assert sorted(told()) == [("U01DEE", 3), ("U01EVE", 1)]
    brought(everybody, calendar(event("a", 3), event("b", 8)))
    assert sorted(told()[2:]) == [("U01DEE", 3), ("U01EVE", 1)], "a stretch that moved, two that ended"


def test_a_series_that_ends_earlier_ends_here_too(everybody: Terminal) -> None:
    assert brought(everybody, calendar(event("s", 2, 4, "Dee away", "RRULE:FREQ=DAILY;COUNT=4"))) == ["made"] * 4
    assert sorted(brought(everybody, calendar(event("s", 2, 4, "Dee away", "RRULE:FREQ=DAILY;COUNT=2")))) == [
        "ended", "ended", "kept", "kept",
    ]  # fmt: skip
    assert standing(everybody) == [(2, 4), (3, 4)]


def test_two_leaves_that_overlap_are_taken_together_and_apart(everybody: Terminal) -> None:
    both = calendar(event("a", 3, 8), event("b", 3, 12), event("c", 3, 4))
    assert sorted(brought(everybody, both)) == ["left_out", "made", "made"]
    assert standing(everybody) == [(3, 8), (3, 4)], "of the second what the first does not cover"
    assert brought(everybody, both)[1:] == ["kept", "kept"]
    assert sorted(brought(everybody, calendar(event("b", 3, 12)))) == ["ended", "moved"]
    assert standing(everybody) == [(3, 12)]


def test_what_somebody_took_back_or_made_by_hand_stays(everybody: Terminal) -> None:
    both = calendar(event("a", 3), event("b", 5, 8))
    everybody(*IMPORT, both, *INTO)
    everybody("oncall", "override", "cancel", "1")
    assert brought(everybody, both) == ["kept", "kept"]
    assert standing(everybody) == [(5, 8)]
    at = [f"{NOON + timedelta(days=9, hours=hours):%Y-%m-%dT%H:%M}+00:00" for hours in (1, 2)]
    everybody("oncall", "override", "--schedule", "ic-oncall", "--from", at[0], "--to", at[1], "--remove", "dee")
    assert brought(everybody, calendar(event("a", 3), event("b", 5, 8), event("c", 9)))[-1] == "made"
    assert standing(everybody) == [(5, 8), (9, 1), (9, 1), (9, 2)]
    assert brought(everybody, calendar(event("a", 3), event("b", 5, 8)))[-1] == "ended"
    assert standing(everybody) == [(5, 8), (9, 1)], "both parts end, and nothing that somebody made"


def test_a_calendar_is_known_by_its_name_or_its_file_or_its_events(everybody: Terminal) -> None:
    everybody(*IMPORT, calendar(event("a", 3), event("b", 5)), *INTO)
    assert brought(everybody, calendar(event("a", 3), file="download (1).ics")) == ["kept", "ended"]
    eve = calendar(event("e", 4, 4, "Eve away"), name="Calendar", file="eve.ics")
    everybody(*IMPORT, eve, *INTO)
    dee = calendar(event("d", 9), name="Calendar", file="dee.ics")
    refused = everybody.refuses(*IMPORT, dee, *INTO)
    assert 'imported earlier from the calendar "Calendar" is in this one, so 1 override would end' in refused
    assert "--source" in refused
    assert brought(everybody, dee, "--source", "dee") == ["made"]
    assert (4, 4) in standing(everybody)
    assert brought(everybody, eve) == ["kept"]


def test_uids_that_change_with_each_export_are_the_same_entries(everybody: Terminal) -> None:
    everybody(*IMPORT, calendar(event("one", 3), event("two", 5)), *INTO)
    assert brought(everybody, calendar(event("three", 3), event("four", 6))) == ["kept", "ended", "made"]
    assert standing(everybody) == [(3, 4), (6, 4)]


def test_a_part_that_cannot_be_read_leaves_what_it_brought(everybody: Terminal) -> None:
    everybody(*IMPORT, calendar(event("a", 3), event("b", 5)), *INTO)
    broken = event("b", 5).replace("DTEND:", "DTEND:x")
    assert brought(everybody, calendar(event("a", 3), broken)) == ["left_out", "kept"]
    assert standing(everybody) == [(3, 4), (5, 4)]


def test_whole_days_are_days_in_every_line(everybody: Terminal) -> None:
    day = (NOON + timedelta(days=4)).date()
    words = f"{day:%a} {day.day} {day:%b}"
    whole = "\r\n".join(["BEGIN:VEVENT", "UID:d", "SUMMARY:Dee away", f"DTSTART;VALUE=DATE:{day:%Y%m%d}", "END:VEVENT"])
    said = everybody(*IMPORT, calendar(whole), *INTO)
    assert f'made       {words}: Dee Park "Dee away"' in said
    assert words in everybody("oncall", "override", "list")
    assert load(DEMO).schedules["ic-oncall"].timezone == "Europe/Madrid"
    stranger = whole.replace("Dee away", "Zoe away").replace("UID:d", "UID:z")
    everybody(*IMPORT, calendar(whole, stranger), *INTO)
    assert f'"Zoe away" ({words}) names no one' in everybody.err
    hand = f"{day}T00:00", f"{day + timedelta(days=1)}T00:00"
    refused = everybody.refuses("oncall", "override", "--schedule", "ic-oncall", "--from", hand[0], "--to", hand[1],
                                "--remove", "dee")  # fmt: skip
    assert words in refused
    assert "00:00" not in refused


def test_another_kind_a_running_entry_and_another_file(everybody: Terminal) -> None:
    running = calendar(event("a", -1, 72), event("b", 4))
    assert brought(everybody, running) == ["made", "made"]
    assert brought(everybody, running) == ["kept", "kept"], "what has begun meanwhile has not moved"
    assert brought(everybody, calendar(event("c", 6, 4, "Eve away"), file="eve.ics")) == ["made"]
    assert brought(everybody, calendar(event("b", 4))) == ["ended", "kept"]
    assert standing(everybody) == [(4, 4), (6, 4)], "one file says nothing of another"
    asked = everybody.json(*IMPORT, calendar(event("b", 4)), "--schedule", "ic-oncall", "--kind", "override")
    assert [one["what"] for one in asked["entries"]] == ["moved"]
    assert [one["kind"] for one in everybody.json("oncall", "override", "list")] == ["only", "remove"]
