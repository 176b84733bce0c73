"""What the verbs of links do, from the body of each to its one use case."""

from collections.abc import Callable
from typing import Any

from bot.services.core.answer import Answer
from bot.services.links import links
from bot.work import Work
from storage.models import Incident

CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    "link": lambda w, incident, body: links.add(w, incident, body.url, body.kind, body.label),
    "unlink": lambda w, incident, body: links.remove(w, incident, body.link),
    "bridge": lambda w, incident, body: links.call(w, incident, body.url),
}
