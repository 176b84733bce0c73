"""What the end of an incident does to the messages sent about it: nothing is left there that would be refused.

Whatever asks something of its own (a page, a reminder, an offer) says itself how that ended. All others keep their
words and lose their buttons: each was marked when it was sent, so that none has to be searched for.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.core.effect import Supersede

REMAIN = frozenset({"menu.reopen", "incident.close", "postmortem.open", "ticket.create", "ticket.open"})
"""The buttons that are meant for an incident that is over."""
ITSELF = "itself"
"""In place of a template: the message is drawn again from what it was made of."""


def marked(number: int) -> str:
    """What messages with buttons are known by that ask nothing else."""
    return f"incident:{number}"


def mark(payload: Mapping[str, Any], asks: str | None) -> str | None:
    """What a message with buttons that was sent is known by from now on."""
    number = payload.get("incident")
    return asks if asks or number is None or "template" not in payload else marked(number)


def last_edit(number: int, asks: str | None = None) -> Supersede:
    """Draws the marked messages of an incident for the last time, or those that ask this."""
    return Supersede(asks or marked(number), ITSELF, {"incident": number})
