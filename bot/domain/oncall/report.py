"""The JSON shapes in which other programs read on-call health and pay: numbers as numbers, money as exact text."""

from decimal import Decimal
from typing import Any

from bot.domain.oncall.compensation import Due, Model
from bot.domain.oncall.health import Health, Load
from bot.domain.oncall.survey import Turns

PLACES = 4


def health_json(found: Health) -> dict[str, Any]:
    """`{"weeks", "everybody", "people": {name: ...}, "improvements", "turns": [...]}`; a rate without data is null."""
    return {
        "weeks": _number(found.weeks),
        "everybody": _load(found.everybody),
        "people": {name: _load(load) for name, load in found.people.items()},
        "improvements": list(found.improvements),
        "turns": [_turns(one) for one in found.turns],
    }


def _turns(one: Turns) -> dict[str, Any]:
    """How the turns of a schedule were found; nobody is named."""
    return {
        "schedule": one.schedule,
        "asked": one.asked,
        "answers": one.answers,
        "average": _number(one.average),
        "hard": one.hard,
        "words": list(one.words),
    }


def _load(load: Load) -> dict[str, Any]:
    return {
        "pages": load.pages,
        "after_hours": load.after_hours,
        "nights": load.nights,
        "weekend": load.weekend,
        "false_alarms": load.false_alarms,
        "long_incidents": load.long_incidents,
        "pages_per_week": _number(load.pages_per_week),
        "after_hours_per_week": _number(load.after_hours_per_week),
        "false_positive_pct": _number(load.false_positive_pct),
        "share_pct": _number(load.share_pct),
        "time_pct": _number(load.time_pct),
        "verdict": dict(load.verdict.__dict__),
        "signs": list(load.signs),
    }


def pay_json(model: Model, currency: str, found: list[Due]) -> dict[str, Any]:
    """One row per person; amounts are text, so that no program makes a float of money."""
    return {"model": model, "currency": currency or None, "people": [pay_row(one) for one in found]}


def pay_row(one: Due) -> dict[str, Any]:
    return {
        "person": one.served.person,
        "days": _number(one.served.days),
        "incidents": len(one.served.incident_hours),
        "incident_hours": _number(sum(one.served.incident_hours, Decimal(0))),
        "after_hours": _number(one.served.after_hours),
        "amount": str(one.amount) if one.amount is not None else None,
        "hours_off": _number(one.hours_off),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), PLACES)
