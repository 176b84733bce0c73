"""Times as people write them in front of a note, by a writer in Madrid at 22:30 on Wednesday 25 November 2026."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.core import written_time
from bot.domain.core.written_zone import WhichZone

MADRID, NEW_YORK, LONDON = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(("text", "at", "rest"), [
    ("13:38 deploy went out", "25 13:38", "deploy went out"),
    ("9:05 pm deploy went out", "25 21:05", "deploy went out"),
    ("9:05pm: deploy", "25 21:05", "deploy"),
    ("9:05 p.m. deploy", "25 21:05", "deploy"),
    ("9.05 PM deploy", "25 21:05", "deploy"),
    ("9pm deploy", "25 21:00", "deploy"),
    ("9 am deploy", "25 09:00", "deploy"),
    ("12:15 am deploy", "25 00:15", "deploy"),
    ("12pm deploy", "25 12:00", "deploy"),
    ("09:05:30 deploy", "25 09:05:30", "deploy"),
    ("09:05:30.123 deploy", "25 09:05:30", "deploy"),
    ("at 13:38 deploy", "25 13:38", "deploy"),
    ("14:00 UTC deploy", "25 15:00", "deploy"),
    ("14:00 utc deploy", "25 15:00", "deploy"),
    ("14:00Z deploy", "25 15:00", "deploy"),
    ("14:00 (UTC) deploy", "25 15:00", "deploy"),
    ("14:00 UTC, deploy", "25 15:00", "deploy"),
    ("9:05 pm CET deploy", "25 21:05", "deploy"),
    ("14:00 EST deploy", "25 20:00", "deploy"),
    ("2 pm ET deploy", "25 20:00", "deploy"),
    ("14:00 +02:00 deploy", "25 13:00", "deploy"),
    ("14:00+0200 deploy", "25 13:00", "deploy"),
    ("14:00-05:00 deploy", "25 20:00", "deploy"),
    ("14:00 UTC+2 deploy", "25 13:00", "deploy"),
    ("14:00 GMT-3 deploy", "25 18:00", "deploy"),
    ("14:00 America/New_York deploy", "25 20:00", "deploy"),
    ("14:00 europe/london deploy", "25 15:00", "deploy"),
    ("yesterday 14:00 deploy", "24 14:00", "deploy"),
    ("yesterday, 2pm deploy", "24 14:00", "deploy"),
    ("yesterday at 14:00 UTC deploy", "24 15:00", "deploy"),
    ("14:00 yesterday: deploy", "24 14:00", "deploy"),
    ("14:00 UTC yesterday deploy", "24 15:00", "deploy"),
    ("today 14:00 deploy", "25 14:00", "deploy"),
    ("14:00 today deploy", "25 14:00", "deploy"),
    ("last night 23:10 deploy", "24 23:10", "deploy"),
    ("last night 1:10 deploy", "25 01:10", "deploy"),
    ("Monday 14:00 deploy", "23 14:00", "deploy"),
    ("on Mon 14:00 deploy", "23 14:00", "deploy"),
    ("last wednesday 14:00 deploy", "18 14:00", "deploy"),
    ("2026-11-24 14:00 deploy", "24 14:00", "deploy"),
    ("2026-11-24T14:00Z deploy", "24 15:00", "deploy"),
    ("24 Nov 14:00 deploy", "24 14:00", "deploy"),
    ("Nov 24, 14:00 deploy", "24 14:00", "deploy"),
    ("November 24th 14:00 deploy", "24 14:00", "deploy"),
    ("10:30-11:00 checkout was slow", "25 10:30", "10:30-11:00 checkout was slow"),
    ("10:30 – 11:00 checkout was slow", "25 10:30", "10:30 – 11:00 checkout was slow"),
    ("14:00 west region is down", "25 14:00", "west region is down"),
    ("22:31 deploy", "25 22:30", "deploy"),
    ("13:38 DB is down", "25 13:38", "DB is down"),
    ("13:38 -> deploy", "25 13:38", "deploy"),
    ("13:38; deploy", "25 13:38", "deploy"),
    ("[13:38] deploy", "25 13:38", "deploy"),
    ("(13:38 UTC) deploy", "25 14:38", "deploy"),
    ("`13:38` deploy", "25 13:38", "deploy"),
    ("*13:38*: deploy", "25 13:38", "deploy"),
    ("~13:38 deploy", "25 13:38", "deploy"),
    ("around 13:38 deploy", "25 13:38", "deploy"),
    ("10 min ago deploy", "25 22:20", "deploy"),
    ("10m ago: deploy", "25 22:20", "deploy"),
    ("about 2 hours ago, deploy", "25 20:30", "deploy"),
    ("half an hour ago deploy", "25 22:00", "deploy"),
    ("an hour ago deploy", "25 21:30", "deploy"),
    ("9:00 Madrid deploy", "25 09:00", "deploy"),
    ("9:00 New York deploy", "25 15:00", "deploy"),
    ("9:00 new york time deploy", "25 15:00", "deploy"),
    ("9:00 Eastern: deploy", "25 15:00", "deploy"),
    ("9:00 Pacific time, deploy", "25 18:00", "deploy"),
    ("9:00 Central time deploy", "25 16:00", "deploy"),
    ("9:00 Central database is down", "25 09:00", "Central database is down"),
    ("9:00 Los Angeles deploy", "25 18:00", "deploy"),
    ("9:00 (London) deploy", "25 10:00", "deploy"),
    ("9h30 deploy", "25 09:30", "deploy"),
    ("9：30 deploy", "25 09:30", "deploy"),
    ("noon: deploy", "25 12:00", "deploy"),
    ("12 noon deploy", "25 12:00", "deploy"),
    ("UTC+1 12:20 deploy", "25 12:20", "deploy"),
    ("UTC 12:20 deploy", "25 13:20", "deploy"),
    ("CET 9:05 pm deploy", "25 21:05", "deploy"),
    ("Europe/London 12:20: deploy", "25 13:20", "deploy"),
    ("@12:20 deploy", "25 12:20", "deploy"),
    ("since 12:20 deploys fail", "25 12:20", "since 12:20 deploys fail"),
    ("from 12:20 UTC on deploys fail", "25 13:20", "from 12:20 UTC on deploys fail"),
    ("since yesterday 14:00 deploys fail", "24 14:00", "since yesterday 14:00 deploys fail"),
    ("9:30 -> 9:45 restart", "25 09:30", "9:30 -> 9:45 restart"),
    ("9:30→9:45 restart", "25 09:30", "9:30→9:45 restart"),
    ("9:30 till 9:45 restart", "25 09:30", "9:30 till 9:45 restart"),
    ("9:30..9:45 restart", "25 09:30", "9:30..9:45 restart"),
])  # fmt: skip
def test_a_time_in_front(text: str, at: str, rest: str) -> None:
    found = written_time.leading(text, NOW, MADRID)
    assert found is not None
    local = found.at.astimezone(MADRID)
    shown = f"{local:%d %H:%M:%S}" if local.second else f"{local:%d %H:%M}"
    assert (shown, found.rest, found.ahead) == (at, rest, False)


@pytest.mark.parametrize("text", [
    "deploy at 13:38", "25:00 is no time", "13:38", "4 of 5 nodes are back", "5 nodes",
    "1:30 minutes of downtime", "2h30 outage",
    "3.14 is pi", "13:385 requests", "16:9 screen", "", "9", "pm deploy", "10 am", "2026-13-45 14:00 deploy",
    "14 UTC nodes", "99:99 x", "1:2:3 x", "31 Feb 14:00 deploy", "v13:38 x", "yesterday deploy",
    "DB 12:20 deploy", "since Monday",
    "10 min ago", "(see above) deploy", "[db-1] is down", "*urgent* restart", "long ago deploy",
])  # fmt: skip
def test_no_time_in_front(text: str) -> None:
    assert written_time.leading(text, NOW, MADRID) is None


@pytest.mark.parametrize("text", [
    "23:10 deploy", "tomorrow 9:00 deploy", "22:45 deploy", "11 pm deploy", "23:00 UTC deploy",
])  # fmt: skip
def test_a_time_that_is_still_to_come(text: str) -> None:
    found = written_time.leading(text, NOW, MADRID)
    assert found is not None
    assert found.ahead
    assert found.at > NOW


@pytest.mark.parametrize("name", ["IST", "BST", "CST"])
def test_an_abbreviation_of_several_places_is_asked_about(name: str) -> None:
    with pytest.raises(WhichZone, match=r"more than one place"):
        written_time.leading(f"14:00 {name} deploy", NOW, MADRID)


def test_the_writers_own_abbreviation_is_no_question() -> None:
    found = written_time.leading("14:00 BST deploy", NOW, LONDON)
    assert found is not None
    assert f"{found.at:%H:%M}" == "14:00", "London's clocks say when it was in London"


def test_what_was_taken_is_spelled_in_the_writers_zone() -> None:
    found = written_time.leading("14:00 UTC deploy", NOW, NEW_YORK)
    assert found is not None
    assert written_time.spelled(found.at, NEW_YORK) == "09:00 on Wed 25 Nov (EST)"


@given(st.text(max_size=80))
def test_no_words_are_too_strange(text: str) -> None:
    try:
        found = written_time.leading(text, NOW, MADRID)
    except WhichZone:
        return
    assert found is None or found.rest


@pytest.mark.parametrize(("text", "at"), [
    ("11 pm", "25 23:00"), ("9am", "26 09:00"), ("9:30 p.m.", "26 21:30"), ("23:00 utc", "26 00:00"),
    ("14:00 UTC", "26 15:00"), ("6 pm et", None), ("6 pm ET", "26 00:00"), ("15 minutes", None), ("shift", None),
    ("yesterday 9am", None), ("15", None), ("", None),
])  # fmt: skip
def test_the_next_time_that_a_clock_shows_it(text: str, at: str | None) -> None:
    found = written_time.coming(text, NOW, MADRID)
    assert (f"{found.astimezone(MADRID):%d %H:%M}" if found else None) == at


STOCKHOLM = ZoneInfo("Europe/Stockholm")
TWICE = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
"""02:30 in Stockholm, for the second time that night."""


@pytest.mark.parametrize(("text", "utc"), [
    ("2:20 CET x", "01:20"), ("2:20 CEST x", "00:20"), ("0:20 UTC x", "00:20"), ("2:20 x", "01:20"),
    ("2:10 x", "01:10"), ("2:45 x", "00:45"), ("1:50 x", "23:50"),
])  # fmt: skip
def test_an_hour_that_comes_twice(text: str, utc: str) -> None:
    found = written_time.leading(text, TWICE, STOCKHOLM)
    assert found is not None
    assert (f"{found.at.astimezone(UTC):%H:%M}", found.other) == (utc, None)


def test_an_hour_that_is_left_out() -> None:
    now = datetime(2027, 3, 28, 6, tzinfo=UTC)
    for text, utc in (("2:30 CEST x", "00:30"), ("2:30 CET x", "01:30")):
        found = written_time.leading(text, now, STOCKHOLM)
        assert found is not None
        assert (f"{found.at.astimezone(UTC):%H:%M}", found.other) == (utc, None)


def test_a_name_of_ones_own_zone_that_is_not_in_force_may_mean_either() -> None:
    found = written_time.leading("9:00 EDT deploy", datetime(2026, 12, 2, 20, tzinfo=UTC), NEW_YORK)
    assert found is not None
    assert found.other is not None
    assert [f"{one.astimezone(UTC):%H:%M}" for one in (found.at, found.other)] == ["14:00", "13:00"]
    for text in ("9:00 EST deploy", "9:00 deploy", "9:00 ET deploy", "9:00 PDT deploy", "9:00 UTC deploy"):
        found = written_time.leading(text, datetime(2026, 12, 2, 20, tzinfo=UTC), NEW_YORK)
        assert found is not None
        assert found.other is None, text


@pytest.mark.parametrize(("text", "told"), [
    ("25:00 x", "25:00"), ("12:60 x", "12:60"), ("at 24:30: x", "24:30"), ("(25:10) x", "25:10"),
    ("yesterday deploys failed", "yesterday"), ("last night: x", "last night"), ("on Monday x", "on Monday"),
    ("2026-11-24 x", "2026-11-24"), ("24 Nov x", "24 Nov"),
])  # fmt: skip
def test_what_only_looks_like_a_time_is_told(text: str, told: str) -> None:
    why = "no time of day" if ":" in told else "a day without a time"
    assert written_time.nearly(text, NOW, MADRID) == (told, why)


@pytest.mark.parametrize("text", [
    "12:20 x", "yesterday 14:00 x", "13:385 requests", "16:9 screen", "3.14 is pi", "yesterday's deploy", "yesterday",
    "Monday deploys are slow", "1:30 minutes of downtime", "4 of 5 nodes",
])  # fmt: skip
def test_other_words_do_not_even_look_like_one(text: str) -> None:
    assert written_time.nearly(text, NOW, MADRID) is None
