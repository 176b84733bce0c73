"""Use cases of vendors: keep their tickets on the incident, remind when a promise is over, stop when they answered."""

from datetime import datetime
from typing import Any

from bot.domain.assistance import vendors as rules
from bot.domain.assistance.errors import NoCase
from bot.domain.incidents import lifecycle as incidents
from bot.services.core import incident as incident_service
from bot.services.core.answer import Answer
from bot.work import Work
from storage.models import CaseState, Incident, VendorCase
from storage.queries import assistance


def ask(w: Work, incident: Incident, text: str, ticket: str = "") -> Answer:
    """Shows how to reach a vendor and keeps the case; a ticket told later belongs to the case that is open."""
    number = incident.number or 0
    incidents.require_open(incident, w.catalog.reference(number), "a vendor's support")
    vendor = rules.named(w.catalog, text)
    case = assistance.open_case(w.session, number, vendor.key)
    if case is None:
        case = rules.open_case(incident, vendor, ticket, by=w.actor.who, now=w.now)
        w.session.add(case)
        w.session.flush()
        w.record(rules.asked(case), incident=incident)
    else:
        w.record(rules.note_ticket(case, ticket), incident=incident)
    return Answer("vendor_case", number, _values(case))


def _values(case: VendorCase) -> dict[str, Any]:
    until = case.due_at.isoformat() if case.due_at and case.state == CaseState.OPEN else None
    return {"case": case.id, "vendor": case.vendor, "ticket": case.ticket, "until": until, "state": case.state}


def newest(w: Work, incident: Incident, text: str) -> int:
    """The number of the case with this vendor, of the one that waits if there is one. Raises UnknownVendor, NoCase."""
    vendor = rules.named(w.catalog, text)
    mine = [one for one in assistance.cases(w.session, incident.number or 0) if one.vendor == vendor.key]
    waiting = [one for one in mine if one.state == CaseState.OPEN]
    if not mine:
        raise NoCase(vendor=vendor.name, ref=w.catalog.reference(incident.number or 0))
    return (waiting or mine)[-1].id or 0


def _case(w: Work, number: int) -> tuple[Incident, VendorCase]:
    """The case and its incident, the incident locked first: whoever holds it changes its cases."""
    row = w.session.get_one(VendorCase, number)
    incident = incident_service.find(w, row.incident)
    case = w.lock(VendorCase, number)
    assert case is not None
    return incident, case


def lock(w: Work, number: int) -> None:
    """For the clock: the case, after its incident."""
    if w.session.get(VendorCase, number):
        _case(w, number)


def silent(w: Work, number: int, due_at: datetime) -> None:
    """The clock: the promised answer is over. Nothing is said about an incident that has ended."""
    incident, case = _case(w, number)
    if incidents.is_open(incident):
        w.record(rules.silent(case, w.catalog.vendors.get(case.vendor), w.now), incident=incident)


def escalate(w: Work, number: int) -> Answer:
    """It is taken further at the vendor; the promise runs anew."""
    incident, case = _case(w, number)
    incidents.require_open(incident, w.catalog.reference(incident.number or 0), "a vendor's support")
    w.record(rules.escalate(case, w.catalog.vendors.get(case.vendor), w.now), incident=incident)
    return Answer(
        "vendor_escalated" if case.state == CaseState.OPEN else "vendor_answered", case.incident, _values(case)
    )


def answered(w: Work, number: int) -> Answer:
    """They are on it: nobody is reminded any more. Saying it twice changes nothing."""
    incident, case = _case(w, number)
    w.record(rules.answered(case, by=w.actor.who, now=w.now), incident=incident)
    return Answer("vendor_answered", case.incident, _values(case))
