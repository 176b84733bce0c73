"""What `/oncall health` shows: each person's figures against the targets, signs of too much, how turns were found,
and what would help.
"""

from decimal import Decimal

from bot.domain.oncall.health import Health, Load
from bot.domain.oncall.survey import Turns
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context

SAID, WORDS = 3, 300
"""So many answers in words are shown, and so many letters of each."""


def health(show: Presenter, found: Health, schedule: str | None) -> Context:
    targets = show.catalog.on_call.targets
    return {
        "schedule": schedule,
        "weeks": f"{found.weeks:.0f}",
        "targets": {
            "pages": str(targets.pages_per_week_lt),
            "after_hours": str(targets.after_hours_per_week_lt),
            "false_alarms": str(targets.false_positive_pct_lt),
        },
        "people": [{"who": show.name(name), **_load(load)} for name, load in found.people.items()],
        "everybody": _load(found.everybody),
        "improvements": list(found.improvements),
        "turns": [_turns(show, one) for one in found.turns],
    }


def _turns(show: Presenter, one: Turns) -> Context:
    return {
        "schedule": one.schedule,
        "average": None if one.average is None else f"{one.average:.1f}",
        "well": one.well,
        "answers": one.answers,
        "asked": one.asked,
        "hard": one.hard,
        "words": [show.words(text)[:WORDS] for text in one.words[:SAID]],
    }


def _load(load: Load) -> Context:
    verdict = load.verdict
    return {
        "pages": f"{load.pages_per_week:.1f}",
        "after_hours": f"{load.after_hours_per_week:.1f}",
        "false_alarms": _percent(load.false_positive_pct),
        "share": _percent(load.share_pct),
        "well": verdict.pages_ok and verdict.after_hours_ok and verdict.false_positive_ok is not False,
        "signs": list(load.signs),
    }


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.0f} %"
