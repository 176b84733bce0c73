"""Who can be given work, and why not: one table, looked at before anybody is asked, at every door.

Permissions say what a person may do by themselves; this says what others may ask of them.
"""

from enum import StrEnum

from bot.domain.core.errors import DomainError
from bot.domain.core.permissions import kind
from storage.models import Member


class Task(StrEnum):
    """What somebody is to be given. The value stands in the refusal: "can't be paged"."""

    PAGE = "be paged"
    ROLE = "have a role in an incident"
    OWN = "own an action or a postmortem"
    HANDOVER = "take an incident over"
    COVER = "be on call"
    NOTIFY = "be sent a test page"


#: The kinds of account that can be given each; guests and viewers answer a page, and run nothing.
ABLE: dict[Task, frozenset[str]] = {
    Task.PAGE: frozenset({"member", "viewer", "guest"}),
    Task.ROLE: frozenset({"member"}),
    Task.OWN: frozenset({"member"}),
    Task.HANDOVER: frozenset({"member", "viewer", "guest"}),
    Task.COVER: frozenset({"member", "viewer", "guest"}),
    Task.NOTIFY: frozenset({"member", "viewer", "guest"}),
}
WHY = {
    "deactivated": "this Slack account is deactivated",
    "bot": "it's an app, not a person",
    "stranger": "they belong to another workspace",
    "viewer": "they have the access of a viewer, who only looks",
    "guest": "guests don't have the access it needs",
    "unknown": "no one in this workspace has that id",
}


class NotEligible(DomainError):
    """{who} can't {task}: {why}.{instead} Nothing was changed."""


def standing(member: Member | None, access: str | None, *, expected: bool) -> str:
    """The kind of account, or viewer. `access` is what tocsin.yml says of them. `expected`: whoever is not in the
    directory can still be real, since it was never read whole, or tocsin.yml names them; anybody else who is not in it
    is unknown."""
    if member is None and not expected:
        return "unknown"
    return "viewer" if access == "viewer" and kind(member) == "member" else kind(member)


def unfit(task: Task, account: str) -> str:
    """Why an account of this kind cannot be given this; empty when it can."""
    return "" if account in ABLE[task] else WHY[account]
