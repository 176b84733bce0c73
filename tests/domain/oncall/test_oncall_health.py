"""What being on call costs: rates against strict targets, after hours in people's own zones, shares, and signs."""

import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.sections.notifications import BusinessHours
from bot.catalog.sections.on_call import Burnout, Night, OnCallLife, Targets
from bot.domain.oncall.after_hours import after_hours, is_after_hours, is_night, is_weekend, night_end
from bot.domain.oncall.health import Health, Interruption, Measured, health, percent, verdict

GOLDEN = json.loads((Path(__file__).parents[1] / "golden_on_call.json").read_text())
OFFICE = BusinessHours(opens=time(9), closes=time(17))
MADRID, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York")
ZONES = {"ana": MADRID, "cy": NEW_YORK, "bo": ZoneInfo("UTC")}


def golden(formula: str) -> list[Any]:
    return [pytest.param(one["inputs"], one["expected"], id=one["id"]) for one in GOLDEN if one["formula"] == formula]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("given", "expected"), golden("oncall_health"))
def test_golden_health(given: dict[str, Any], expected: dict[str, bool]) -> None:
    rates = (Decimal(str(given[name])) for name in ("pages_per_week", "after_hours_per_week", "false_positive_pct"))
    assert verdict(Targets(), *rates).__dict__ == expected


@pytest.mark.parametrize(("given", "expected"), golden("false_positive_pct"))
def test_golden_false_positives(given: dict[str, int], expected: int | None) -> None:
    assert percent(given["false_positive"], given["total"]) == expected


def test_without_pages_nothing_is_said_of_false_alarms() -> None:
    assert verdict(Targets(), Decimal(0), Decimal(0), None).false_positive_ok is None


@pytest.mark.parametrize(
    ("moment", "zone", "late"),
    [
        ("2026-11-20T10:00", MADRID, False),
        ("2026-11-20T08:00", MADRID, False),  # 09:00 there: the day has begun
        ("2026-11-20T07:59", MADRID, True),
        ("2026-11-20T16:00", MADRID, True),  # 17:00 there: the end is outside
        ("2026-11-20T10:00", NEW_YORK, True),  # 05:00 there
        ("2026-11-20T21:59", NEW_YORK, False),  # 16:59 there
        ("2026-11-21T10:00", MADRID, True),  # a Saturday
        ("2026-11-20T23:30", MADRID, True),
    ],
)
def test_after_hours_is_after_hours_where_the_person_lives(moment: str, zone: ZoneInfo, late: bool) -> None:
    assert is_after_hours(OFFICE, zone, at(moment)) is late


def test_a_holiday_is_after_hours_all_day() -> None:
    holiday = BusinessHours(holidays=("2026-11-20",))
    assert is_after_hours(holiday, MADRID, at("2026-11-20T10:00"))


def test_hours_over_midnight_belong_to_the_day_on_which_they_begin() -> None:
    night_shift = BusinessHours(days=("FR",), opens=time(22), closes=time(6))
    assert not is_after_hours(night_shift, MADRID, at("2026-11-21T02:00"))  # Saturday 03:00, begun on Friday
    assert is_after_hours(night_shift, MADRID, at("2026-11-20T02:00"))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20T15:00", "2026-11-20T18:00", 2),  # 16:00 to 19:00 in Madrid
        ("2026-11-20T08:00", "2026-11-20T16:00", 0),
        ("2026-11-21T00:00", "2026-11-22T00:00", 24),
        ("2026-10-24T22:00", "2026-10-25T23:00", 25),  # the long Sunday of the clock change
        ("2026-11-20T18:00", "2026-11-20T15:00", 0),
    ],
)
def test_the_part_of_a_span_that_is_after_hours(start: str, end: str, hours: int) -> None:
    assert after_hours(OFFICE, MADRID, at(start), at(end)) == timedelta(hours=hours)


SPANS = st.integers(0, 700 * 1440).map(lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@given(SPANS, st.timedeltas(timedelta(0), timedelta(days=30)), st.sampled_from(list(ZONES.values())))
def test_after_hours_adds_up_and_never_exceeds_the_span(start: datetime, length: timedelta, zone: ZoneInfo) -> None:
    middle, end = start + length / 3, start + length
    whole = after_hours(OFFICE, zone, start, end)
    assert timedelta(0) <= whole <= length
    parts = after_hours(OFFICE, zone, start, middle) + after_hours(OFFICE, zone, middle, end)
    assert whole == parts


def test_a_night_ends_where_the_person_lives() -> None:
    assert night_end(Night(), MADRID, at("2026-11-20T21:30")) == at("2026-11-21T06:00")
    assert night_end(Night(), MADRID, at("2026-11-21T05:59")) == at("2026-11-21T06:00")
    assert not is_night(Night(), MADRID, at("2026-11-21T06:00"))
    assert not is_night(Night(), NEW_YORK, at("2026-11-21T02:59"))
    assert is_weekend(NEW_YORK, at("2026-11-22T05:00"))
    assert not is_weekend(MADRID, at("2026-11-22T23:30")), "Monday there"


def page(person: str, moment: str, incident: int = 1, **more: Any) -> Interruption:
    return Interruption(person, at(moment), incident, **more)


def measured(pages: list[Interruption], weeks: int = 1, hours: dict[str, int] | None = None, **life: Any) -> Health:
    share = {name: Decimal(count) for name, count in (hours or {}).items()}
    return health(pages, Decimal(weeks), Measured(OnCallLife(**life), OFFICE, ZONES, share))


def test_each_person_is_measured_by_their_own_clock() -> None:
    found = measured([page("ana", "2026-11-20T10:00"), page("cy", "2026-11-20T10:00")])
    assert (found.people["ana"].after_hours, found.people["cy"].after_hours) == (0, 1)
    assert found.everybody.after_hours_per_week == 1
    assert found.everybody.verdict.after_hours_ok


def test_five_a_week_is_not_below_five_and_two_weeks_halve_it() -> None:
    pages = [page("ana", "2026-11-20T10:00", number) for number in range(5)]
    assert not measured(pages).people["ana"].verdict.pages_ok
    assert measured(pages, weeks=2).people["ana"].verdict.pages_ok


def test_false_alarms_are_a_share_of_pages_and_name_the_service_to_tune() -> None:
    pages = [page("ana", "2026-11-20T10:00", n, service="search", false_alarm=n == 0) for n in range(3)]
    found = measured(pages)
    assert round(found.everybody.false_positive_pct or 0, 4) == Decimal("33.3333")
    assert found.improvements == ("Fewer false alarms: tune the alerts (most are about search).",)


def test_signs_of_too_much() -> None:
    nights = [page("ana", f"2026-11-2{n}T01:00", n, lasted=timedelta(hours=5)) for n in range(1, 5)]
    found = measured([*nights, page("bo", "2026-11-20T10:00", 9)], hours={"ana": 84, "bo": 84})
    assert found.people["ana"].signs == (
        "4 incidents longer than 4 h", "4 pages at night", "80 % of all pages, 50 % would be fair",
    )  # fmt: skip
    assert found.people["bo"].signs == ()
    only = measured(nights, burnout=Burnout(nights=9, weekend_pages=2, long_incident=timedelta(hours=6)))
    assert only.people["ana"].signs == ("2 pages on weekends",)


def test_whoever_was_on_call_most_may_have_most_pages() -> None:
    pages = [page("ana", "2026-11-20T10:00", n) for n in range(4)]
    assert measured(pages, hours={"ana": 160, "bo": 8}).people["ana"].signs == ()
    assert measured(pages, hours={"ana": 84, "bo": 84}).people["bo"].pages == 0


@given(st.lists(st.tuples(st.sampled_from(sorted(ZONES)), SPANS, st.booleans()), max_size=30), st.integers(1, 20))
def test_shares_add_up_and_no_figure_is_beyond_its_whole(rows: list[tuple[str, datetime, bool]], weeks: int) -> None:
    pages = [Interruption(who, when, n, false_alarm=false) for n, (who, when, false) in enumerate(rows)]
    found = health(pages, Decimal(weeks), Measured(OnCallLife(), OFFICE, ZONES))
    assert sum(one.pages for one in found.people.values()) == found.everybody.pages == len(pages)
    for load in (found.everybody, *found.people.values()):
        assert 0 <= load.nights <= load.after_hours + load.pages
        assert load.after_hours <= load.pages
        assert load.false_alarms <= load.pages
    if pages:
        assert round(sum(one.share_pct or Decimal(0) for one in found.people.values()), 6) == 100
