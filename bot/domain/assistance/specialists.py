"""Specialists that are paged beside the people on call: for how long they may be silent, and who leads them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.catalog import Catalog, Specialist
from bot.domain.assistance.errors import UnknownSpecialist, UnknownTeam

EVERY = timedelta(minutes=5)
ROUNDS = 5


def find(catalog: Catalog, text: str) -> Specialist | None:
    """The specialist team of this name, key or handle."""
    word = text.strip().lower().removeprefix("specialist:")
    for key, one in catalog.specialists.items():
        if word in (key.lower(), one.name.lower(), (one.contact or key).lower(), (one.contact or key).lower()[1:]):
            return one
    return None


def named(catalog: Catalog, text: str) -> Specialist:
    """Raises UnknownSpecialist."""
    found = find(catalog, text)
    if found is None:
        raise UnknownSpecialist(text=text, choices=", ".join(catalog.specialists) or "none")
    return found


def patience(specialist: Specialist) -> timedelta:
    """How long silence is waited for. Whoever promises to answer immediately gets the five minutes of a first page."""
    return specialist.response or EVERY


def snapshot(targets: Sequence[str]) -> dict[str, Any]:
    """The policy of a page beside the others: everybody at once, again every five minutes for half an hour."""
    return {"levels": [{"to": list(targets), "via": [], "wait": EVERY.total_seconds()}], "repeat": ROUNDS}


def team_levels(catalog: Catalog, text: str) -> dict[str, Any]:
    """Another team is asked through its lead, and after five minutes as a whole. Raises UnknownTeam."""
    team = catalog.teams.get(text)
    if team is None:
        raise UnknownTeam(text=text, choices=", ".join(catalog.teams) or "none")
    levels = [[f"person:{team.lead}"]] if team.lead else []
    levels.append([f"team:{team.key}"])
    wait = EVERY.total_seconds()
    return {"levels": [{"to": level, "via": [], "wait": wait} for level in levels], "repeat": 1}


def lead(catalog: Catalog, targets: Sequence[str], people: Sequence[str]) -> str | None:
    """The catalogue key of whoever leads these specialists: of their team, or else the manager of one of them."""
    for target in targets:
        kind, _, name = target.partition(":")
        schedule = catalog.schedules.get(name) if kind == "schedule" else None
        key = name if kind == "team" else (schedule.team or "") if schedule else ""
        grouped = (one for one in catalog.teams.values() if kind == "usergroup" and one.usergroup == name)
        team = catalog.teams.get(key) or next(grouped, None)
        if team and team.lead and not _among(catalog, team.lead, people):
            return team.lead
    known = (catalog.person_by_slack(person) or catalog.people.get(person) for person in people)
    return next((one.manager for one in known if one and one.manager), None)


def _among(catalog: Catalog, key: str, people: Sequence[str]) -> bool:
    known = catalog.people.get(key)
    return key in people or bool(known and known.slack in people)
