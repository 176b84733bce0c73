"""Overrides: what people change at short notice, laid over the plan."""

import pytest

from bot.domain.schedules.schedule import Override
from tests.domain.schedule_samples import WEEKLY, at, plan, schedule


def override(start: str, end: str, action: str, person: str, substitute: str | None = None) -> Override:
    assert action in ("add", "remove", "replace")
    return Override(at(start), at(end), action, person, substitute)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("add", "eve"), ["ana (a)", "ana+eve (a) !", "ana (a)"]),
        (("add", "ana"), ["ana (a)"]),
        (("remove", "ana"), ["ana (a)", "nobody !", "ana (a)"]),
        (("remove", "bo"), ["ana (a)"]),
        (("replace", "ana", "bo"), ["ana (a)", "bo (a) !", "ana (a)"]),
        (("replace", "bo", "eve"), ["ana (a)"]),
    ],
)
def test_an_override_changes_its_window_only(change: tuple[str, ...], expected: list[str]) -> None:
    made = override("2026-11-03 00:00", "2026-11-04 00:00", *change)
    assert [line[24:] for line in plan(schedule(WEEKLY), "2026-11-02 09:00", "2026-11-05 00:00", made)] == expected


def test_overrides_apply_in_their_order() -> None:
    swap = override("2026-11-03 00:00", "2026-11-05 00:00", "replace", "ana", "bo")
    leave = override("2026-11-04 00:00", "2026-11-06 00:00", "replace", "bo", "cy")
    assert plan(schedule(WEEKLY), "2026-11-02 09:00", "2026-11-06 00:00", swap, leave) == [
        "11-02 09:00 11-03 00:00 ana (a)",
        "11-03 00:00 11-04 00:00 bo (a) !",
        "11-04 00:00 11-05 00:00 cy (a) !",
        "11-05 00:00 11-06 00:00 ana (a)",
    ]


def test_an_override_alone_fills_a_gap_and_is_clipped() -> None:
    helper = override("2026-10-30 00:00", "2026-11-30 00:00", "add", "eve")
    ended = schedule(WEEKLY | {"until": "2026-11-03T00:00"})
    assert plan(ended, "2026-11-01 00:00", "2026-11-04 00:00", helper) == [
        "11-01 00:00 11-02 09:00 eve !",
        "11-02 09:00 11-03 00:00 ana+eve (a) !",
        "11-03 00:00 11-04 00:00 eve !",
    ]
