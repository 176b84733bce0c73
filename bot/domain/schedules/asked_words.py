"""What the words after `/oncall` ask about: a schedule by any of its names, somebody's shifts, another day. Pure.

A service, or a team, stands for the schedule that is asked first for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.catalog import Catalog, Policy
from bot.domain.core import people
from bot.domain.core.errors import UnknownPerson
from bot.domain.schedules.errors import UnknownSchedule

FILLER = frozenset({
    "a", "are", "at", "call", "currently", "for", "in", "is", "me", "my", "now", "of", "on", "on-call", "oncall", "our",
    "please", "pls", "plz", "right", "schedule", "shift", "shifts", "the", "who", "who's", "whos",
})  # fmt: skip
"""Words that only make a sentence of it."""
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVENING, _NOON = time(22), time(12)


@dataclass(frozen=True)
class Asked:
    """A schedule (None: all of them), or a person's shifts; `at` None means now."""

    schedule: str | None = None
    person: str | None = None
    at: datetime | None = None


def read(text: str, catalog: Catalog, now: datetime) -> Asked:
    """Raises UnknownSchedule for what names nothing of these."""
    if name := schedule(text, catalog):
        return Asked(schedule=name)
    kept = meaning(text)
    at = next((found for word in kept if (found := _day(word, catalog, now))), None)
    named = " ".join(word for word in kept if _day(word, catalog, now) is None and word.lower() != "today")
    if not named or (name := schedule(named, catalog) or _for(named, catalog)):
        return Asked(schedule=name, at=at)
    try:
        return Asked(person=people.identify(named, catalog), at=at)
    except UnknownPerson:
        choices = ", ".join(catalog.schedules) or "none is configured yet"
        raise UnknownSchedule(text=named[:60], choices=choices) from None


def place(text: str, catalog: Catalog, now: datetime) -> str:
    """The schedule that is meant; "" when none is named. Raises UnknownSchedule."""
    asked = read(text, catalog, now)
    if asked.person:
        raise UnknownSchedule(text=text[:60], choices=", ".join(catalog.schedules))
    return asked.schedule or ""


def meaning(text: str) -> list[str]:
    """The words without those that only make a sentence of them, and without marks."""
    words = (word.strip(".,;:!?\"'`“”‘’()") for word in text.split())
    return [word for word in words if word and word.lower() not in FILLER]


def schedule(text: str, catalog: Catalog) -> str | None:
    """By its name, whatever its case, or by a first word of it that no other begins with."""
    word = text.strip().removeprefix("schedule:").strip(" .,!?\"'`").lower()
    found = next((key for key in catalog.schedules if key.lower() == word), None)
    if found or not word:
        return found
    near = [key for key in catalog.schedules if word.replace(" ", "-") in (key.lower(), key.lower().split("-")[0])]
    return near[0] if len(near) == 1 else None


def _for(text: str, catalog: Catalog) -> str | None:
    """The schedule that answers for a service or a team."""
    word = text.lower()
    for key, service in catalog.services.items():
        if word in (key.lower(), service.name.lower()):
            return next(_asked(catalog, key), None)
    for key, team in catalog.teams.items():
        if word in (key.lower(), team.name.lower(), f"{key.lower()} team"):
            own = [name for name, one in catalog.schedules.items() if one.team == key]
            owned = (name for name, one in catalog.services.items() if one.team == key)
            return next(iter([*own, *(found for name in owned for found in _asked(catalog, name))]), None)
    return None


def _asked(catalog: Catalog, service: str) -> Iterator[str]:
    """The schedules that the service's policies ask, by the gravest severity, in their order."""
    found: Policy | None = next(filter(None, (catalog.policy_for(one, service) for one in catalog.severities)), None)
    for level in found.levels if found else ():
        yield from (target.name for target in level.to if target.kind == "schedule")


def _day(word: str, catalog: Catalog, now: datetime) -> datetime | None:
    """When on that day is asked about: the evening of tonight, the noon of another day, on the company's clock."""
    local, key = now.astimezone(ZoneInfo(catalog.display.time_zone)), word.lower()
    if key == "tonight":
        return max(datetime.combine(local.date(), _EVENING, local.tzinfo), now)
    days = 1 if key == "tomorrow" else 0
    if key in _WEEK:
        days = (_WEEK.index(key) - local.weekday()) % 7 or 7
    return datetime.combine(local.date() + timedelta(days=days), _NOON, local.tzinfo) if days else None
