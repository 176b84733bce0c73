"""Facts about how grave an incident is: who says that it affects them, and which time ran out."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class ComplaintMade(Fact, name="incidents.complaint_made"):
    """Someone says that it affects them too; `count` is how many have by now."""

    person: str
    text: str
    count: int


@dataclass(frozen=True, kw_only=True)
class TargetMissed(Fact, name="incidents.target_missed"):
    """A time of the severity is over: `target` is one of severity, `within` its length or next_business_day.

    `told` is whether the person is told here: another question of the same moment may say it already.
    """

    target: str
    severity: str
    within: str
    person: str
    told: bool
