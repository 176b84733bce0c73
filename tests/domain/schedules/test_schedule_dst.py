"""Summer time, half-hour shifts, zones that skip a day: hand-offs by the local clock, and no hole anywhere.

The properties compare the plan with a slow model that walks every period and asks `zoneinfo` for every instant.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import Layer, Schedule
from bot.domain.schedules.schedule import on_call, shifts
from tests.domain.schedule_samples import at, plan, schedule
from tests.selection import examples

ZONES = sorted(name for name in available_timezones() if name not in ("localtime", "Factory"))


def hours(zone: str, start: str, rotation: str) -> list[float]:
    """The lengths of the first four turns."""
    rota = schedule({"rotation": rotation, "start": start, "people": ("ana", "bo")}, timezone=zone)
    begin = at(start, zone).astimezone(UTC)
    rows = shifts(rota, begin, begin + timedelta(days=40))
    return [(row.end - row.start).total_seconds() / 3600 for row in rows[:4]]


@pytest.mark.parametrize(
    ("zone", "start", "rotation", "expected"),
    [
        ("UTC", "2025-10-20T09:00", "weekly", [168, 168, 168, 168]),
        ("Europe/Paris", "2025-10-20T09:00", "weekly", [169, 168, 168, 168]),
        ("Europe/Paris", "2025-03-24T09:00", "weekly", [167, 168, 168, 168]),
        ("America/New_York", "2026-03-07T20:00", "daily", [23, 24, 24, 24]),
        ("America/New_York", "2026-10-31T20:00", "daily", [25, 24, 24, 24]),
        # 02:30 does not exist on the 29th: that hand-off is at 03:00, the next one at 02:30 again.
        ("Europe/Madrid", "2026-03-28T02:30", "daily", [23.5, 23.5, 24, 24]),
        # 02:30 happens twice on the 25th: the first one counts.
        ("Europe/Madrid", "2026-10-24T02:30", "daily", [24, 25, 24, 24]),
        # In spring the hand-off at 02:00 falls on the one at 03:00, and one person's hour does not happen.
        ("Europe/Madrid", "2026-03-29T01:00", "hourly", [1, 1, 1, 1]),
        # In autumn the hour from 02:00 lasts two.
        ("Europe/Madrid", "2026-10-25T01:00", "hourly", [1, 2, 1, 1]),
        # Lord Howe moves by half an hour.
        ("Australia/Lord_Howe", "2026-04-04T12:00", "daily", [24.5, 24, 24, 24]),
        ("Australia/Lord_Howe", "2026-10-03T12:00", "daily", [23.5, 24, 24, 24]),
        # The change is at midnight: the day begins at 01:00.
        ("America/Havana", "2026-03-07T00:00", "daily", [24, 23, 24, 24]),
        ("Asia/Beirut", "2026-03-28T00:00", "daily", [24, 23, 24, 24]),
        # Samoa had no 30 December 2011.
        ("Pacific/Apia", "2011-12-28T09:00", "daily", [24, 15, 9, 24]),
    ],
)
def test_turns_follow_the_local_clock(zone: str, start: str, rotation: str, expected: list[float]) -> None:
    assert hours(zone, start, rotation) == expected


def test_the_person_of_an_hour_that_does_not_happen_is_skipped() -> None:
    rota = schedule(
        {"rotation": "hourly", "start": "2026-03-29T00:00", "people": ("a", "b", "c", "d")}, timezone="Europe/Madrid"
    )
    who = [row.people[0] for row in shifts(rota, at("2026-03-28 23:00"), at("2026-03-29 03:00"))]
    assert who == ["a", "b", "d", "a"]


def test_a_window_over_the_change_keeps_its_local_ends() -> None:
    nights = {"rotation": "daily", "start": "2026-03-27T20:00", "people": ("eve",), "from": "20:00", "to": "08:00"}
    rows = shifts(schedule(nights, timezone="Europe/Madrid"), at("2026-03-27 12:00"), at("2026-03-30 12:00"))
    assert [(row.end - row.start).total_seconds() / 3600 for row in rows if row.people] == [12, 11, 12]


def test_a_window_inside_the_gap_does_not_exist() -> None:
    early = {"rotation": "daily", "start": "2026-03-28T02:00", "people": ("eve",), "from": "02:00", "to": "03:00"}
    assert plan(schedule(early, timezone="Europe/Madrid"), "2026-03-28 12:00", "2026-03-30 12:00") == [
        "03-28 12:00 03-30 02:00 nobody",
        "03-30 02:00 03-30 03:00 eve (a)",
        "03-30 03:00 03-30 12:00 nobody",
    ]


def test_a_plan_may_end_between_the_two_instances_of_an_hour() -> None:
    rota = schedule(
        {"rotation": "hourly", "start": "2026-10-24T00:30", "people": ("a", "b", "c")}, timezone="Europe/Madrid"
    )
    second_ten_past_two = at("2026-10-25 01:10+00:00")
    who = [(row.people[0], row.end) for row in shifts(rota, at("2026-10-24 23:30+00:00"), second_ten_past_two)]
    assert who == [("b", at("2026-10-25 00:30+00:00")), ("c", second_ten_past_two)]


class Model:
    """The slow reading of one layer: every minute is asked for by itself."""

    def __init__(self, of: Schedule) -> None:
        self.layer, self.zone = of.layers[0], of.zone
        self.week_start = ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(of.week_start)

    def instant(self, wall: datetime) -> datetime:
        first = wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)
        if first.astimezone(self.zone).replace(tzinfo=None) == wall:
            return first
        gap = wall.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        offset = gap.astimezone(self.zone).utcoffset()
        while gap.astimezone(self.zone).utcoffset() == offset:
            gap += timedelta(seconds=1 if gap.second or (first - gap) < timedelta(minutes=1) else 60)
            if gap > first:
                raise AssertionError("no change found")
        while (gap - timedelta(seconds=1)).astimezone(self.zone).utcoffset() != offset:
            gap -= timedelta(seconds=1)
        return gap

    def period(self, index: int) -> datetime:
        layer = self.layer
        if layer.rotation == "monthly":
            month = layer.start.month - 1 + index
            year, month = layer.start.year + month // 12, month % 12 + 1
            for day in range(layer.start.day, 0, -1):
                try:
                    return layer.start.replace(year=year, month=month, day=day)
                except ValueError:
                    continue
        length = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(days=7)}
        origin = layer.start
        if layer.rotation == "weekly" and layer.days:
            origin = datetime(origin.year, origin.month, origin.day)  # noqa: DTZ001
            while origin.weekday() != self.week_start:
                origin -= timedelta(days=1)
        return origin + index * length[layer.rotation]

    def windows(self, until: datetime) -> list[tuple[datetime, datetime]]:
        layer = self.layer
        if not layer.restricted:
            return [(layer.start, until)]
        found = []
        midnight = datetime(layer.start.year, layer.start.month, layer.start.day) - timedelta(days=2)  # noqa: DTZ001
        while midnight < until:
            opens = (
                midnight + timedelta(hours=layer.opens.hour, minutes=layer.opens.minute) if layer.opens else midnight
            )
            closes = (
                midnight + timedelta(hours=layer.closes.hour, minutes=layer.closes.minute) if layer.closes else midnight
            )
            if closes <= opens:
                closes += timedelta(days=1)
            named = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[midnight.weekday()]
            wanted = (not layer.days or named in layer.days) and (
                not layer.month_days or midnight.day in layer.month_days
            )
            if wanted and closes > layer.start:
                found.append((max(opens, layer.start), closes))
            midnight += timedelta(days=1)
        return found

    def people(self, end: datetime) -> list[tuple[datetime, datetime, tuple[str, ...]]]:
        """(start, end, people) of every piece up to about `end`, by walking all periods."""
        until = end.astimezone(self.zone).replace(tzinfo=None) + timedelta(days=3)
        windows, pieces, counted, index = self.windows(until), [], 0, 0
        while self.period(index) < until:
            begins, ends = self.period(index), self.period(index + 1)
            held = [(max(a, begins), min(b, ends)) for a, b in windows if max(a, begins) < min(b, ends)]
            turn = self.layer.people[(counted // self.layer.every) % len(self.layer.people)]
            pieces += [(self.instant(a), self.instant(b), turn) for a, b in held]
            if held or not self.layer.restricted or self.layer.advance == "always":
                counted += 1
            index += 1
        return [piece for piece in pieces if piece[0] < piece[1]]


DAY_SETS = st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=4).map(
    lambda days: tuple(days)
)
CLOCKS = st.sampled_from(["00:00", "00:30", "02:00", "02:30", "08:00", "20:00"])


@st.composite
def rotas(draw: st.DrawFn) -> Schedule:
    """One layer of any kind in any zone, started not long before a year of the present."""
    start = datetime(draw(st.integers(1995, 2036)), 1, 1, tzinfo=UTC) + timedelta(
        days=draw(st.integers(0, 364)), minutes=draw(st.sampled_from([0, 30, 60, 120, 150, 540, 1200, 1425]))
    )
    layer: dict[str, Any] = {
        "rotation": draw(st.sampled_from(["hourly", "daily", "weekly", "monthly"])),
        "every": draw(st.integers(1, 3)),
        "start": start.replace(tzinfo=None),
        "people": tuple("abcdefg"[: draw(st.integers(1, 5))]),
        "days": draw(DAY_SETS),
        "month_days": draw(st.sampled_from([(), (), (1, 15), (31,)])),
        "advance": draw(st.sampled_from(["active", "always"])),
    }
    if draw(st.booleans()):
        layer |= {"from": draw(CLOCKS), "to": draw(CLOCKS)}
    return schedule(layer, timezone=draw(st.sampled_from(ZONES)), week_start=draw(st.sampled_from(["MO", "SU", "SA"])))


class Span(NamedTuple):
    start: datetime
    end: datetime


def span_of(layer: Layer, zone: ZoneInfo, skip: int, days: int) -> Span:
    start = layer.start.replace(tzinfo=zone).astimezone(UTC) + timedelta(days=skip)
    return Span(start, start + timedelta(days=days))


@examples(80, 250)
@given(rotas(), st.integers(-2, 60), st.integers(1, 40))
def test_the_plan_is_what_walking_every_period_gives(rota: Schedule, skip: int, days: int) -> None:
    span = span_of(rota.layers[0], rota.zone, skip, days)
    model = Model(rota).people(span.end)
    for row in shifts(rota, *span):
        middle = row.start + (row.end - row.start) / 2
        for moment in (row.start, middle, row.end - timedelta(seconds=1)):
            expected = [people for start, end, people in model if start <= moment < end]
            assert (expected or [()])[0] == row.people, (moment, row)


@examples(80, 250)
@given(rotas(), st.integers(-5, 400), st.integers(1, 60))
def test_a_plan_has_no_hole_and_no_overlap(rota: Schedule, skip: int, days: int) -> None:
    span = span_of(rota.layers[0], rota.zone, skip, days)
    rows = shifts(rota, *span)
    assert (rows[0].start, rows[-1].end) == span
    assert all(before.end == after.start for before, after in pairwise(rows))
    assert all(row.start < row.end for row in rows)
    assert all(bool(row.people) == (row.layer is not None) for row in rows)


@examples(80, 200)
@given(st.sampled_from(ZONES), st.datetimes(datetime(1996, 1, 1), datetime(2036, 1, 1)), st.integers(0, 30))  # noqa: DTZ001
def test_every_handoff_is_on_the_local_grid_of_its_zone(zone: str, start: datetime, day: int) -> None:
    start = start.replace(second=0, microsecond=0)
    rota = schedule({"rotation": "daily", "start": start, "people": ("a", "b")}, timezone=zone)
    begin = start.replace(tzinfo=rota.zone).astimezone(UTC) + timedelta(days=1)
    for row in shifts(rota, begin, begin + timedelta(days=40))[1:]:
        local = row.start.astimezone(rota.zone)
        before = (row.start - timedelta(seconds=1)).astimezone(rota.zone)
        after_a_gap = before.utcoffset() != local.utcoffset()
        assert after_a_gap or (local.hour, local.minute, local.fold) == (start.hour, start.minute, 0)


@examples(60, 150)
@given(rotas(), st.integers(-5, 200), st.integers(0, 86_399))
def test_asking_for_one_moment_agrees_with_the_plan(rota: Schedule, skip: int, second: int) -> None:
    moment = span_of(rota.layers[0], rota.zone, skip, 1).start + timedelta(seconds=second)
    row = shifts(rota, moment, moment + timedelta(days=400))[0]
    now = on_call(rota, moment)
    assert (now.people, now.layer) == (row.people, row.layer)
    if row.end < moment + timedelta(days=300):
        assert now.until == row.end
