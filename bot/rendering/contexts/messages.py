"""Every message that is named by its template, merged from the nouns: answers, posts, direct messages, lines of a
thread."""

from collections.abc import Mapping
from typing import Any

from bot.domain.core.table import merged
from bot.rendering.contexts.assistance import assistance
from bot.rendering.contexts.command import catchup, heard, keeping, roles
from bot.rendering.contexts.command import messages as command
from bot.rendering.contexts.contact import reachability
from bot.rendering.contexts.core import answers
from bot.rendering.contexts.core.message import ROW, IncidentMessage, MessageContext, PlainMessage, Values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents import messages as incidents
from bot.rendering.contexts.learning import postmortem, problems
from bot.rendering.contexts.links import messages as links
from bot.rendering.contexts.oncall import shift_handoff
from bot.rendering.contexts.paging import acknowledgement, page, silence, thread, thread_methods
from bot.rendering.contexts.schedules import edits, schedules
from bot.rendering.contexts.tickets import messages as tickets

NOUNS = (
    answers, incidents, heard, schedules, edits, reachability, page, acknowledgement, silence, thread, thread_methods,
    command, catchup, keeping, roles, links, tickets, assistance, shift_handoff, postmortem, problems,
)  # fmt: skip
MESSAGES: Mapping[str, IncidentMessage | PlainMessage] = merged(noun.MESSAGES for noun in NOUNS)


def about_incident(template: str) -> IncidentMessage:
    """Raises LookupError for a template that no table knows, or that is about no incident."""
    row = MESSAGES.get(template)
    if not isinstance(row, IncidentMessage):
        raise LookupError(f"no context about an incident is known for the template {template}")
    return row


def context(template: str, matter: MessageContext) -> dict[str, Any]:
    """What `template` is given. Raises LookupError for a template that no table knows."""
    return about_incident(template).build(matter)


def plain_context(template: str, show: Presenter, values: Values) -> dict[str, Any]:
    """What a template about no incident is given. Raises LookupError for one that needs an incident."""
    row = MESSAGES.get(template)
    if not isinstance(row, PlainMessage):
        raise LookupError(f"the template {template} needs an incident")
    return row.build(show, values)


def parts(template: str) -> frozenset[str]:
    """What of an incident's record this message shows. Raises LookupError as `about_incident` does."""
    return about_incident(template).parts


def is_brief(template: str) -> bool:
    """Whether the incident's own row is enough for it, as it names nobody and links nowhere."""
    row = MESSAGES.get(template)
    return isinstance(row, IncidentMessage) and row.parts == ROW


def is_drawn_anew(template: str) -> bool:
    """Whether it says what the message that was clicked shows already."""
    row = MESSAGES.get(template)
    return row is not None and row.drawn_anew
