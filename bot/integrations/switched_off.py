"""Stands where an integration was turned off: every delivery fails at once, so that the rules look for another way.

What it refuses is logged without its content: with nobody else to tell, the log is the last resort.
"""

import logging

from bot.integrations import outbound
from bot.integrations.outbound import Outbound
from bot.integrations.outcome import Failed, Outcome, Reason, Sent

_log = logging.getLogger(__name__)


class SwitchedOff:
    """`switch` is the setting that says so."""

    def __init__(self, name: str, switch: str) -> None:
        self._reason = f"{name} is switched off ({switch})"

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        """Never sends. What needs no sending is settled, also what waits for something that will not come."""
        if isinstance(item, outbound.Nothing):
            return Sent({"nothing": item.reason})
        if isinstance(item, outbound.Post):
            _log.error("%s: %s for %s was not sent", self._reason, item.key, item.to)
        return Failed(Reason.LACKING, self._reason)
