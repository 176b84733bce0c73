"""The workspace's people and user groups, as they come, change and go: who may do what and who is paged."""

from bot.services.command import handoff
from bot.services.core.answer import Answer
from bot.services.workspace import members, user_groups
from bot.work import Work
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply


def heard(door: Door, request: Request) -> Reply:
    user = request.event["user"]

    def use_case(w: Work) -> Answer:
        members.remember(w, [user])
        if user.get("deleted"):
            handoff.left(w, str(user["id"]))
        return Answer("nothing")

    door.hear(request, use_case)
    return None


def group_updated(door: Door, request: Request) -> Reply:
    """A user group has another name or other members, or is switched on or off: policies page whoever is in it now."""
    group = request.event["subteam"]

    def use_case(w: Work) -> Answer:
        user_groups.heard(w, group)
        return Answer("nothing")

    door.hear(request, use_case)
    return None


def group_members_changed(door: Door, request: Request) -> Reply:
    event = request.event

    def use_case(w: Work) -> Answer:
        added, removed = event.get("added_users") or [], event.get("removed_users") or []
        user_groups.changed(w, str(event["subteam_id"]), added, removed)
        return Answer("nothing")

    door.hear(request, use_case)
    return None


EVENTS = {"team_join": heard, "user_change": heard,
          "subteam_updated": group_updated, "subteam_members_changed": group_members_changed}  # fmt: skip
