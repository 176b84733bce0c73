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
    there = [str(group["id"]) for group in groups]
    w.session.execute(delete(UserGroup).where(col(UserGroup.slack).not_in(there)))
    for group in groups:
        heard(w, group)


def heard(w: Work, group: Mapping[str, Any]) -> None:
    """One group as Slack has it now; hearing it twice changes nothing."""
    seen = SlackGroup.model_validate(group)
    members = [] if seen.date_delete else seen.users
    put(w.session, UserGroup(slack=seen.id, handle=seen.handle, name=seen.name, members=members, seen_at=w.now))


def changed(w: Work, slack: str, added: Sequence[str], removed: Sequence[str]) -> None:
    """Who came into a group and who left it. One that is not known is read whole by the sweep."""
    row = w.lock(UserGroup, slack)
    if row is not None:
        kept = [who for who in row.members if who not in removed]
        row.members, row.seen_at = list(dict.fromkeys([*kept, *added])), w.now


def known(session: Session) -> list[UserGroup]:
    return list(session.exec(select(UserGroup)))


def members(session: Session) -> dict[str, list[str]]:
    """Slack ids of the members of each group, by its handle and by its id."""
    known: dict[str, list[str]] = {}
    for row in session.exec(select(UserGroup)):
        known[row.slack] = known[row.handle] = list(row.members)
    return known
