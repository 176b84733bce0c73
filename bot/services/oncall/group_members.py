"""The user groups that follow who is on call. Slack refuses a whole list for one account that cannot be in a group, so
those who can are set, and whoever looks after the schedule hears of the others.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot.catalog import Catalog
from bot.domain.core.eligibility import Task
from bot.domain.core.people import slack_id
from bot.domain.oncall import effects
from bot.domain.oncall.facts import GroupIncomplete
from bot.domain.schedules.owner import owner, place_of
from bot.services.core import settings
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import OnCallPeriod

GROUP = "usergroup:"
AGAIN = timedelta(days=1)
"""A user group that could not be set whole is tried again after this long, or when somebody else is on call."""
NO_ACCOUNT = "there is no Slack account for them in tocsin.yml"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """Who is on call for the schedules of one group: Slack ids, and the keys of those who have none."""

    users: tuple[str, ...]
    without: tuple[str, ...]
    schedules: tuple[str, ...]


def wanted(session: Session, catalog: Catalog, now: datetime) -> dict[str, Wanted]:
    """The user groups whose members are not who is on call. A gap leaves a group as it is: Slack has no empty one."""
    people: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in session.exec(select(OnCallPeriod).where(col(OnCallPeriod.end).is_(None))):
        schedule = catalog.schedules.get(row.schedule)
        if schedule and schedule.usergroup and row.people:
            people[schedule.usergroup][row.schedule] = list(row.people)
    found = {}
    for name, schedules in people.items():
        everybody = sorted({who for some in schedules.values() for who in some})
        users = sorted({id for who in everybody if (id := slack_id(who, catalog))})
        without = tuple(who for who in everybody if not slack_id(who, catalog))
        if not _settled(session, name, [*users, *without], now):
            found[name] = Wanted(tuple(users), without, tuple(sorted(schedules)))
    return found


def _settled(session: Session, name: str, everybody: list[str], now: datetime) -> bool:
    known = settings.setting(session, GROUP + name)
    if not isinstance(known, dict) or known.get("users") != everybody:
        return False
    failed = known.get("failed_at")
    return failed is None or now < datetime.fromisoformat(failed) + AGAIN


def follow(w: Work, name: str, one: Wanted) -> None:
    """Owes Slack the members who can be in the group; without any, those who cannot are said at once."""
    left = {**eligibility.unfit(w, one.users, Task.COVER), **dict.fromkeys(one.without, NO_ACCOUNT)}
    payload = {
        "group": name,
        "users": [who for who in one.users if who not in left],
        "everybody": [*one.users, *one.without],
        "left": left,
        "schedules": list(one.schedules),
    }
    if payload["users"]:
        w.carry_out(effects.group(payload))
    else:
        _keep(w, payload, left, "no one who is on call can be in it")


def grouped(w: Work, payload: dict[str, Any], refused: Mapping[str, str]) -> None:
    """Slack has set the members, but for those whom it `refused`."""
    _keep(w, payload, {**payload.get("left", {}), **refused}, "")


def not_grouped(w: Work, payload: dict[str, Any], detail: str) -> None:
    """Slack refused all of it. What it lacks for that, a scope or a plan, has been said once by whoever asked it."""
    lacking = any(settings.setting(w.session, f"lost:{method}") for method in LACKED)
    _keep(w, payload, payload.get("left", {}), "" if lacking else detail, failed=True)


LACKED = ("usergroups.list", "usergroups.users.update")


def _keep(w: Work, payload: dict[str, Any], left: Mapping[str, str], problem: str, *, failed: bool = False) -> None:
    """Remembers how it stands; the owner is told when it stands otherwise than they know."""
    name, users = payload["group"], payload.get("everybody", payload["users"])
    known = settings.setting(w.session, GROUP + name)
    told = known.get("told", "") if isinstance(known, dict) else ""
    now = _summary(left, problem)
    value = {"users": users, "told": now, **({"failed_at": w.now.isoformat()} if left or problem or failed else {})}
    settings.set_setting(w, GROUP + name, value)
    if now and now != told:
        if left:  # what is wrong with all of it, its kind says
            _log.warning("the user group %s is not whole: %s", name, now)
        schedules: Sequence[str] = payload.get("schedules", [])
        chief = next((who for one in schedules if (who := owner(w.catalog, one))), None)
        place = place_of(w.catalog, schedules[0]) if schedules else w.catalog.incidents_channel
        fact = GroupIncomplete(group=name, schedules=list(schedules), left=dict(left), problem=problem,
                               owner=chief, place=place)  # fmt: skip
        w.record([fact], schedule=schedules[0] if schedules else None)


def _summary(left: Mapping[str, str], problem: str) -> str:
    return "; ".join([*(f"{who}: {why}" for who, why in sorted(left.items())), *([problem] if problem else [])])
