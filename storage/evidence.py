"""What is on record about the paging of one incident: the rows from which "why was I paged" is answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from storage.models import Attempt, Delivery, Escalation, JournalEntry, Page, PageStep

FACTS = ("LevelReached", "LevelSkipped", "PageFailed", "AckWithdrawn", "EscalationExhausted", "EscalationStopped")


@dataclass(frozen=True)
class Evidence:
    """The escalations of an incident, oldest first, with everything that belongs to them in order."""

    escalations: Sequence[Escalation]
    pages: Sequence[Page]
    facts: Sequence[JournalEntry]
    steps: Sequence[PageStep]
    deliveries: Sequence[Delivery]
    attempts: Sequence[Attempt]


def of_incident(session: Session, number: int) -> Evidence:
    """Everything that was decided about paging for an incident, and every try to carry it out."""
    runs = select(Escalation).where(Escalation.incident == number).order_by(col(Escalation.id))
    asked = select(Page).where(Page.incident == number).order_by(col(Page.id))
    said = select(JournalEntry).where(JournalEntry.subject == f"incident:{number}", col(JournalEntry.fact).in_(FACTS))
    pages = list(session.exec(asked))
    ways = select(PageStep).where(col(PageStep.page).in_([page.id for page in pages])).order_by(col(PageStep.id))
    lanes = [f"page:{page.id}:{via}" for page in pages for via in VIAS]
    owed = select(Delivery).where(col(Delivery.key).in_(lanes)).order_by(col(Delivery.id))
    deliveries = list(session.exec(owed))
    tried = select(Attempt).where(col(Attempt.delivery).in_([one.id for one in deliveries])).order_by(col(Attempt.id))
    return Evidence(
        list(session.exec(runs)),
        pages,
        list(session.exec(said.order_by(col(JournalEntry.n)))),
        list(session.exec(ways)),
        deliveries,
        list(session.exec(tried)),
    )


VIAS = ("slack", "email", "phone", "sms", "push", "webhook", "pagerduty", "opsgenie")
"""The last part of the key of a page's delivery, one per contact method."""
