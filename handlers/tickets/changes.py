"""What the verb of tickets does, from its body to its one use case."""

from collections.abc import Callable
from typing import Any

from bot.services.core.answer import Answer
from bot.services.tickets import tickets
from bot.work import Work
from storage.models import Incident

CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    "ticket": lambda w, incident, body: tickets.create(w, incident, body.title, readable=body.readable),
}
