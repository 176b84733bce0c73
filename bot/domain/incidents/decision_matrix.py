"""The five questions behind *Not sure*: what each answer means, and the worst of them. An answer left out says nothing.

A number may be given as a range: where its ends mean different severities the higher one is suggested, and that is
said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.catalog.sections.classification import Bound, Classification, Matrix
from bot.catalog.sections.severities import SEVERITIES
from bot.domain.core.errors import DomainError
from bot.domain.incidents.classification import Finding, Suggestion, together, within

USERS, FUNCTIONALITY, WORKAROUND, REVENUE, SLA = "users", "functionality", "workaround", "revenue", "sla"
QUESTIONS = {
    USERS: "How many users are affected?",
    FUNCTIONALITY: "What doesn't work?",
    WORKAROUND: "Is there a workaround?",
    REVENUE: "What does it cost per hour?",
    SLA: "Are promises to customers (SLA) at risk?",
}
"""The question of each answer, in the order in which they are asked."""
WORDS = {
    FUNCTIONALITY: {
        "core": "A core function doesn't work",
        "major": "A major feature is impaired",
        "minor": "A minor feature is impaired",
        "cosmetic": "Only looks, or an internal tool",
    },
    WORKAROUND: {"none": "No", "partial": "Yes, but a painful one", "full": "Yes, or none is needed"},
    SLA: {"breached": "An SLA is breached", "at_risk": "An SLA is at risk", "safe": "No SLA is at risk"},
}
"""How the shipped answers are worded; one of tocsin.yml is shown as it is called there."""
_RANGE = re.compile(r"(\d[\d.,_]*)\s*%?(?:\s*(?:-|–|to|\.\.)\s*(\d[\d.,_]*))?\s*%?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?")
_EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""5.000 is five in one country and five thousand in the next."""
_BECAUSE = {
    USERS: "{} of users",
    FUNCTIONALITY: "{}",
    WORKAROUND: "workaround: {}",
    REVENUE: "{} per hour",
    SLA: "{}",
}


class UnknownAnswer(DomainError):
    """ "{text}" is no answer to "{question}" Write one of {choices}."""


@dataclass(frozen=True)
class Option:
    """One answer to choose: `value` as it is stored, its words, and the severity that it means."""

    value: str
    label: str
    severity: str


def options(matrix: Matrix, question: str, currency: str = "") -> tuple[Option, ...]:
    """What can be chosen, worst first; of a number, the bands of the matrix."""
    sides, answers = _rows(matrix, question)
    if sides is not None:
        unit = _unit(question, currency)
        return tuple(Option(side.text, _band(sides, key, unit), key) for key, side in sides.items())
    return tuple(Option(key, _words(question, key), level) for key, level in answers.items())


def suggest(given: Classification, answers: Mapping[str, str], currency: str = "") -> Suggestion:
    """The worst of what the answers mean, each with its reason. Raises UnknownAnswer."""
    written = ((question, answers.get(question, "").strip()) for question in QUESTIONS)
    found = (_mean(given.matrix, question, text, _unit(question, currency)) for question, text in written if text)
    return together(*(Suggestion((one,)) for one in found))


def _mean(matrix: Matrix, question: str, text: str, unit: str) -> Finding:
    sides, choices = _rows(matrix, question)
    if sides is None:
        key = text.lower().replace(" ", "_").replace("-", "_")
        if key not in choices:
            raise UnknownAnswer(text=text[:60], question=QUESTIONS[question], choices=", ".join(choices))
        return Finding(question, choices[key], _BECAUSE[question].format(_words(question, key)))
    band = next((key for key, side in sides.items() if side.text == text), None)
    if band:
        return Finding(question, band, _BECAUSE[question].format(_band(sides, band, unit)))
    return _number(sides, question, text, unit)


def _words(question: str, key: str) -> str:
    return WORDS[question].get(key, key.replace("_", " ").capitalize())


def _unit(question: str, currency: str) -> str:
    return " %" if question == USERS else f" {currency}".rstrip()


def _number(sides: Mapping[str, Bound], question: str, text: str, unit: str) -> Finding:
    """A number, or the two ends of a range: where they differ it is the higher one, and could be the milder."""
    found = _RANGE.fullmatch(text.replace("$", "").replace("€", "").strip())
    ends = [amount(end) for end in found.groups() if end] if found else []
    known_ends = [end for end in ends if end is not None and (question != USERS or end <= 100)]
    levels = [_level(sides, end) for end in known_ends]
    if not levels or None in levels or len(levels) < len(ends):
        what = "a percentage such as 30, or 20-40" if question == USERS else "a sum such as 5000, or 500-2000"
        raise UnknownAnswer(text=text[:60], question=QUESTIONS[question], choices=what)
    known = sorted((one for one in levels if one), key=SEVERITIES.index)
    high, low = known[0], known[-1]
    because = _BECAUSE[question].format(text.rstrip("% ") + unit)
    return Finding(question, high, because, low if low != high else None)


def amount(text: str) -> Decimal | None:
    """`30`, `1,5`, `12.5`, `3,400`; None for what is no number, or means another one in another country (5.000)."""
    if _THOUSANDS.fullmatch(text):
        return Decimal(text.replace(",", "").replace("_", ""))
    if _EITHER.fullmatch(text) or not re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return None
    return Decimal(text.replace(",", "."))


def _level(sides: Mapping[str, Bound], number: Decimal) -> str | None:
    """The worst severity on whose side it lies."""
    on_it = [key for key, side in sides.items() if within(side, number)]
    return min(on_it, key=SEVERITIES.index, default=None)


def _band(sides: Mapping[str, Bound], key: str, unit: str) -> str:
    """`10 to 50 %`: from this bound to the one of the severity above it."""
    side = sides[key]
    shown = f"{side.bound:,f}{unit}"
    higher = [sides[one].bound for one in sides if SEVERITIES.index(one) < SEVERITIES.index(key)]
    if side.sign == "==":
        return shown if side.bound else "Nothing"
    if side.sign in ("<", "<="):
        return f"Less than {shown}"
    if not higher:
        return f"More than {shown}"
    upper = f"{min(higher):,f}{unit}"
    return f"{side.bound:,f} to {upper}" if side.bound else f"Less than {upper}"


def _rows(matrix: Matrix, question: str) -> tuple[Mapping[Any, Bound] | None, Mapping[str, Any]]:
    """The bounds of a number, or the severity of each answer."""
    match question:
        case "users":
            return matrix.users_pct, {}
        case "revenue":
            return matrix.revenue_per_hour, {}
        case "functionality":
            return None, matrix.functionality
        case "workaround":
            return None, matrix.workaround
    return None, matrix.sla
