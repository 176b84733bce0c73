"""Use cases of answering a page from outside of Slack: by the signed link, or by a reply to a message.

Whoever holds the link, or writes from a person's own address, acts as that person and may do no more than answer.
"""

from bot.domain.core.errors import DomainError
from bot.domain.core.people import Actor
from bot.domain.core.written_answer import Written
from bot.domain.incidents import visibility
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.paging import escalations
from bot.services.paging.written_answer import Decline
from bot.services.workspace import members
from bot.work import Work, WorkFactory
from storage.models import Escalation, Incident, Page
from storage.queries import paging as paging_queries


class NoOpenPage(DomainError):
    """No one is waiting for your answer now. Nothing was changed."""


class WhichPage(DomainError):
    """You are paged for {refs}: say which one, for example "ack {example}"."""


def acknowledge(desk: WorkFactory, number: int, press: str) -> Answer:
    """Acknowledges as the person of page `number`, once per `press`. Raises DomainError, LookupError without a page."""
    with desk.read() as session:
        page = session.get(Page, number)
        person = page.person if page else None
    if person is None:
        raise LookupError(f"there is no page {number}")

    def use_case(w: Work) -> Answer:
        found = w.session.get_one(Page, number)
        members.require(w.session, w.catalog, found.person, "ack")
        if found.incident is not None:
            return escalations.acknowledge(w, incidents.find(w, found.incident), page=found.id)
        escalation = w.lock(Escalation, found.escalation)
        assert escalation is not None
        return escalations.acknowledge_test(w, escalation, number)

    return desk.run(Actor(person, "link"), f"link:{number}:{press}", use_case, Answer.restore)


def reply(desk: WorkFactory, person: str, said: Written, decline: Decline, key: str | None) -> Answer:
    """The answer of `person`, for the incident that it names or the one that they are paged for. Raises DomainError."""

    def use_case(w: Work) -> Answer:
        members.require(w.session, w.catalog, person, "ack" if said.kind == "ack" else "decline")
        number = said.number
        viewer = visibility.viewer(w.catalog, person)
        incident = incidents.find_known(w, number, viewer) if number else _paged_for(w, person)
        if incident is None:
            page = _test_of(w, person)
            escalation = w.lock(Escalation, page.escalation)
            assert escalation is not None
            return escalations.acknowledge_test(w, escalation, page.id or 0)
        if said.kind != "ack":
            waiting = [one for one in paging_queries.open_pages(w.session, person) if one.incident == incident.number]
            return decline(w, incident, waiting[-1], said) if waiting else escalations.decline(w, incident)
        return escalations.acknowledge(w, incident)

    return desk.run(Actor(person, "reply"), f"reply:{key}" if key else None, use_case, Answer.restore)


def _paged_for(w: Work, person: str) -> Incident | None:
    """The one incident whose page waits for this person, None for a test page. Raises NoOpenPage, WhichPage."""
    pages = paging_queries.open_pages(w.session, person)
    numbers = sorted({page.incident for page in pages if page.incident is not None})
    if len(numbers) > 1:
        refs = [w.catalog.reference(one) for one in numbers]
        raise WhichPage(refs=", ".join(refs), example=refs[-1])
    if not pages:
        raise NoOpenPage()
    return incidents.find(w, numbers[0]) if numbers else None


def _test_of(w: Work, person: str) -> Page:
    return paging_queries.open_pages(w.session, person)[-1]
