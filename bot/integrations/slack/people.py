"""Brings people into a channel, and reads who is in the workspace."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.integrations.outbound import Invite, SetGroup
from bot.integrations.outcome import Reason, Sent
from bot.integrations.slack.web_api import SlackApi, SlackProblem

WHY = {
    "user_not_found": "is not known to Slack",
    "cant_invite": "cannot be invited",
    "cant_invite_self": "is this app",
    "user_is_restricted": "is a guest",
    "ura_max_channels": "is a guest with no channel left",
    "invitee_cant_see_channel": "cannot see the channel",
    "no_external_invite_permission": "belongs to another workspace",
}

PATIENCE = 2.0
"""Seconds for an answer about do-not-disturb, for which nothing may have to wait."""


def invite(api: SlackApi, item: Invite) -> dict[str, str]:
    """Invites everybody in one call; when Slack names some whom it refuses, the others are in all the same.

    Returns those who were left out, and why.
    """
    skipped = dict(item.skipped)
    users = list(dict.fromkeys([*item.users, *_members(api, item.groups)]))
    users = [user for user in users if user not in skipped]
    for start in range(0, len(users), 100):
        skipped |= _invite(api, item.channel, users[start : start + 100])
    return skipped


def _invite(api: SlackApi, channel: str, users: list[str]) -> dict[str, str]:
    try:
        answer = api.call("conversations.invite", channel=channel, users=",".join(users), force=True)
    except SlackProblem as problem:
        if problem.reason is not Reason.PERMANENT:
            raise
        if problem.error == "already_in_channel":
            return {}
        if len(users) == 1:
            if problem.error not in WHY:
                raise
            return {users[0]: WHY[problem.error]}
        return _one_by_one(api, channel, users)
    refused = [one for one in answer.get("errors", []) if one.get("error") != "already_in_channel"]
    return {one["user"]: WHY.get(one["error"], one["error"]) for one in refused if "user" in one}


def _one_by_one(api: SlackApi, channel: str, users: list[str]) -> dict[str, str]:
    skipped: dict[str, str] = {}
    for user in users:
        skipped |= _invite(api, channel, [user])
    return skipped


def _members(api: SlackApi, groups: tuple[str, ...]) -> list[str]:
    """Slack ids of the members of user groups, named by id or @handle. A workspace without groups has none."""
    if not groups:
        return []
    try:
        listed = api.call("usergroups.list", include_users=True).get("usergroups", [])
    except SlackProblem as problem:
        if problem.reason is Reason.LACKING:
            return []
        raise
    wanted = {group.removeprefix("@") for group in groups}
    found = [group for group in listed if group.get("id") in wanted or group.get("handle") in wanted]
    return [user for group in found for user in group.get("users", [])]


def set_group(api: SlackApi, item: SetGroup) -> Sent:
    """The members of a user group become these; a group that is switched off or unknown is a permanent problem.

    Slack refuses the whole list for one account that cannot be in it: then it is asked of each, and the others are set.
    """
    wanted = item.group.removeprefix("@")
    listed = api.call("usergroups.list").get("usergroups", [])
    found = next((one for one in listed if wanted in (one.get("id"), one.get("handle"))), None)
    if found is None:
        raise SlackProblem("usergroups.list", Reason.PERMANENT, f"there is no user group {item.group}")
    try:
        api.call("usergroups.users.update", usergroup=found["id"], users=",".join(item.users))
    except SlackProblem as problem:
        if problem.error != "invalid_users":
            raise
        refused = {user: why for user in item.users if (why := _why_not(api, user))}
        able = [user for user in item.users if user not in refused]
        if not able or not refused:
            raise
        api.call("usergroups.users.update", usergroup=found["id"], users=",".join(able))
        return Sent({"group": found["id"], "refused": refused})
    return Sent({"group": found["id"]})


def _why_not(api: SlackApi, user: str) -> str:
    """Why somebody cannot be in a user group; empty when nothing speaks against it."""
    try:
        account = api.call("users.info", user=user).get("user", {})
    except SlackProblem as problem:
        if problem.reason is not Reason.PERMANENT:
            raise
        return "no one in this workspace has that id"
    if account.get("deleted"):
        return "this Slack account is deactivated"
    if account.get("is_bot"):
        return "it's an app, not a person"
    return "they belong to another workspace" if account.get("is_stranger") else ""


def everybody(api: SlackApi) -> Iterator[list[dict[str, Any]]]:
    """All users of the workspace, a page at a time."""
    cursor = None
    while True:
        answer = api.call("users.list", limit=200, cursor=cursor)
        yield answer.get("members", [])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def do_not_disturb_of(api: SlackApi, users: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Do-not-disturb of up to fifty users. Slack refuses all for one whom it does not show: then each is asked for."""
    try:
        return dict(api.call("dnd.teamInfo", seconds=PATIENCE, users=",".join(users))["users"])
    except SlackProblem as problem:
        if problem.reason is not Reason.PERMANENT:
            raise
    found = {}
    for user in users:
        try:
            found[user] = api.call("dnd.info", seconds=PATIENCE, user=user)
        except SlackProblem as problem:
            if problem.reason is not Reason.PERMANENT:
                raise
    return found


def do_not_disturb(api: SlackApi, user: str) -> Sent:
    """The same of one user, for a page under way. Where Slack does not say, the next sweep asks."""
    try:
        return Sent({"said": do_not_disturb_of(api, [user]).get(user) or {}})
    except SlackProblem as problem:
        return Sent({"nothing": str(problem)})
