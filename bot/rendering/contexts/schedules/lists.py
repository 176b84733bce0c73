"""What the list of who is on call shows."""

from datetime import datetime

from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context


def who(show: Presenter, at: datetime | None = None, schedule: str | None = None) -> Context:
    """What `who` is given; `at` None means now, `schedule` narrows it to one."""
    names = [schedule] if schedule else list(show.catalog.schedules)
    return {
        "at": show.when(at),
        "schedules": [_schedule(show, name, at or show.now) for name in names],
        "skipped": list(show.plan.skipped),
    }


def _schedule(show: Presenter, name: str, at: datetime) -> Context:
    now = show.plan.on_call(name, at)
    return {"schedule": name, "people": show.everyone(now.people), "until": show.when(now.until)}
