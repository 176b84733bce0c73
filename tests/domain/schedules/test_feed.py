"""Calendar feeds: the same bytes for the same plan, names that stay, keys that open one feed only."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.catalog import load
from bot.domain.schedules import calendar_feed
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import Override
from bot.rendering import ical
from tests.domain.catalogs import DEMO

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)  # Ana has the primary duty from 16 to 23 November, 09:00 in Madrid
ROTA = Rota(load(DEMO))
SECRET = b"secret"


def swapped(start: str, end: str) -> Rota:
    times = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (start, end))
    return ROTA.with_override("primary-oncall", Override(*times, "replace", "ana", "cy"))


def test_a_schedule_shows_who_has_each_shift_from_a_fortnight_ago_to_half_a_year_ahead() -> None:
    made = calendar_feed.of_schedule(ROTA, "primary-oncall", NOW)
    now = next(one for one in made.events if one.start <= NOW < one.end)
    assert (now.summary, now.start) == ("Ana Ruiz (primary-oncall)", datetime(2026, 11, 16, 8, tzinfo=UTC))
    assert made.events[0].end > NOW - calendar_feed.PAST - timedelta(days=1)
    assert made.events[0].start < NOW - calendar_feed.PAST < made.events[1].start
    assert NOW + timedelta(days=179) < made.events[-1].end
    assert len(made.events) == 29


def test_a_person_sees_their_own_turns_with_reminders() -> None:
    made = calendar_feed.of_person(ROTA, "ana", NOW)
    assert {one.summary for one in made.events} == {"On call: primary-oncall", "On call: secondary-oncall"}
    parsed = Calendar.from_ical(ical.written(made))
    first = parsed.walk("VEVENT")[0]
    assert [str(one["trigger"].to_ical()) for one in first.walk("VALARM")] == ["b'-P1D'", "b'-PT1H'"]
    assert first["dtstart"].dt == made.events[0].start
    assert str(parsed["x-wr-calname"]) == "On call: Ana Ruiz"


def test_within_a_day_the_same_plan_is_the_same_bytes() -> None:
    feeds = [calendar_feed.of_schedule(ROTA, "primary-oncall", NOW + timedelta(hours=hours)) for hours in (-10, 9, 12)]
    morning, evening, tomorrow = (ical.written(feed) for feed in feeds)
    assert morning == evening
    assert calendar_feed.etag(morning) == calendar_feed.etag(evening) != calendar_feed.etag(tomorrow)


def test_an_override_changes_the_event_and_keeps_its_uid() -> None:
    before = calendar_feed.of_schedule(ROTA, "primary-oncall", NOW)
    after = calendar_feed.of_schedule(swapped("2026-11-16T08:00", "2026-11-23T08:00"), "primary-oncall", NOW)
    assert [one.uid for one in before.events] == [one.uid for one in after.events]
    changed = [one.summary for one, other in zip(after.events, before.events, strict=True) if one != other]
    assert changed == ["Cy Okafor (primary-oncall)"]


def test_an_override_in_the_middle_splits_the_event() -> None:
    after = calendar_feed.of_schedule(swapped("2026-11-18T08:00", "2026-11-19T08:00"), "primary-oncall", NOW)
    assert len(after.events) == 31
    assert len({one.uid for one in after.events}) == 31


def test_a_key_opens_one_feed() -> None:
    key = calendar_feed.key(SECRET, "schedule", "primary-oncall")
    assert calendar_feed.opens(SECRET, "schedule", "primary-oncall", key)
    assert not calendar_feed.opens(SECRET, "schedule", "secondary-oncall", key)
    assert not calendar_feed.opens(SECRET, "person", "primary-oncall", key)
    assert not calendar_feed.opens(b"another", "schedule", "primary-oncall", key)
    assert not calendar_feed.opens(SECRET, "schedule", "primary-oncall", "")
    assert not calendar_feed.opens(SECRET, "schedule", "primary-oncall", "ключ")


def test_the_address_is_safe_for_any_name() -> None:
    assert calendar_feed.path(SECRET, "person", "ana/b").startswith("/oncall/person/ana%2Fb.ics?key=")


@pytest.mark.parametrize(
    ("given", "same"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False)],
)
def test_if_none_match(given: str, same: bool) -> None:
    assert calendar_feed.matches(given.split(","), '"a"') is same
