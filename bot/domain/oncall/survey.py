"""What people say of their turns when these are over, 1 (rough) to 5 (clean): figures by schedule. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

BEARABLE = 3
"""A schedule whose turns are found worse than this on average needs a change."""


@dataclass(frozen=True)
class SurveyAnswer:
    """Somebody's answer about a turn on a schedule."""

    schedule: str
    score: int
    words: str
    at: datetime


@dataclass(frozen=True)
class Turns:
    """Of one schedule: how many were asked and answered, the mean score, how many found it hard or rough, and in what
    words, the newest first. Nobody is named."""

    schedule: str
    asked: int
    answers: int
    average: Decimal | None
    hard: int
    words: tuple[str, ...]

    @property
    def well(self) -> bool:
        return self.average is None or self.average >= BEARABLE


def turns(asked: Sequence[str], said: Sequence[SurveyAnswer]) -> tuple[Turns, ...]:
    """`asked` holds a schedule once for everybody who was asked about a turn on it; schedules in their order."""
    return tuple(_of(one, asked.count(one), [each for each in said if each.schedule == one])
                 for one in dict.fromkeys(asked))  # fmt: skip


def _of(schedule: str, asked: int, said: Sequence[SurveyAnswer]) -> Turns:
    scores = [one.score for one in said]
    words = [one.words.strip() for one in sorted(said, key=lambda one: one.at, reverse=True) if one.words.strip()]
    average = Decimal(sum(scores)) / len(scores) if scores else None
    return Turns(schedule, asked, len(scores), average, sum(score < BEARABLE for score in scores), tuple(words))


def improvements(found: Sequence[Turns]) -> tuple[str, ...]:
    """What to do about the schedules whose turns are found hard."""
    return tuple(
        f"Easier shifts on {one.schedule}: they were rated {one.average:.1f} of 5; ask what to change."
        for one in found
        if not one.well
    )
