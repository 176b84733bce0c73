"""What the list of who is on call shows."""

from collections.abc import Container
from datetime import datetime

from bot.domain.core import people
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context


def who(show: Presenter, at: datetime | None = None, schedule: str | None = None, gone: Container[str] = ()) -> Context:
    """What `who` is given; `at` None means now, `schedule` narrows it to one. `gone` are deactivated (Slack ids)."""
    names = asked_about(show, schedule)
    return {
        "at": show.when(at),
        "schedules": [_schedule(show, name, at or show.now, gone) for name in names],
        "skipped": list(show.plan.skipped),
    }


def asked_about(show: Presenter, schedule: str | None) -> list[str]:
    return [schedule] if schedule else list(show.catalog.schedules)


def _schedule(show: Presenter, name: str, at: datetime, gone: Container[str]) -> Context:
    now = show.plan.on_call(name, at)
    passed = [person for person in now.people if people.slack_id(person, show.catalog) in gone]
    return {
        "schedule": name,
        "people": show.everyone(now.people),
        "gone": show.listed(passed) or None,
        "until": show.when(now.until),
    }
