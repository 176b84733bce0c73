"""Slack's user groups, kept so that a policy that names one pages its members while Slack is away."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, delete, select

from bot.work import Work
from storage.models import UserGroup
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
