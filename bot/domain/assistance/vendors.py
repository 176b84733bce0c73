"""Cases at a vendor's support: how long its answer may take, when the room is reminded, and what ends the waiting."""

from datetime import datetime

from bot.catalog import Catalog, Vendor
from bot.domain.assistance.errors import UnknownVendor
from bot.domain.assistance.facts import VendorAnswered, VendorAsked, VendorEscalated, VendorSilent, VendorTicketNoted
from bot.domain.core.fact import Fact
from bot.domain.incidents import lifecycle as incidents
from storage.models import CaseState, Incident, VendorCase

MOST_REMINDERS = 3
LONGEST_TICKET = 80


def named(catalog: Catalog, text: str) -> Vendor:
    """The vendor of this key or name. Raises UnknownVendor."""
    word = text.strip().lower()
    for key, one in catalog.vendors.items():
        if word in (key.lower(), one.name.lower()):
            return one
    raise UnknownVendor(text=text, choices=", ".join(catalog.vendors) or "none")


def open_case(incident: Incident, vendor: Vendor, ticket: str, *, by: str, now: datetime) -> VendorCase:
    """A new case; the promise runs from now."""
    return VendorCase(
        incident=incident.number or 0,
        vendor=vendor.key,
        ticket=_ticket(ticket),
        opened_by=by,
        opened_at=now,
        due_at=now + vendor.response if vendor.response else None,
    )


def _ticket(text: str) -> str:
    return incidents.tidy(text, LONGEST_TICKET)


def asked(case: VendorCase) -> list[Fact]:
    return [VendorAsked(case=case.id or 0, vendor=case.vendor, ticket=case.ticket, due_at=case.due_at)]


def note_ticket(case: VendorCase, text: str) -> list[Fact]:
    """The ticket's number, told later than the case; the same number once more changes nothing."""
    ticket = _ticket(text)
    if not ticket or ticket == case.ticket:
        return []
    case.ticket = ticket
    return [VendorTicketNoted(case=case.id or 0, vendor=case.vendor, ticket=ticket)]


def silent(case: VendorCase, vendor: Vendor | None, now: datetime) -> list[Fact]:
    """The promise is over: the room is told now, and again each time as much time has passed, three times
    at most for each promise."""
    most = MOST_REMINDERS * (case.escalated + 1)
    if case.state != CaseState.OPEN or case.due_at is None or case.reminders >= most:
        return []
    case.reminders += 1
    again = now + vendor.response if vendor and vendor.response and case.reminders < most else None
    return [
        VendorSilent(
            case=case.id or 0,
            vendor=case.vendor,
            ticket=case.ticket,
            since=case.due_at,
            times=case.reminders,
            again_at=again,
        )
    ]


def escalate(case: VendorCase, vendor: Vendor | None, now: datetime) -> list[Fact]:
    """It is taken further at the vendor, and the promise runs anew. Empty when they have answered."""
    if case.state != CaseState.OPEN:
        return []
    case.escalated += 1
    case.due_at = now + vendor.response if vendor and vendor.response else None
    fact = VendorEscalated(
        case=case.id or 0, vendor=case.vendor, ticket=case.ticket, times=case.escalated,
        due_at=case.due_at,
    )  # fmt: skip
    return [fact]


def answered(case: VendorCase, *, by: str, now: datetime) -> list[Fact]:
    """They are on it. Empty when that was said before."""
    if case.state != CaseState.OPEN:
        return []
    case.state, case.answered_by, case.answered_at = CaseState.ANSWERED, by, now
    seconds = int((now - case.opened_at).total_seconds())
    return [VendorAnswered(case=case.id or 0, vendor=case.vendor, ticket=case.ticket, seconds=seconds)]
