"""A form drawn again after a choice in it: of two choices made within a moment, the later one is drawn."""

import logging
import threading
from collections import OrderedDict
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.request import Request
from handlers.response import View

OUT_OF_REACH = (SlackApiError, OSError, HTTPException)
REMEMBERED = 1000
log = logging.getLogger(__name__)


class OpenForms:
    """When something was last done in each form that is open, as far as this process heard of it."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def touched(self, request: Request) -> None:
        """To be called for every request as it arrives."""
        form = _form(request)
        if not form:
            return
        with self._lock:
            self._last[form] = max(request.received, self._last.pop(form, 0.0))
            while len(self._last) > REMEMBERED:
                self._last.popitem(last=False)

    def is_newest(self, request: Request) -> bool:
        with self._lock:
            return self._last.get(_form(request), 0.0) <= request.received


def draw_again(request: Request, view: View, client: WebClient, forms: OpenForms) -> None:
    """Draws `view` where the choice was made. A form that was closed meanwhile needs nothing.

    Slack refuses a drawing of a form that has changed since the person's choice. If that was the drawing of an earlier
    choice, this one knows more, and is drawn all the same.
    """
    form = _form(request)
    if not form:
        log.warning("there is no form to draw %s in", view.get("callback_id"))
        return
    try:
        try:
            client.views_update(view_id=form, hash=(request.view or {}).get("hash"), view=view)
        except SlackApiError as error:
            if error.response.get("error") != "hash_conflict" or not forms.is_newest(request):
                raise
            client.views_update(view_id=form, view=view)
    except OUT_OF_REACH as error:
        log.info("modal %s not drawn again: %s", view.get("callback_id"), error)


def _form(request: Request) -> str:
    return str((request.view or {}).get("id") or "")
