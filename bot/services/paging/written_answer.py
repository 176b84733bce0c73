"""Use case: somebody answers the bot in words, as people do when a page wakes them. One answer to each, always."""

import re
from collections.abc import Callable, Sequence

from sqlmodel import Session

from bot.domain.core.written_answer import Written
from bot.domain.incidents import visibility
from bot.domain.incidents.lifecycle import titled
from bot.domain.schedules.overrides import rota_of
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.paging import escalations
from bot.work import Work
from storage.models import Escalation, EscalationKind, Incident, IncidentStatus, Page, RoomState
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries
from storage.queries import schedules as schedule_queries

MOST = 5
MOST_OF_A_NAME = 60
_WHO = re.compile(r"\bwho\b.*\bon[ -]?call\b|^\W*on[ -]?call\b", re.IGNORECASE)
_LIST = re.compile(
    r"\W*(?:/?incident )?(?:list|what(?:'s| is|s)? (?:open|going on|happening)|open|incidents)\b", re.IGNORECASE
)
_QUESTION = re.compile(
    r"\?\W*$|^\W*(?:/?(?:incident|oncall) )?(?:who|what|where|why|when|how|which|help|list|status|show)\b",
    re.IGNORECASE,
)

Decline = Callable[[Work, Incident, Page, Written], Answer]
"""Lets the page's person go; the words may name somebody who is to be asked instead."""


def answer(w: Work, said: Written, decline: Decline, *, channel: str | None, thread: str | None) -> Answer:
    """Acknowledges, declines or passes on the one page that can be meant; with several open, or with other words, it
    asks.

    The thread of a page's own message names that page, and a war room its incident. Raises DomainError.
    """
    pages = _open(w)
    meant = _meant(w, pages, said.number, channel, thread)
    if said.kind != "other" and len(meant) == 1:
        return _do(w, said, meant[0], decline)
    values: dict[str, object] = {"text": said.text[:200], "asked": said.kind != "other", "number": said.number}
    if pages and said.kind == "other":
        question = _QUESTION.search(said.text) is not None
        values |= {"instead": said.reason[:MOST_OF_A_NAME], "question": question, **_asked_for(w, said.text)}
    return _question(w, meant or pages, values)


def _asked_for(w: Work, text: str) -> dict[str, object]:
    """What somebody wants to know before they answer a page: who is on call, what is open."""
    if _WHO.search(text):
        rota = rota_of(w.catalog, *schedule_queries.overrides(w.session, w.now))
        return {"on_call": [(name, list(rota.on_call(name, w.now).people)) for name in w.catalog.schedules]}
    if _LIST.match(text):
        found = incident_queries.in_states(w.session, IncidentStatus.OPEN, 200)
        known = incidents.known_to(w.session, visibility.viewer(w.catalog, w.actor.who), found)
        return {"open": [(one.number, one.severity, one.title) for one in known[:MOST]]}
    return {}


def _question(w: Work, pages: Sequence[Page], values: dict[str, object]) -> Answer:
    waiting = {"waiting": [_shown(w, page) for page in pages[:MOST]], "more": max(0, len(pages) - MOST)}
    return Answer("hello", values={**values, **waiting})


def reaction(w: Work, channel: str, ts: str) -> Answer:
    """A reaction on a waiting page may mean "I have seen it" as well as "I take it": they are asked which."""
    page = waiting_at(w.session, w.actor.who, channel, ts)
    newest = [one for one in _open(w) if page and one.incident == page.incident]
    return _question(w, newest, {"text": "", "asked": False, "reacted": True})


def waiting_at(session: Session, person: str, channel: str, ts: str) -> Page | None:
    """The page that stands in this message and waits for this person."""
    pages = paging_queries.open_pages(session, person)
    return next((page for page in pages if (page.channel, page.ts) == (channel, ts)), None)


def _open(w: Work) -> list[Page]:
    """The newest page of each incident that waits for this person; a question for a decision is answered elsewhere."""
    newest: dict[int | None, Page] = {}
    for page in paging_queries.open_pages(w.session, w.actor.who):
        escalation = w.session.get_one(Escalation, page.escalation)
        if escalation.kind != EscalationKind.QUESTION:
            newest[page.incident] = page
    return list(newest.values())


def _meant(w: Work, pages: Sequence[Page], number: int | None, channel: str | None, thread: str | None) -> list[Page]:
    if number is not None:
        return [page for page in pages if page.incident == number]
    if own := [page for page in pages if thread and (page.channel, page.ts) == (channel, thread)]:
        return own
    room = incident_queries.number_of_channel(w.session, channel) if channel else None
    return [page for page in pages if page.incident == room] if room else list(pages)


def _do(w: Work, said: Written, page: Page, decline: Decline) -> Answer:
    incident = incidents.find(w, page.incident) if page.incident else None
    if incident is None:
        escalation = w.lock(Escalation, page.escalation)
        assert escalation is not None
        return escalations.acknowledge_test(w, escalation, page.id or 0)
    if said.kind in ("decline", "pass"):
        return decline(w, incident, page, said)
    return escalations.acknowledge(w, incident, page=page.id)


def _shown(w: Work, page: Page) -> dict[str, object]:
    row = w.session.get(Incident, page.incident) if page.incident else None
    about = f"{w.catalog.reference(row.number or 0)} {titled(row)}" if row else "a test page"
    room = row.channel_id if row and row.room in RoomState.READABLE else None
    state = [row.severity, str(row.status)] if row else None
    return {"id": page.id, "about": about, "why": page.why, "state": state, "room": room, "number": page.incident}
