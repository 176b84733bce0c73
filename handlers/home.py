"""The home tab: drawn when somebody opens it."""

from bot.services.core import replies
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply


def opened(door: Door, request: Request) -> Reply:
    """The messages tab sends the same event; only the home tab needs drawing."""
    if request.event.get("tab", "home") == "home":
        door.hear(request, lambda w: replies.show_home(w, request.user))
    return None


EVENTS = {"app_home_opened": opened}
