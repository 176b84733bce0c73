"""Who is who in the workspace: members as Slack tells us, kept for permissions, invitations and names."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core import permissions
from bot.services.core import settings
from bot.work import Work
from storage.models import Member
from storage.upsert import put

SLACKBOT = "USLACKBOT"
"""Slack's own account, which Slack does not call a bot."""
LISTED = "slack.members_listed"
"""The setting that says that everybody in the workspace was read once: from then on, who is not there is unknown."""


class SlackProfile(BaseModel):
    model_config = ConfigDict(extra="ignore")
    email: str | None = None
    real_name: str | None = None
    display_name: str | None = None


class SlackOrgUser(BaseModel):
    model_config = ConfigDict(extra="ignore")
    teams: list[str] = []


class SlackUser(BaseModel):
    """The parts of Slack's user object that we keep."""

    model_config = ConfigDict(extra="ignore")
    id: str
    name: str = ""
    real_name: str | None = None
    tz: str | None = None
    deleted: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    team_id: str = ""
    enterprise_user: SlackOrgUser = SlackOrgUser()
    profile: SlackProfile = SlackProfile()

    def kind(self, team: str) -> str:
        """`team` is our own workspace. In an organization somebody belongs to several."""
        if self.is_bot or self.id == SLACKBOT:
            return "bot"
        elsewhere = bool(team and self.team_id) and team not in (self.team_id, *self.enterprise_user.teams)
        if self.is_stranger or elsewhere:
            return "stranger"
        return "guest" if self.is_restricted or self.is_ultra_restricted else "member"


def remember(w: Work, users: Sequence[Mapping[str, Any]]) -> None:
    """Stores what users.list, users.info or a user event said; hearing it twice changes nothing."""
    team = str(settings.setting(w.session, "slack.team") or "")
    for user in users:
        seen = SlackUser.model_validate(user)
        put(
            w.session,
            Member(
                slack=seen.id,
                name=seen.name,
                real_name=seen.real_name or seen.profile.real_name or seen.name,
                display_name=seen.profile.display_name or "",
                email=seen.profile.email,
                timezone=seen.tz or "UTC",
                kind=seen.kind(team),
                deleted=seen.deleted,
                seen_at=w.now,
            ),
        )


def listed(w: Work) -> None:
    """The whole workspace was read."""
    settings.set_setting(w, LISTED, True)


def row(session: Session, catalog: Catalog, slack: str) -> str:
    """The row of the permission table that this person stands in."""
    return permissions.row(session.get(Member, slack), catalog.access(slack))


def require(session: Session, catalog: Catalog, slack: str, action: str) -> None:
    """Raises NotAllowed when this person may not do `action`."""
    permissions.require(row(session, catalog, slack), action)
