"""Facts about how grave an incident is, who says that it affects them, which time ran out, and own fields of it."""

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


@dataclass(frozen=True, kw_only=True)
class FieldSet(Fact, name="incidents.field_set"):
    """An own field has another value; "" is none. `label` is what it was called then; `people`: values are people."""

    field: str
    label: str
    old: str
    new: str
    people: bool
