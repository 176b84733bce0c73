"""The last listeners: what nobody else takes is acknowledged, so that Slack does not show or repeat a failure."""

import logging

from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply

log = logging.getLogger(__name__)


def link(door: Door, request: Request) -> Reply:
    """A button that opened a web address in the person's browser."""
    return None


def unknown(door: Door, request: Request) -> Reply:
    """A button of an older version, or of another installation with the same app."""
    log.info("nothing listens to this %s", request.kind)
    return None
