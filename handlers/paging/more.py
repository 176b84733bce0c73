"""What else can be done about a page: the form behind its More button, with the rest of what its person may want."""

from sqlmodel import Session

from bot.domain.incidents.lifecycle import is_open
from handlers import form, incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply, Show, View
from handlers.subject import PageIsGone
from storage.models import Escalation, EscalationKind, Incident, Page, PageState

PAUSES = {
    "15m": "15 minutes",
    "1h": "1 hour",
    "shift": "until my shift ends",
    "morning": "until 9:00 my time",
}


def more_button(door: Door, request: Request) -> Reply:
    """Opens for whoever still has the page before them; of one that is over it says so and offers what is left."""
    return Show(door.look(request, "why", lambda session: _view(session, door, request)))


def _view(session: Session, door: Door, request: Request) -> View:
    page = session.get_one(Page, request.number)
    if page.incident is None:
        raise PageIsGone()
    incident = session.get_one(Incident, page.incident)
    waits = page.state in PageState.WAITING
    offered = session.get_one(Escalation, page.escalation).kind == EscalationKind.HANDOVER
    blocks = [form.said(incident_reference.label(door.catalog, incident))]
    if waits and not offered:
        blocks += _paging(str(page.id))
    asks = [form.button("page.why", "❓ Why me?", str(page.id))]
    if is_open(incident):
        asks = [
            form.button("incident.page", "🆘 Page someone", str(incident.number)),
            form.button("tree.open", "🙋 Who else do we need?", str(incident.number)),
            *asks,
        ]
    blocks.append(form.row(*asks))
    if not waits:
        blocks.append(form.small("This page is over. Your newest message says how it stands."))
    return form.modal("page.more", "This page", blocks, close="Close", meta=incident_reference.meta(request, incident))


def _paging(page: str) -> list[View]:
    """What moves the paging on, or holds it up."""
    escalate = form.button(
        "page.escalate", "⏭ Escalate now", page, style="danger",
        confirm=("Escalate now?", "The next people will be paged now. This is never counted against you."),
    )  # fmt: skip
    choices = [form.Choice(f"{page}:{key}", f"Pause paging {says}") for key, says in PAUSES.items()]
    pause = {**form.menu(choices, placeholder="💤 Pause paging"), "action_id": "page.pause"}
    return [form.row(escalate, pause)]


ACTIONS = {"page.more": more_button}
