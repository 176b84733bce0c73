"""Four models of pay for being on call, in exact decimals; days by the wall clock, hours as they really pass."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.sections.on_call import Compensation
from bot.domain.oncall import compensation as pay
from bot.domain.oncall.compensation import Model, NoRate, Served

GOLDEN = json.loads((Path(__file__).parents[1] / "golden_on_call.json").read_text())
MADRID = ZoneInfo("Europe/Madrid")
RATES = Compensation(per_day=Decimal(50), per_incident=80, hourly_rate=Decimal("33.33"))
WEEK = Served("ana", Decimal(7), Decimal("2.5"), (Decimal("2.25"), Decimal(1)))


def golden(formula: str) -> list[Any]:
    return [pytest.param(one["inputs"], one["expected"], id=one["id"]) for one in GOLDEN if one["formula"] == formula]


@pytest.mark.parametrize(("given", "expected"), golden("oncall_compensation"))
def test_golden_compensation(given: dict[str, Any], expected: float) -> None:
    values = {name: _exact(value) for name, value in given.items() if name != "model"}
    assert float(getattr(pay, given["model"])(*values.values())) == pytest.approx(expected, rel=1e-5)


def _exact(value: Any) -> Any:
    return [Decimal(str(one)) for one in value] if isinstance(value, list) else Decimal(str(value))


@pytest.mark.parametrize(("given", "expected"), golden("oncall_shift_hours"))
def test_golden_shift_hours(given: dict[str, Any], expected: float) -> None:
    start = datetime.fromisoformat(given["start_local"]).replace(tzinfo=ZoneInfo(given["tz"]))
    assert pay.shift_hours(start, given["days"]) == Decimal(str(expected))


def test_the_week_in_which_the_clock_goes_forward_is_an_hour_short() -> None:
    assert pay.shift_hours(datetime(2026, 3, 23, 9, tzinfo=MADRID), 7) == 167


@pytest.mark.parametrize(
    ("model", "amount", "hours_off"),
    [
        ("fixed_stipend", Decimal(350), None),
        ("incident_based", Decimal(160), None),
        ("time_based", Decimal("124.99"), None),  # 2.5 h x 33.33 x 1.5 = 124.9875
        ("comp_time", None, Decimal("3.25")),
    ],
)
def test_what_a_week_is_worth(model: Model, amount: Decimal | None, hours_off: Decimal | None) -> None:
    due = pay.due(WEEK, model, RATES)
    assert (due.amount, due.hours_off) == (amount, hours_off)


@pytest.mark.parametrize(("model", "name"), pay.RATES.items())
def test_a_model_without_its_rate_says_where_to_write_it(model: Model, name: str) -> None:
    with pytest.raises(NoRate, match=f"on_call.compensation.{name}"):
        pay.due(WEEK, model, Compensation())


def test_days_are_counted_by_the_wall_clock_and_overlaps_once() -> None:
    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=MADRID)

    long_week = (local("2026-10-19T09:00"), local("2026-10-26T09:00"))
    assert pay.days([long_week], MADRID) == 7
    assert pay.days([long_week, long_week, (local("2026-10-26T09:00"), local("2026-10-26T21:00"))], MADRID) == Decimal(
        "7.5"
    )
    assert pay.days([], MADRID) == 0


MOMENTS = st.integers(0, 8_000).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(st.lists(st.tuples(MOMENTS, MOMENTS).map(lambda one: (min(one), max(one))), max_size=8))
def test_merged_spans_are_apart_and_cover_the_same(spans: list[tuple[datetime, datetime]]) -> None:
    found = pay.merged(spans)
    assert all(first[1] < second[0] for first, second in pairwise(found))
    for start, end in spans:
        assert start == end or any(one <= start and end <= other for one, other in found)
