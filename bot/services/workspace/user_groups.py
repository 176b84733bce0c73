"""Slack's user groups, kept so that a policy that names one pages its members while Slack is away."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, delete, select

from bot.catalog import Catalog
from bot.domain.core.people import slack_id
from bot.services.core import settings
from bot.work import Work
from storage.models import OnCallPeriod, UserGroup
from storage.upsert import put


class SlackGroup(BaseModel):
    """The parts of Slack's usergroup object that we keep. `date_delete` is not 0 for a group that is switched off."""

    model_config = ConfigDict(extra="ignore")
    id: str
    handle: str = ""
    name: str = ""
    users: list[str] = []
    date_delete: int = 0


def remember(w: Work, groups: Sequence[Mapping[str, Any]]) -> None:
    """Replaces what was known by what usergroups.list said."""
    found = [SlackGroup.model_validate(group) for group in groups]
    w.session.execute(delete(UserGroup).where(col(UserGroup.slack).not_in([group.id for group in found])))
    for group in found:
        members = [] if group.date_delete else group.users
        row = UserGroup(slack=group.id, handle=group.handle, name=group.name, members=members, seen_at=w.now)
        put(w.session, row)


def known(session: Session) -> list[UserGroup]:
    return list(session.exec(select(UserGroup)))


def members(session: Session) -> dict[str, list[str]]:
    """Slack ids of the members of each group, by its handle and by its id."""
    known: dict[str, list[str]] = {}
    for row in session.exec(select(UserGroup)):
        known[row.slack] = known[row.handle] = list(row.members)
    return known


GROUP = "usergroup:"


AGAIN = timedelta(days=1)
"""A user group that could not be set is tried again after this long, or when somebody else is on call."""


def _groups(session: Session, catalog: Catalog, now: datetime) -> dict[str, list[str]]:
    """The user groups whose members are not who is on call. A gap leaves a group as it is: Slack has no empty one."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for row in session.exec(select(OnCallPeriod).where(col(OnCallPeriod.end).is_(None))):
        schedule = catalog.schedules.get(row.schedule)
        if schedule and schedule.usergroup:
            wanted[schedule.usergroup] += [id for who in row.people if (id := slack_id(who, catalog))]
    members = {name: sorted(set(users)) for name, users in wanted.items() if users}
    return {name: users for name, users in members.items() if not _settled(session, name, users, now)}


def _settled(session: Session, name: str, users: list[str], now: datetime) -> bool:
    known = settings.setting(session, GROUP + name)
    if not isinstance(known, dict) or known.get("users") != users:
        return False
    failed = known.get("failed_at")
    return failed is None or now < datetime.fromisoformat(failed) + AGAIN


def grouped(w: Work, payload: dict[str, Any]) -> None:
    """Slack has set the members."""
    settings.set_setting(w, GROUP + payload["group"], {"users": payload["users"]})


def not_grouped(w: Work, payload: dict[str, Any]) -> None:
    """Slack refused; what it lacks has been said once by whoever asked it."""
    value = {"users": payload["users"], "failed_at": w.now.isoformat()}
    settings.set_setting(w, GROUP + payload["group"], value)
