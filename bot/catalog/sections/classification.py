"""How a severity follows from what is known of an incident: rules over metrics, and the rows of the decision matrix."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from bot.catalog.section import Section
from bot.catalog.sections.severities import Severity
from bot.catalog.value import Value

_CONDITION = re.compile(
    r"(?P<metric>[a-z]\w*)"
    r"(?:\s*(?P<sign>>=|<=|==|>|<)\s*(?:(?P<bound>\d+(?:\.\d+)?)|(?P<base>[a-z]\w*)\s*\*\s*(?P<factor>\d+(?:\.\d+)?)))?"
)
_BOUND = re.compile(r"(?P<sign>>=|<=|==|>|<)\s*(?P<bound>\d+(?:\.\d+)?)")
ALWAYS = "always"
"""The condition that holds when no other does."""


@dataclass(frozen=True)
class Condition:
    """`data_loss`, `error_rate > 50` or `latency_p95 > baseline_p95 * 3`: a flag has no sign, a comparison with another
    metric a `base`, of which `bound` is a multiple.
    """

    text: str
    metric: str
    sign: str = ""
    bound: Decimal = Decimal(0)
    base: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The metrics without which it says nothing."""
        return (self.metric, self.base) if self.base else (self.metric,)


@dataclass(frozen=True)
class Bound:
    """`> 50`: one side of a number line."""

    text: str
    sign: str
    bound: Decimal


def _condition(written: Any) -> Condition:
    found = _CONDITION.fullmatch(str(written).strip())
    if found is None:
        raise ValueError(
            f'"{written}" is no condition; write data_loss, error_rate > 50, or latency_p95 > baseline_p95 * 3.'
        )
    number = Decimal(found["bound"] or found["factor"] or 0)
    return Condition(str(written).strip(), found["metric"], found["sign"] or "", number, found["base"] or "")


def _bound(written: Any) -> Bound:
    found = _BOUND.fullmatch(str(written).strip())
    if found is None:
        raise ValueError(f'"{written}" is no bound; write a sign and a number, such as "> 50" or ">= 10".')
    return Bound(str(written).strip(), found["sign"], Decimal(found["bound"]))


def _text(value: Condition | Bound) -> str:
    return value.text


Holds = Annotated[
    Condition,
    PlainValidator(_condition),
    PlainSerializer(_text, return_type=str),
    WithJsonSchema({"type": "string", "title": "condition", "examples": ["data_loss", "error_rate > 50"]}),
]
Side = Annotated[
    Bound,
    PlainValidator(_bound),
    PlainSerializer(_text, return_type=str),
    WithJsonSchema({"type": "string", "title": "bound", "examples": ["> 50", ">= 10"]}),
]


class Rule(Value):
    """One level: it holds when any of its conditions does."""

    severity: Severity
    """What follows."""
    any: tuple[Holds, ...]
    """A flag (`data_loss`), a number (`error_rate > 50`), or a multiple of another one
    (`latency_p95 > baseline_p95 * 3`); `always` holds when nothing else does.
    """


class Matrix(Value):
    """The five questions of the wizard, each with what an answer means; the worst answer wins."""

    users_pct: Mapping[Severity, Side]
    """How many users are affected, in percent."""
    functionality: Mapping[str, Severity]
    """What does not work."""
    workaround: Mapping[str, Severity]
    """Whether there is a way around it."""
    revenue_per_hour: Mapping[Severity, Side]
    """What it costs per hour, in `display.currency`."""
    sla: Mapping[str, Severity]
    """Whether what was promised to customers is at risk."""


class Classification(Value):
    """Rules are read from the first to the last, and the first that holds wins. What is not known counts for nothing:
    it is neither zero nor false.
    """

    combine: Literal["worst"] = "worst"
    """Of the answers in the matrix the worst wins."""
    strict_comparisons: bool = True
    """Whether `>` and `<` leave out the bound itself."""
    unknown_when_nothing_evaluable: Literal["ask"] = "ask"
    """What follows when nothing is known: a person is asked, and nothing is assumed."""
    rules: tuple[Rule, ...]
    """From the worst level to the mildest."""
    matrix: Matrix
    """What the wizard behind *Not sure* asks."""


CLASSIFICATION = Section("classification", Classification)
