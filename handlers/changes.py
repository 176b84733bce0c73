"""What every verb does to an incident, by its name: the same for Slack's words, the API and the command line."""

from collections.abc import Callable
from typing import Any

from bot.services.core.answer import Answer
from bot.work import Work
from handlers.assistance import changes as assistance
from handlers.command import changes as command
from handlers.incidents import changes as incidents
from handlers.learning import changes as learning
from handlers.links import changes as links
from handlers.paging import changes as paging
from handlers.tickets import changes as tickets
from storage.models import Incident

CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    **incidents.CHANGES,
    **paging.CHANGES,
    **command.CHANGES,
    **tickets.CHANGES,
    **links.CHANGES,
    **assistance.CHANGES,
    **learning.CHANGES,
}
