"""Use cases of checklists: how far each item is, and what a person or a program ticks."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from bot.catalog import Catalog
from bot.domain.incidents.lifecycle import hold_left
from bot.domain.lifecycle import checklists as rules
from bot.domain.lifecycle.checklists import Item, State
from bot.services.core.answer import Answer
from bot.work import Work
from storage.models import ChecklistTick, Incident


def states(session: Session, catalog: Catalog, incident: Incident, now: datetime) -> dict[str, State]:
    """How far each item of every list is."""
    rows = session.exec(select(ChecklistTick).where(ChecklistTick.incident == incident.number))
    row = catalog.severities[incident.severity]
    return rules.states(
        incident,
        {one.item: one.state for one in rows},
        postmortem=row.postmortem != "none",
        held=not hold_left(incident, row.stability_hold, now),
    )


def missing(w: Work, incident: Incident) -> list[Item]:
    """What is still open of that which has to be so before it is resolved."""
    return rules.missing(states(w.session, w.catalog, incident, w.now))


def tick(w: Work, incident: Incident, item: str, state: str = "") -> Answer:
    """One item. Raises UnknownItem."""
    return tick_all(w, incident, [(item.strip().lower().replace("-", "_"), state or State.DONE)])


def tick_all(w: Work, incident: Incident, wanted: Iterable[tuple[str, str]]) -> Answer:
    """Each item that stands otherwise; a fact for each."""
    before = states(w.session, w.catalog, incident, w.now)
    changed = False
    for key, state in wanted:
        facts = rules.tick(key, state, before.get(key, State.OPEN))
        if facts:
            _keep(w, incident, key, state)
            w.record(facts, incident=incident)
            changed = True
    return Answer("ticked" if changed else "no_change", incident.number)


def _keep(w: Work, incident: Incident, key: str, state: str) -> None:
    found = w.session.exec(
        select(ChecklistTick).where(ChecklistTick.incident == incident.number, ChecklistTick.item == key)
    ).first()
    row = found or ChecklistTick(incident=incident.number or 0, item=key, state=state, by=w.actor.who, at=w.now)
    row.state, row.by, row.at = state, w.actor.who, w.now
    w.session.add(row)
