"""What messages about an edit of tocsin.yml show: to one person how their shifts moved, to the channel who is on call.

Times come as ISO 8601 text.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.core.people import slack_id
from bot.domain.schedules.days import whole_days
from bot.rendering.contexts.core.message import Messages, PlainMessage, Values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.values import Between

SHOWN = 8
"""Stretches of each list; `/oncall me` and `/oncall schedule` show them all."""


def shifts_moved(show: Presenter, values: Values) -> Context:
    """To one person: on each schedule what was planned and what is now, and the overrides that changed nothing more."""
    shifts = [_moved(show, one) for one in values["shifts"]]
    return {
        "shifts": shifts,
        "served": any(one["now"] for one in values["shifts"]),
        "began": [one["schedule"] for one in shifts if one["state"] == "began"],
        "zones": sorted({one["zone"] for one in values["shifts"] if _has_days(one)}),
        "lost": [_lost(show, one) for one in values["lost"]],
    }


def _moved(show: Presenter, one: Values) -> Context:
    name = one["schedule"]
    was, now = ([_between(show, name, *span) for span in one[side]] for side in ("was", "now"))
    until = one["until"]
    return {
        "schedule": name,
        "gone": one["gone"],
        "state": one["state"],
        "until": show.dated(datetime.fromisoformat(until)) if until else None,
        "people": show.everyone(one["people"]),
        "was": was[:SHOWN],
        "more_was": max(0, len(was) - SHOWN) + one.get("more_was", 0),
        "now": now[:SHOWN],
        "more_now": max(0, len(now) - SHOWN) + one.get("more_now", 0),
    }


def _has_days(one: Values) -> bool:
    zone = ZoneInfo(one["zone"])
    spans: Sequence[Sequence[Any]] = [*one["was"], *one["now"]]
    return any(
        end and whole_days(datetime.fromisoformat(start), datetime.fromisoformat(end), zone) for start, end in spans
    )


def _between(show: Presenter, schedule: str, start: str, end: str | None) -> Between:
    begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None
    return show.between(schedule, begins, ends, from_now=True)


def _lost(show: Presenter, one: Values) -> Context:
    return {
        "override": one["override"],
        "schedule": one["schedule"],
        "gone": one["schedule"] not in show.catalog.schedules,
        "kind": one["kind"],
        "swap": one["cover"] is not None,
        "person": show.someone(one["person"] or None),
        "substitute": show.someone(one["substitute"]),
        "people": show.everyone(one["people"]),
        "when": _between(show, one["schedule"], one["start"], one["end"]),
        "instead": show.everyone(one["instead"]),
    }


def rota_edited(show: Presenter, values: Values) -> Context:
    """What `rota_edited` is given: names without mentions, since those whose shifts moved hear in a message of their
    own."""

    rows = [one for one in values["windows"] if datetime.fromisoformat(one["end"]) > show.now]
    return {
        "schedule": values["schedule"],
        "state": values["state"],
        "people": show.listed(values["people"]),
        "before": show.listed(values["before"]),
        "windows": [
            {"when": _between(show, values["schedule"], one["start"], one["end"]),
             "now": show.listed(one["now"]), "was": show.listed(one["was"])}
            for one in rows[:SHOWN]
        ],
        "more": max(0, len(rows) - SHOWN) + values.get("more", 0),
        "moved": len(values["moved"]),
        "untold": show.listed(one["person"] for one in values["moved"] if not slack_id(one["person"], show.catalog)),
    }  # fmt: skip


MESSAGES: Messages = {"shifts_moved": PlainMessage(shifts_moved)}
