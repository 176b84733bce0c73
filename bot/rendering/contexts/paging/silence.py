"""What is said while nobody answers: how far paging has come, and for how long nobody has answered."""

from datetime import datetime

from bot.domain.paging import silence
from bot.rendering.contexts.core.message import IncidentMessage, MessageContext, Messages
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.contexts.paging import thread
from storage.models import Escalation, EscalationState, Page, PageState
from storage.queries.incident_view import IncidentView


def no_answer(it: MessageContext) -> Context:
    """What `no_answer` and `no_answer_call` are given. Raises LookupError without an escalation."""
    row, pages = it.dossier.escalation, it.dossier.pages
    if row is None:
        raise LookupError("no one was paged")
    waiting = (page.person for page in pages if page.state in PageState.WAITING)
    shown = thread.escalation(it.show, row, pages)
    return {
        "incident": incident(it.show, it.dossier),
        "escalation": shown,
        "state": shown["state"],
        "silent": (row.acknowledged_at or it.show.now) - _begun(row, pages),
        "asked": it.show.listed(waiting) or None,
        "again": bool(it.values.get("again")),
    }


def line(show: Presenter, dossier: IncidentView) -> Context | None:
    """The same for the announcement, while it is so."""
    row, pages = dossier.escalation, dossier.pages
    if row is None or row.state != EscalationState.RUNNING or not silence.unanswered(row, pages):
        return None
    return {"level": row.level + 1, "levels": len(row.policy["levels"]), "silent": show.now - _begun(row, pages)}


def _begun(row: Escalation, pages: list[Page]) -> datetime:
    """When paging last began: an answer that was taken back begins it again."""
    return min((page.owed_at for page in pages if page.cycle >= row.first_cycle), default=row.started_at)


MESSAGES: Messages = {"no_answer": IncidentMessage(no_answer), "no_answer_call": IncidentMessage(no_answer)}
