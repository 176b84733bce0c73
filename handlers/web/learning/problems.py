"""Problems as programs read them: plain JSON, with the incidents that whoever asks may know of."""

from collections.abc import Sequence
from typing import Any

from bot.domain.learning import problems as rules
from bot.rendering.contexts.core.presenter import Presenter
from bot.services.learning.problems import Shown
from storage.models import Problem

Json = dict[str, Any]


def problem(show: Presenter, one: Shown) -> Json:
    """A line of the list."""
    return {**plain(show, one.problem), "incidents": [show.ref(incident.number) for incident in one.incidents]}


def of_incident(show: Presenter, rows: Sequence[Problem]) -> list[Json]:
    """What an incident comes from; whoever sees the incident may know of these."""
    return [plain(show, row) for row in rows]


def plain(show: Presenter, row: Problem) -> Json:
    return {
        "name": rules.name(row.id),
        "number": row.id,
        "title": show.words(row.title),
        "state": row.state,
        "owner": {"id": row.owner, "name": show.name(row.owner)} if row.owner else None,
        "due": row.due.isoformat() if row.due else None,
        "workaround": show.words(row.workaround),
        "fix": show.words(row.fix),
        "at": row.at.isoformat(),
        "fixed_at": row.fixed_at.isoformat() if row.fixed_at else None,
    }
