"""How turns were found: by schedule, against who was asked, in words without names."""

from datetime import datetime
from decimal import Decimal

import pytest

from bot.domain.oncall.survey import SurveyAnswer, improvements, turns
from tests.domain.schedule_samples import at

MONDAY, TUESDAY = at("2026-11-02 09:00"), at("2026-11-03 09:00")


def said(schedule: str, score: int, words: str = "", when: datetime = MONDAY) -> SurveyAnswer:
    return SurveyAnswer(schedule, score, words, when)


CASES = [
    ([], [], []),
    (["a"], [], [("a", 1, 0, None, 0, ())]),
    (["a", "b", "a"], [said("a", 5), said("a", 2)], [("a", 2, 2, Decimal("3.5"), 1, ()), ("b", 1, 0, None, 0, ())]),
    (["a", "a"], [said("a", 1, " noisy "), said("a", 3, "better", TUESDAY)],
     [("a", 2, 2, Decimal(2), 1, ("better", "noisy"))]),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answers", "expected"), CASES)
def test_turns_are_counted_by_schedule(
    asked: list[str], answers: list[SurveyAnswer], expected: list[tuple[object, ...]]
) -> None:
    found = turns(asked, answers)
    assert [(one.schedule, one.asked, one.answers, one.average, one.hard, one.words) for one in found] == expected


@pytest.mark.parametrize(("scores", "advised"), [([3], False), ([2, 3], True), ([5, 1, 2], True), ([], False)])
def test_below_three_something_should_change(scores: list[int], advised: bool) -> None:
    found = turns(["a", "a", "a"], [said("a", score) for score in scores])
    assert bool(improvements(found)) is advised
