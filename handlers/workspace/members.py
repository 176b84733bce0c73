"""The workspace's people, as they come, change and go: permissions and invitations depend on it."""

from bot.services.core.answer import Answer
from bot.services.paging import departures
from bot.services.workspace import members
from bot.work import Work
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply


def heard(door: Door, request: Request) -> Reply:
    user = request.event["user"]

    def use_case(w: Work) -> Answer:
        members.remember(w, [user])
        if user.get("deleted"):
            departures.left(w, str(user["id"]))
        return Answer("nothing")

    door.hear(request, use_case)
    return None


EVENTS = {"team_join": heard, "user_change": heard}
