"""Rotations, windows and layers, as tables of plans."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedules.schedule import gaps, on_call, shifts
from tests.domain.schedule_samples import WEEKLY, at, plan, schedule

NIGHTS = {
    "rotation": "daily",
    "start": "2026-11-02T20:00",
    "people": ("eve", "flo"),
    "days": ("MO", "TU", "WE", "TH", "FR"),
    "from": "20:00",
    "to": "08:00",
}


def test_a_weekly_rotation_hands_over_at_its_start_time_and_starts_again_after_the_last_turn() -> None:
    assert plan(schedule(WEEKLY), "2026-11-04 00:00", "2026-11-25 00:00") == [
        "11-04 00:00 11-09 09:00 ana (a)",
        "11-09 09:00 11-16 09:00 bo (a)",
        "11-16 09:00 11-23 09:00 cy+dee (a)",
        "11-23 09:00 11-25 00:00 ana (a)",
    ]


def test_before_the_start_nobody_is_on_call() -> None:
    assert plan(schedule(WEEKLY), "2026-11-01 00:00", "2026-11-03 00:00") == [
        "11-01 00:00 11-02 09:00 nobody",
        "11-02 09:00 11-03 00:00 ana (a)",
    ]


def test_neighbouring_turns_of_one_person_stay_two_rows() -> None:
    alone = schedule(WEEKLY | {"people": ("ana",)})
    assert plan(alone, "2026-11-02 09:00", "2026-11-16 09:00") == [
        "11-02 09:00 11-09 09:00 ana (a)",
        "11-09 09:00 11-16 09:00 ana (a)",
    ]


@pytest.mark.parametrize(
    ("rotation", "every", "handoffs"),
    [
        ("hourly", 8, ["01-31 09:00", "01-31 17:00", "02-01 01:00"]),
        ("daily", 1, ["01-31 09:00", "02-01 09:00", "02-02 09:00"]),
        ("daily", 3, ["01-31 09:00", "02-03 09:00", "02-06 09:00"]),
        ("weekly", 2, ["01-31 09:00", "02-14 09:00", "02-28 09:00"]),
        ("monthly", 1, ["01-31 09:00", "02-28 09:00", "03-31 09:00"]),
        ("monthly", 2, ["01-31 09:00", "03-31 09:00", "05-31 09:00"]),
        ("monthly", 3, ["01-31 09:00", "04-30 09:00", "07-31 09:00"]),
    ],
)
def test_handoffs_lie_on_the_grid(rotation: str, every: int, handoffs: list[str]) -> None:
    rota = schedule({"rotation": rotation, "every": every, "start": "2026-01-31T09:00", "people": ("ana", "bo")})
    rows = shifts(rota, at("2026-01-31 09:00"), at("2027-01-01 00:00"))
    assert [f"{row.start:%m-%d %H:%M}" for row in rows[:3]] == handoffs


def test_a_leap_day_is_the_clamped_end_of_february() -> None:
    rota = schedule({"rotation": "monthly", "start": "2027-12-31T00:00", "people": ("ana", "bo")})
    rows = shifts(rota, at("2027-12-31 00:00"), at("2028-04-30 00:00"))
    assert [f"{row.start:%m-%d}" for row in rows] == ["12-31", "01-31", "02-29", "03-31"]


def test_a_shift_shorter_than_its_period_leaves_a_gap() -> None:
    days = schedule({"rotation": "daily", "start": "2026-11-02T08:00", "duration": "12h", "people": ("ana", "bo")})
    assert plan(days, "2026-11-02 08:00", "2026-11-04 00:00") == [
        "11-02 08:00 11-02 20:00 ana (a)",
        "11-02 20:00 11-03 08:00 nobody",
        "11-03 08:00 11-03 20:00 bo (a)",
        "11-03 20:00 11-04 00:00 nobody",
    ]


def test_a_longer_duration_than_the_period_changes_nothing() -> None:
    long = schedule(WEEKLY | {"duration": "30d"})
    assert plan(long, "2026-11-02 00:00", "2026-12-02 00:00") == plan(
        schedule(WEEKLY), "2026-11-02 00:00", "2026-12-02 00:00"
    )


def test_nights_on_working_days_count_only_working_days() -> None:
    assert plan(schedule(NIGHTS), "2026-11-05 12:00", "2026-11-10 12:00") == [
        "11-05 12:00 11-05 20:00 nobody",
        "11-05 20:00 11-06 08:00 flo (a)",
        "11-06 08:00 11-06 20:00 nobody",
        "11-06 20:00 11-07 08:00 eve (a)",
        "11-07 08:00 11-09 20:00 nobody",
        "11-09 20:00 11-10 08:00 flo (a)",
        "11-10 08:00 11-10 12:00 nobody",
    ]


def test_advance_always_counts_the_weekend_too() -> None:
    always = schedule(NIGHTS | {"advance": "always"})
    assert plan(always, "2026-11-06 20:00", "2026-11-10 08:00") == [
        "11-06 20:00 11-07 08:00 eve (a)",
        "11-07 08:00 11-09 20:00 nobody",
        "11-09 20:00 11-10 08:00 flo (a)",
    ]


def test_fourteen_people_on_working_days_all_serve() -> None:
    people = tuple(f"p{number}" for number in range(14))
    rota = schedule(NIGHTS | {"people": people})
    served = [row.people[0] for row in shifts(rota, at("2026-11-02 00:00"), at("2026-11-20 19:00")) if row.people]
    assert served == list(people)


def test_a_turn_of_several_periods_spans_the_weekend() -> None:
    rota = schedule(NIGHTS | {"every": 3})
    who = [row.people[0] for row in shifts(rota, at("2026-11-02 00:00"), at("2026-11-14 19:00")) if row.people]
    assert who == ["eve", "eve", "eve", "flo", "flo", "flo", "eve", "eve", "eve", "flo"]


def test_whole_days_join_into_one_row_of_a_calendar_week() -> None:
    week = schedule(
        {
            "rotation": "weekly",
            "start": "2026-11-04T09:00",
            "people": ("ana", "bo"),
            "days": ("MO", "TU", "WE", "TH", "FR"),
        }
    )
    assert plan(week, "2026-11-02 00:00", "2026-11-17 00:00") == [
        "11-02 00:00 11-04 09:00 nobody",
        "11-04 09:00 11-07 00:00 ana (a)",
        "11-07 00:00 11-09 00:00 nobody",
        "11-09 00:00 11-14 00:00 bo (a)",
        "11-14 00:00 11-16 00:00 nobody",
        "11-16 00:00 11-17 00:00 ana (a)",
    ]


def test_calendar_weeks_begin_on_the_configured_day() -> None:
    layer = {"rotation": "weekly", "start": "2026-11-04T09:00", "people": ("ana", "bo"), "days": ("SA", "SU")}
    by_monday = [
        row.people[0] for row in shifts(schedule(layer), at("2026-11-04 00:00"), at("2026-11-16 00:00")) if row.people
    ]
    by_sunday = schedule(layer | {"week_start": "SU"})
    assert by_monday == ["ana", "bo"]
    assert plan(by_sunday, "2026-11-07 00:00", "2026-11-15 00:00") == [
        "11-07 00:00 11-08 00:00 ana (a)",
        "11-08 00:00 11-09 00:00 bo (a)",
        "11-09 00:00 11-14 00:00 nobody",
        "11-14 00:00 11-15 00:00 bo (a)",
    ]


def test_a_first_week_without_a_window_left_takes_nobodys_turn() -> None:
    late = {"rotation": "weekly", "start": "2026-11-07T12:00", "people": ("ana", "bo"), "days": ("MO",)}
    assert on_call(schedule(late), at("2026-11-09 12:00")).people == ("ana",)


def test_equal_from_and_to_mean_the_whole_day() -> None:
    rota = schedule(
        {"rotation": "daily", "start": "2026-11-02T09:00", "people": ("ana", "bo"), "from": "09:00", "to": "09:00"}
    )
    assert gaps(rota, at("2026-11-02 09:00"), at("2026-12-02 09:00")) == []


def test_month_days_restrict_like_weekdays() -> None:
    rota = schedule(
        {"rotation": "daily", "start": "2026-11-01T00:00", "people": ("ana", "bo"), "month_days": (1, 15, 31)}
    )
    assert [line for line in plan(rota, "2026-11-01 00:00", "2027-01-02 00:00") if "nobody" not in line] == [
        "11-01 00:00 11-02 00:00 ana (a)",
        "11-15 00:00 11-16 00:00 bo (a)",
        "12-01 00:00 12-02 00:00 ana (a)",
        "12-15 00:00 12-16 00:00 bo (a)",
        "12-31 00:00 01-01 00:00 ana (a)",
        "01-01 00:00 01-02 00:00 bo (a)",
    ]


def test_since_and_until_clip_without_moving_the_grid() -> None:
    clipped = schedule(WEEKLY | {"since": "2026-11-11T12:00", "until": "2026-11-17T00:00"})
    assert plan(clipped, "2026-11-09 00:00", "2026-11-20 00:00") == [
        "11-09 00:00 11-11 12:00 nobody",
        "11-11 12:00 11-16 09:00 bo (a)",
        "11-16 09:00 11-17 00:00 cy+dee (a)",
        "11-17 00:00 11-20 00:00 nobody",
    ]


def test_until_before_since_covers_nothing() -> None:
    never = schedule(WEEKLY | {"since": "2026-12-01T00:00", "until": "2026-11-20T00:00"})
    assert plan(never, "2026-11-02 00:00", "2026-12-20 00:00") == ["11-02 00:00 12-20 00:00 nobody"]


def test_a_time_with_an_offset_means_that_instant() -> None:
    rota = schedule(WEEKLY | {"start": "2026-11-02T09:00+09:00"}, timezone="Europe/Madrid")
    assert plan(rota, "2026-11-02 00:00", "2026-11-02 02:00") == [
        "11-02 00:00 11-02 01:00 nobody",
        "11-02 01:00 11-02 02:00 ana (a)",
    ]


def test_a_higher_priority_hides_the_lower_only_while_it_has_somebody() -> None:
    both = schedule(WEEKLY | {"name": "days"}, NIGHTS | {"name": "nights", "priority": 1})
    assert plan(both, "2026-11-06 12:00", "2026-11-09 22:00") == [
        "11-06 12:00 11-06 20:00 ana (days)",
        "11-06 20:00 11-07 08:00 eve (nights)",
        "11-07 08:00 11-09 09:00 ana (days)",
        "11-09 09:00 11-09 20:00 bo (days)",
        "11-09 20:00 11-09 22:00 flo (nights)",
    ]


def test_an_empty_turn_lets_the_lower_layer_through() -> None:
    both = schedule(WEEKLY, WEEKLY | {"priority": 1, "people": ("eve", ())})
    assert [line[-7:] for line in plan(both, "2026-11-02 09:00", "2026-11-16 09:00")] == ["eve (b)", " bo (a)"]


def test_equal_priorities_are_on_call_together_and_nobody_twice() -> None:
    both = schedule(WEEKLY, WEEKLY | {"people": ("bo", "bo")})
    assert plan(both, "2026-11-02 09:00", "2026-11-16 09:00") == [
        "11-02 09:00 11-09 09:00 ana+bo (a+b)",
        "11-09 09:00 11-16 09:00 bo (a+b)",
    ]


def test_handoffs_of_a_hidden_layer_do_not_cut_rows() -> None:
    hidden = {"rotation": "hourly", "start": "2026-11-02T00:00", "people": ("cy", "dee")}
    both = schedule(hidden, WEEKLY | {"priority": 1})
    assert plan(both, "2026-11-03 00:00", "2026-11-05 00:00") == ["11-03 00:00 11-05 00:00 ana (b)"]


def test_on_call_says_who_and_until_when() -> None:
    now = on_call(schedule(WEEKLY), at("2026-11-10 00:00"))
    assert (now.people, now.layer, now.until) == (("bo",), "a", at("2026-11-16 09:00"))


def test_on_call_in_a_gap_says_when_it_ends() -> None:
    assert on_call(schedule(WEEKLY), at("2026-10-01 00:00")) == ((), at("2026-11-02 09:00"), None, False)


def test_on_call_without_a_change_in_sight_has_no_end() -> None:
    ended = schedule(WEEKLY | {"until": "2026-11-03T00:00"})
    assert on_call(ended, at("2026-12-01 00:00")).until is None


def test_a_handoff_belongs_to_the_incoming_person() -> None:
    moment = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    rota = schedule(WEEKLY)
    assert on_call(rota, moment).people == ("bo",)
    assert on_call(rota, moment - timedelta(microseconds=1)).people == ("ana",)


def test_an_empty_span_has_no_rows() -> None:
    assert plan(schedule(WEEKLY), "2026-11-03 00:00", "2026-11-03 00:00") == []
    assert plan(schedule(WEEKLY), "2026-11-03 00:00", "2026-11-02 00:00") == []


def test_counting_far_from_the_start_agrees_with_counting_step_by_step() -> None:
    rota = schedule(NIGHTS | {"start": "2010-01-04T20:00", "people": ("a", "b", "c"), "every": 2})
    walked = [row for row in shifts(rota, at("2010-01-01 00:00"), at("2027-01-01 00:00")) if row.people]
    jumped = [row for row in shifts(rota, at("2026-06-01 12:00"), at("2027-01-01 00:00")) if row.people]
    assert walked[-len(jumped) :] == jumped


@pytest.mark.parametrize("rotation", ["hourly", "daily", "weekly", "monthly"])
def test_days_of_the_month_are_counted_one_by_one_however_old_the_layer(rotation: str) -> None:
    rota = schedule(
        {"rotation": rotation, "start": "2016-01-10T00:00", "people": ("a", "b", "c", "d"), "month_days": (1, 15, 31)}
    )
    walked = [row for row in shifts(rota, at("2016-01-01 00:00"), at("2027-01-01 00:00")) if row.people]
    jumped = [row for row in shifts(rota, at("2026-11-02 00:00"), at("2027-01-01 00:00")) if row.people]
    assert walked[-len(jumped) :] == jumped
