"""Buttons of the message about who on call cannot be reached."""

from bot.services.paging import test_page as test_page_service
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply


def test_page(door: Door, request: Request) -> Reply:
    """A test page for the person beside whom the button stands."""
    return door.do(request, "test-page", lambda w: test_page_service.test_page_for(w, request.value))


ACTIONS = {"reachability.test": test_page}
