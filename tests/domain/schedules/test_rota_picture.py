"""The picture of a schedule: what stands where in it, and that it can be drawn whatever people are called."""

import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedules import picture as picture_rules
from bot.domain.schedules.picture import MOST, Picture, Week
from bot.domain.schedules.schedule import Override, shifts
from bot.rendering import picture
from tests.domain.schedule_samples import WEEKLY, at, schedule

NOW = at("2026-11-02 12:00")
HOLE = Override(at("2026-11-04 12:00"), at("2026-11-05 00:00"), "remove", "ana")
STAND_IN = Override(at("2026-11-03 00:00"), at("2026-11-04 00:00"), "replace", "ana", "eve")


def drawn(*overrides: Override, zone: str = "UTC", now: datetime = NOW) -> Picture:
    clock = ZoneInfo(zone)
    plan = shifts(schedule(WEEKLY), *picture_rules.window(now, clock), overrides)
    return picture_rules.picture("primary", plan, now, clock, str.title)


def lines(week: Week) -> list[str]:
    """Bars as `Ana 0.38-7.00 09:00`; `!` marks an override."""
    shown = [f"{week.rows[one.row].name} {one.left:.2f}-{one.right:.2f} {one.begins}".strip() for one in week.bars]
    return [line + (" !" if bar.override else "") for line, bar in zip(shown, week.bars, strict=True)]


def test_two_weeks_with_a_row_a_person_a_stand_in_and_a_gap() -> None:
    found = drawn(STAND_IN, HOLE)
    first, second = found.weeks
    assert found.now == 0.5
    assert lines(first) == [
        "Ana 0.38-1.00 09:00",
        "Eve 1.00-2.00 00:00 !",
        "Ana 2.00-2.50 00:00",
        "Ana 3.00-7.00 00:00",
    ]
    assert first.gaps == ((0, 0.375), (2.5, 3))
    assert lines(second) == ["Ana 0.00-0.38", "Bo 0.38-7.00 09:00"]
    assert second.gaps == ()
    assert [day.day for day in second.days] == [9, 10, 11, 12, 13, 14, 15]
    assert "no one Wed 4 Nov 12:00 to Thu 5 Nov 00:00; Ana" in found.summary
    colours = {week.rows[bar.row].name: bar.colour for week in found.weeks for bar in week.bars}
    assert len(set(colours.values())) == len(colours), "the same colour in both weeks, another for everybody"


def test_the_reader_s_own_clock_decides_what_today_is_and_where_a_turn_begins() -> None:
    found = drawn(zone="Pacific/Auckland")
    assert found.weeks[0].days[0].day == 3
    assert lines(found.weeks[0]) == ["Ana 0.00-6.92", "Bo 6.92-7.00 22:00"]
    assert found.now == pytest.approx(1 / 24)


def test_a_day_of_25_hours_is_as_wide_as_any_other() -> None:
    now, clock = at("2026-10-20 12:00"), ZoneInfo("Europe/Madrid")
    layers = {**WEEKLY, "start": "2026-10-05T09:00"}
    plan = shifts(schedule(layers, timezone="Europe/Madrid"), *picture_rules.window(now, clock))
    found = picture_rules.picture("p", plan, now, clock, str)
    assert lines(found.weeks[0])[-1] == "ana 6.38-7.00 09:00"


def test_who_has_no_row_of_their_own_shares_the_last_one() -> None:
    layers = {
        "rotation": "hourly",
        "every": 6,
        "start": "2026-11-01T00:00",
        "people": tuple(f"p{n}" for n in range(20)),
    }
    plan = shifts(schedule(layers), *picture_rules.window(NOW, ZoneInfo("UTC")))
    week = picture_rules.picture("p", plan, NOW, ZoneInfo("UTC"), str).weeks[0]
    assert (len(week.rows), week.rows[-1].name) == (MOST, "7 more")
    assert {bar.row for bar in week.bars} == set(range(MOST))


@pytest.mark.parametrize("name", ["Ana Ruiz", "$x_{1$ \\frac{", "李伟 👩‍🚒", "A name that is much longer than any row"])
def test_whatever_people_are_called_it_is_drawn(name: str) -> None:
    plan = shifts(schedule(WEEKLY), *picture_rules.window(NOW, ZoneInfo("UTC")), [STAND_IN, HOLE])
    file = picture.png(picture_rules.picture(name, plan, NOW, ZoneInfo("UTC"), lambda who: name))
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(file[16:20]) == 1080, "as wide as a phone shows"


def test_a_gap_an_override_and_the_time_change_what_is_seen() -> None:
    seen = [drawn(), drawn(HOLE), drawn(STAND_IN), drawn(now=datetime(2026, 11, 2, 15, tzinfo=UTC))]
    assert len({picture.png(one) for one in seen}) == len(seen)
    assert picture.png(drawn(HOLE)) == picture.png(drawn(HOLE))


def test_what_runs_without_drawing_does_not_load_the_library() -> None:
    program = "import sys, bot.app, bot.cli.oncall.run, bot.rendering.picture; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
