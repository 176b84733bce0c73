"""Which severity follows from what is measured: rules as data, evaluated over the metrics that are known.

What is not known is neither zero nor false. Where nothing can be evaluated there is no severity: a person is asked.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.catalog.sections.classification import ALWAYS, Bound, Classification, Condition
from bot.catalog.sections.severities import SEVERITIES
from bot.domain.core.errors import DomainError

Metric = Decimal | bool
_SIGNS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq,
}  # fmt: skip
_LENIENT = {">": ">=", "<": "<="}
DEGRADATION = "sla_degradation"
"""How many times as slow as promised."""


class UnknownMetric(DomainError):
    """Nothing is decided by "{text}". Metrics: {choices}."""


class BadMetric(DomainError):
    """ "{text}" is no value for {metric}: write a number, or yes or no for something that is so or is not."""


@dataclass(frozen=True)
class Finding:
    """What one answer or condition says: the severity, and why in words; `milder` where it could be that one, too."""

    about: str
    severity: str
    because: str
    milder: str | None = None


@dataclass(frozen=True)
class Suggestion:
    """The severity that follows, None when a person has to say; the reasons for it, worst first."""

    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> str | None:
        """The worst that anything says; the first of the findings says it."""
        return self.findings[0].severity if self.findings else None

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """Those that alone would lead to this severity."""
        return tuple(one for one in self.findings if one.severity == self.severity)

    @property
    def between(self) -> str | None:
        """The milder severity where it could be either: then the higher one is suggested, and that is said."""
        milder = [one.milder for one in self.deciding]
        return milder[0] if all(milder) and milder else None


def together(*suggestions: Suggestion) -> Suggestion:
    """The worst of them wins, and the findings of all are shown."""
    found = (one for suggestion in suggestions for one in suggestion.findings)
    return Suggestion(tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity))))


def classify(given: Classification, metrics: Mapping[str, Metric]) -> Suggestion:
    """The first rule that holds, with every condition of it that does."""
    strict, evaluated = given.strict_comparisons, False
    for rule in given.rules:
        found = [(one, _holds(one, metrics, strict)) for one in rule.any if one.metric != ALWAYS]
        evaluated = evaluated or any(holds is not None for _, holds in found)
        if met := [one for one, holds in found if holds]:
            return Suggestion(tuple(_finding(rule.severity, one, metrics) for one in met))
        if evaluated and any(one.metric == ALWAYS for one in rule.any):
            known = ", ".join(_shown(name, metrics[name]) for name in metrics)
            return Suggestion((Finding(ALWAYS, rule.severity, f"{known}: no worse rule applies"),))
    return Suggestion()


def latency_breach(given: Classification, actual_ms: Decimal, promised_ms: Decimal) -> str | None:
    """What follows from answers that take longer than promised; None while no rule is broken."""
    if promised_ms <= 0:
        return None
    found = classify(given, {DEGRADATION: actual_ms / promised_ms})
    return None if any(one.about == ALWAYS for one in found.findings) else found.severity


def names(given: Classification) -> tuple[str, ...]:
    """Every metric that a rule looks at."""
    found = (name for rule in given.rules for one in rule.any for name in one.names if name != ALWAYS)
    return tuple(dict.fromkeys(found))


def read(given: Classification, written: Mapping[str, str]) -> dict[str, Metric]:
    """Metrics as people and programs write them. Raises UnknownMetric and BadMetric."""
    known, flags, found = names(given), _flags(given), {}
    for name, text in written.items():
        if name not in known:
            raise UnknownMetric(text=name, choices=", ".join(known))
        found[name] = _value(name, text)
        if isinstance(found[name], bool) != (name in flags):
            raise BadMetric(text=text[:60], metric=name)
    return found


def _flags(given: Classification) -> set[str]:
    return {one.metric for rule in given.rules for one in rule.any if not one.sign}


def _value(name: str, text: str) -> Metric:
    word = text.strip().lower()
    if word in ("", "true", "yes", "y"):
        return True
    if word in ("false", "no", "n"):
        return False
    try:
        number = Decimal(word.rstrip("%").replace("_", ""))
    except InvalidOperation:
        raise BadMetric(text=text[:60], metric=name) from None
    if not number.is_finite() or number < 0:
        raise BadMetric(text=text[:60], metric=name)
    return number


def within(side: Bound, number: Decimal, *, strict: bool = True) -> bool:
    """Whether a number lies on this side."""
    return _SIGNS[side.sign if strict else _LENIENT.get(side.sign, side.sign)](number, side.bound)


def _holds(condition: Condition, metrics: Mapping[str, Metric], strict: bool) -> bool | None:
    """None when it cannot be told: a metric is missing, is no number, or is a baseline of nothing."""
    value = metrics.get(condition.metric)
    if not condition.sign:
        return value if isinstance(value, bool) else None
    base = metrics.get(condition.base) if condition.base else Decimal(1)
    if not isinstance(value, Decimal) or not isinstance(base, Decimal) or base <= 0:
        return None
    sign = condition.sign if strict else _LENIENT.get(condition.sign, condition.sign)
    return _SIGNS[sign](value, condition.bound * base)


def _finding(severity: str, condition: Condition, metrics: Mapping[str, Metric]) -> Finding:
    shown = _shown(condition.metric, metrics[condition.metric])
    return Finding(condition.metric, severity, f"{shown} ({condition.text})" if condition.sign else shown)


def _shown(name: str, value: Metric) -> str:
    words = name.replace("_", " ").replace(" pct", " %")
    if isinstance(value, bool):
        return words if value else f"no {words}"
    return f"{words} {value:f}"
