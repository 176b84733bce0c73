"""Stretches that nobody covers any more: whoever looks after the schedule hears of them at once, not only at night."""

from datetime import datetime

from bot.domain.core import people
from bot.domain.schedules import overrides as rules
from bot.domain.schedules.facts import GapsOpened
from bot.domain.schedules.overrides import Gap
from bot.domain.schedules.owner import owner
from bot.domain.schedules.rota import Rota
from bot.work import Work


def tell(w: Work, schedule: str, before: Rota, after: Rota, start: datetime, end: datetime) -> list[Gap]:
    """What a change has opened within [start, end)."""
    found = rules.holes(before, after, schedule, start, end)
    if found:
        gaps = [plain(w, one) for one in found]
        chief = owner(w.catalog, schedule, w.actor.who)
        w.record([GapsOpened(schedule=schedule, gaps=gaps, by=w.actor.who, owner=chief)], schedule=schedule)
    return found


def plain(w: Work, hole: Gap) -> dict[str, object]:
    """For facts, messages and JSON: people as our records name them, times as ISO 8601."""
    was = [people.slack_id(who, w.catalog) or who for who in hole.was]
    return {"start": hole.start.isoformat(), "end": hole.end.isoformat(), "was": was}
