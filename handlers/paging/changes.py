"""What the verbs of paging do, from the body of each to its one use case."""

import re
from collections.abc import Callable
from typing import Any

from bot.services.assistance import page_by_name
from bot.services.core.answer import Answer
from bot.services.paging import acknowledgement, escalate, escalations, pause
from bot.services.workspace import directory
from bot.work import Work
from handlers.verb_body import BadRequest
from storage.models import Incident

_LEVEL = re.compile(r"(?:to )?(?:level |l)?([1-9][0-9]?)", re.IGNORECASE)


def level_named(text: str) -> int | None:
    """The level that "level 3", "to l3" or "3" means; None when it is something else."""
    level = _LEVEL.fullmatch(text.strip())
    return int(level[1]) if level else None


def _confirm(w: Work, incident: Incident, body: Any) -> Answer:
    return acknowledgement.still_on_it(w, incident, acknowledgement.held(w, incident, "confirm"))


def _escalate(w: Work, incident: Incident, body: Any) -> Answer:
    """The next level, or `level` (1 is the first), or whom `to` names as in Slack; not both."""
    named = level_named(body.to)
    if body.to and body.level is not None:
        raise BadRequest("say either `to` or `level`, not both")
    if body.to and named is None:
        return page_by_name.page(w, incident, body.to.removeprefix("to "))
    return escalate.escalate(w, incident, level=body.level if named is None else named)


def _pass(w: Work, incident: Incident, body: Any) -> Answer:
    return acknowledgement.offer(w, incident, directory.person(w, body.person), note=body.note)


CHANGES: dict[str, Callable[[Work, Incident, Any], Answer]] = {
    "ack": lambda w, incident, body: escalations.acknowledge(w, incident),
    "decline": lambda w, incident, body: escalations.decline(w, incident, reason=body.reason),
    "unack": lambda w, incident, body: acknowledgement.unack(w, incident),
    "confirm": _confirm,
    "pass": _pass,
    "escalate": _escalate,
    "page": lambda w, incident, body: page_by_name.page(w, incident, body.to, confirmed=body.confirm),
    "pause": lambda w, incident, body: pause.pause(w, incident, body.until),
    "resume": lambda w, incident, body: pause.resume(w, incident),
    "stop": lambda w, incident, body: pause.stop(w, incident, body.reason),
}
