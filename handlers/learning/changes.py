"""What the verb of problems does, from its body to its one use case."""

from collections.abc import Callable
from typing import Any

from bot.services.core.answer import Answer
from bot.services.learning import problems
from bot.work import Work
from storage.models import Incident


def _problem(w: Work, incident: Incident, body: Any) -> Answer:
    return problems.said(w, incident, body.text, owner=body.owner, due=body.due, workaround=body.workaround)


CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {"problem": _problem}
