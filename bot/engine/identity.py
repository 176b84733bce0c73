"""Who we are in the workspace: asked of Slack once, remembered for the next start."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot import clock as clocks
from bot.domain.core.facts import CapabilityLost
from bot.domain.core.people import TOCSIN
from bot.engine.do_not_disturb import read_do_not_disturb
from bot.engine.jobs import unless_away
from bot.integrations.slack.people import everybody
from bot.integrations.slack.web_api import SlackApi, SlackProblem
from bot.services.core import settings
from bot.services.workspace import members, user_groups
from bot.work import WorkFactory
from storage import outbox

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Identity:
    """What auth.test says: ids of the bot and its workspace, and the address that permalinks begin with."""

    user: str
    bot: str
    team: str
    url: str

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "Identity":
        return cls(
            user=answer.get("user_id", ""),
            bot=answer.get("bot_id", ""),
            team=answer.get("team_id", ""),
            url=answer.get("url", ""),
        )


def ask(api: SlackApi, desk: WorkFactory) -> Identity:
    """Asks Slack who we are and stores it. Raises SlackProblem."""
    identity = Identity.of(api.call("auth.test"))
    with desk.work(TOCSIN) as w:
        settings.forget_settings(w, "lost:")  # a new start may come with new scopes
        settings.set_setting(w, "slack.bot_user", identity.user)
        settings.set_setting(w, "slack.bot", identity.bot)
        settings.set_setting(w, "slack.team", identity.team)
        settings.set_setting(w, "slack.team_url", identity.url)
    return identity


def remembered(desk: WorkFactory) -> Identity | None:
    """Who we were at the last start."""
    with desk.read() as session:
        user = settings.setting(session, "slack.bot_user")
        if not user:
            return None
        rest = [settings.setting(session, f"slack.{name}") or "" for name in ("bot", "team", "team_url")]
    return Identity(user, *rest)


def read_members(api: SlackApi, desk: WorkFactory) -> None:
    """Refreshes the directory; Slack being away is no error, the next sweep tries again."""
    try:
        for page in everybody(api):
            with desk.work(TOCSIN) as w:
                members.remember(w, page)
        with desk.work(TOCSIN) as w:
            members.listed(w)
    except SlackProblem as problem:
        _log.warning("the list of members could not be read: %s", problem)
    read_groups(api, desk)


def read_groups(api: SlackApi, desk: WorkFactory) -> None:
    """Refreshes the user groups that policies and people may name; a workspace without them has none."""
    try:
        listed = api.call("usergroups.list", include_users=True).get("usergroups", [])
    except SlackProblem as problem:
        _log.warning("the user groups could not be read: %s", problem)
        return
    with desk.work(TOCSIN) as w:
        user_groups.remember(w, listed)


def follow_groups(api: SlackApi, desk: WorkFactory) -> None:
    """Reads the user groups when the configuration names one that is not known yet."""
    named = _named_groups(desk)
    if not named:
        return
    with desk.read() as session:
        known = user_groups.members(session)
    if named - known.keys():
        read_groups(api, desk)


def _named_groups(desk: WorkFactory) -> set[str]:
    """Handles or ids, without the @."""
    targets = desk.catalog.all_targets()
    return {target.name.removeprefix("@") for target in targets if target.kind == "usergroup"}


def retry_parked(api: SlackApi, desk: WorkFactory) -> None:
    """Sends what was parked for bad credentials once Slack knows us again."""
    with desk.read() as session:
        parked = outbox.parked(session)
    if not parked:
        return
    try:
        api.call("auth.test")
    except SlackProblem as problem:
        _log.error("%d deliveries wait for working credentials (%s): see `tocsin doctor`", parked, problem.error)
        return
    with desk.work(TOCSIN) as w:
        outbox.unpark(w.session, clocks.real())


def lose(desk: WorkFactory, method: str, error: str) -> None:
    """Notes, once per method and error, that Slack does not let us do something."""
    key = f"lost:{method}"
    with desk.read() as session:
        if settings.setting(session, key) == error:
            return
    with desk.work(TOCSIN) as w:
        if not settings.changed(w, key, error):  # somebody else was refused at the same moment
            return
        w.record([CapabilityLost(method=method, error=error)])
    _log.warning("Slack refuses %s (%s): incidents go on without it; `tocsin doctor` says how to fix it", method, error)


class WhoWeAre:
    """Our identity in the workspace; asked until Slack answers, then kept, with the members listed once."""

    def __init__(self, api: SlackApi, desk: WorkFactory, *, wanted: bool = True) -> None:
        self._api, self._desk = api, desk
        self._known: Identity | None = None
        self._asked = not wanted

    def __call__(self) -> Identity | None:
        return self._known

    def learn(self) -> None:
        """Asks Slack unless it answered before. Its absence is no error: pages and the CLI go on without it."""
        if self._asked:
            return
        self._known = self._known or remembered(self._desk)
        try:
            self._known = ask(self._api, self._desk)
        except SlackProblem as problem:
            _log.warning("Slack did not say who we are (%s); asking again in ten seconds", problem)
            return
        self._asked = True
        around = partial(unless_away, self._look_around)  # a database that goes away ends no thread with a traceback
        threading.Thread(target=around, name="members", daemon=True).start()

    def _look_around(self) -> None:
        read_members(self._api, self._desk)
        read_do_not_disturb(self._api, self._desk)
