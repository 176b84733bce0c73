"""Deliveries of asking further: the page that asks for a decision, and messages that say later what became of them."""

from sqlmodel import Session

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused
from bot.domain.core.refusals import DELETED
from bot.domain.incidents.last_edit import ITSELF
from bot.domain.incidents.lifecycle import is_open
from bot.integrations.outbound import Edit, Nothing, Outbound
from bot.rendering.contexts.assistance import assistance as contexts
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.message import Message
from storage import outbox
from storage.models import Delivery, Page
from storage.queries import assistance
from storage.queries.incident_view import IncidentView


def question(session: Session, show: Presenter, dossier: IncidentView, row: Page) -> Context | None:
    """What the page of somebody who may decide shows; None when it asks for no decision."""
    asked = assistance.decision_of(session, row.escalation)
    return contexts.question(show, dossier, row, asked) if asked else None


def reword(draft: Composition) -> Outbound:
    """The message that the delivery `of` became, edited to what is true now."""
    posted = outbox.by_key(draft.session, draft.payload["of"])
    where = (posted.result or {}) if posted else {}
    if "ts" not in where:
        return Nothing("the message was never sent")
    message = _again(draft, posted) if posted and draft.payload["template"] == ITSELF else draft.named()
    return Edit(where["channel"], where["ts"], message.text, message.blocks)


def _again(draft: Composition, posted: Delivery) -> Message:
    """The message from what it was made of, as the incident is now; below it stands why nothing is left to press."""
    own = Composition(draft.session, posted, draft.composer)
    message, row = own.named(), own.incident
    if is_open(row):
        return message
    said = f"{draft.composer.catalog.reference(row.number or 0)} is {row.status}; no answer is needed any more."
    why = {"type": "context", "elements": [{"type": "mrkdwn", "text": said}]}
    return Message(message.text, [*message.blocks, why])


DELIVERIES: Deliveries = {
    "reword": Kind(compose=reword, refused=Refused(called="the edit of a message", moot=DELETED)),
}
