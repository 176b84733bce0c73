"""Use cases of an incident's ticket: asked for by somebody, made or refused by the tracker, read now and then."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from bot.catalog.sections.integrations import TicketTracker
from bot.domain.core.people import TOCSIN
from bot.domain.tickets import effects
from bot.domain.tickets import tickets as rules
from bot.domain.tickets.errors import NoTracker
from bot.services.core.answer import Answer
from bot.services.core.clockwork import Sweep, Sweeps
from bot.services.core.incident import find, ref
from bot.work import Work, WorkFactory
from storage.models import Delivery, Incident, IncidentLink, TicketState
from storage.queries import incidents as incident_queries

KIND = "ticket"
"""The kind of link that a ticket is."""


def readers(section: TicketTracker) -> str:
    """Who can read what is written there: as the configuration says it, else as far as we know."""
    return section.readers or f"everyone who can read {section.project} in {section.called}"


def create(w: Work, incident: Incident, title: str = "", *, readable: bool = False) -> Answer:
    """One at most; a second wish shows the ticket that is there, and has it read anew.

    Raises NoTracker and ReadableThere.
    """
    section = w.catalog.integrations.tickets
    if not section.on and rules.of(incident).state != TicketState.THERE:
        raise NoTracker()
    there = rules.of(incident).state == TicketState.THERE
    facts = rules.want(incident, title=title, by=w.actor.who, ref=ref(w, incident), readers=readers(section),
                       readable=readable)  # fmt: skip
    w.record(facts, incident=incident)
    if there and section.on:
        w.carry_out(effects.reading(incident))
    return Answer("ticket", incident.number, {"again": not facts, "tracker": section.called})


def made(w: Work, delivery: Delivery, result: Mapping[str, Any]) -> None:
    """It was made, or found. It is a link of the incident like any other."""
    incident = find(w, delivery.payload["incident"])
    by, called = str(delivery.payload["by"]), w.catalog.integrations.tickets.called
    facts = rules.made(incident, ident=str(result["id"]), url=str(result["url"]), status=str(result["status"]),
                       tracker=called, by=by)  # fmt: skip
    if facts and not _is_linked(w.session, incident):
        title = f"{called} {rules.named(str(result['id']))}"
        row = IncidentLink(incident=incident.number or 0, kind=KIND, url=rules.of(incident).url, title=title, by=by,
                           at=w.now)  # fmt: skip
        w.session.add(row)
        w.session.flush()
    w.record(facts, incident=incident)


def _is_linked(session: Session, incident: Incident) -> bool:
    same = select(IncidentLink.id).where(
        IncidentLink.incident == incident.number, IncidentLink.url == rules.of(incident).url
    )
    return session.exec(same).first() is not None


def refused(w: Work, delivery: Delivery, detail: str) -> None:
    payload = delivery.payload
    incident = find(w, payload["incident"])
    facts = rules.refused(incident, reason=detail, title=str(payload["title"]), by=str(payload["by"]),
                          tracker=w.catalog.integrations.tickets.called)  # fmt: skip
    w.record(facts, incident=incident)


def read(w: Work, delivery: Delivery, result: Mapping[str, Any]) -> None:
    incident = find(w, delivery.payload["incident"])
    w.record(rules.read(incident, status=str(result.get("status") or "")), incident=incident)


def behind(w: Work, delivery: Delivery, detail: str) -> None:
    """Said in the timeline: whoever reads the ticket believes what stands there."""
    incident = find(w, delivery.payload["incident"])
    w.record(rules.behind(incident, detail), incident=incident)


def sweep(desk: WorkFactory) -> None:
    """Has the tickets of open incidents read; nothing to do where none are made."""
    if not desk.catalog.integrations.tickets.on:
        return
    with desk.read() as session:
        rows = incident_queries.open_incidents(session)
        numbers = [row.number for row in rows if rules.of(row).state == TicketState.THERE]
    for number in numbers:
        with desk.work(TOCSIN) as w:
            w.carry_out(effects.reading(find(w, number or 0)))


SWEEPS: Sweeps = {"tickets": Sweep(effects.EVERY, sweep)}
