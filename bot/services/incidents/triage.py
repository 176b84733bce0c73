"""Use cases of triage: it is accepted, and what a declaration starts starts now; or it was no incident."""

from typing import Any

from bot.catalog.sections.lifecycle import LIFECYCLE
from bot.domain.core.fact import Fact
from bot.domain.incidents import mirror, war_room
from bot.domain.incidents.visibility import has_public_place
from bot.domain.lifecycle import triage
from bot.services.core.answer import Answer
from bot.services.core.incident import ref, responders
from bot.services.incidents import ending, executives
from bot.services.links import links
from bot.services.paging import escalations, policies
from bot.work import Work
from storage.models import EscalationState, Incident, PageState
from storage.queries import paging as paging_queries


def accept(w: Work, incident: Incident) -> Answer:
    """It is an incident: room, announcement, cadence and clocks begin now. Whoever was paged is not paged again."""
    cadence = w.catalog.severities[incident.severity].cadence
    facts = triage.accept(incident, now=w.now, ref=ref(w, incident), cadence=cadence)
    w.record([*facts, *begin(w, incident)], incident=incident, responders=responders(w, incident))
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    if newest is None or newest.state not in (*EscalationState.LIVE, EscalationState.ACKNOWLEDGED):
        policies.page_for(w, incident, "accepted from triage")
    _redraw(w, incident)
    links.open_call(w, incident)
    executives.plan(w, incident)
    return Answer("declared", incident.number, {"accepted": True})


def begin(w: Work, incident: Incident) -> list[Fact]:
    """What every incident has from the moment on at which it is one: a place, a room as its row says, a twin."""
    incident.announcement_channel = w.catalog.incidents_channel if has_public_place(incident) else None
    facts = war_room.at_declare(incident, w.catalog.severities[incident.severity].war_room, w.now)
    return [*facts, *mirror.want(incident, w.catalog.integrations.mirrored)]


def decline(w: Work, incident: Incident, reason: str = "", kind: str = "") -> Answer:
    """It was none: paging stops, and whoever holds it is told. A wish is offered as a ticket."""
    facts = triage.decline(incident, now=w.now, ref=ref(w, incident), reason=reason, kind=kind)
    w.record(facts, incident=incident)
    ending.over(w, incident, "declined in triage")
    return Answer("triage_declined", incident.number, _ticket(w, incident, kind))


def _ticket(w: Work, incident: Incident, kind: str) -> dict[str, Any]:
    values = {"title": incident.title, "reference": ref(w, incident)}
    known = triage.kind(kind)
    link = w.catalog.section(LIFECYCLE).tickets.link(known.key, values) if known.ticket else None
    create = known.ticket and w.catalog.integrations.tickets.on
    wish = bool(kind) and known.ticket
    return {"kind": known.label if kind else "", "wish": wish, "ticket": link, "create": wish and create}


def _redraw(w: Work, incident: Incident) -> None:
    """Pages say that it is accepted, and no longer ask."""
    for page in paging_queries.incident_pages(w.session, incident.number or 0):
        if page.ts and page.state in (*PageState.WAITING, PageState.ACKNOWLEDGED):
            escalations.redraw(w, page)
