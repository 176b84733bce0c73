"""A vendor's support: how to reach it, the ticket, the reminder when its promise is over."""

from sqlmodel import Session

from bot.catalog import Catalog, Vendor
from bot.domain.assistance.errors import UnknownVendor
from bot.domain.core.errors import DomainError
from bot.rendering.durations import human
from bot.services.assistance import vendors
from bot.services.core import incident as incidents
from handlers import form, incident_reference
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Errors, Redraw, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import CaseState
from storage.queries import assistance

STATES = {CaseState.OPEN: "waiting for their answer", CaseState.ANSWERED: "answered"}


class NoVendors(DomainError):
    """No vendor is described in tocsin.yml: add them under `vendors:`."""


def vendor(door: Door, request: Request, said: Command) -> Reply:
    """`vendor aws CASE-7`; alone it opens the form with the list."""
    if said.text:
        name, ticket = _split(door.catalog, said.text)
        return about(door, request, said, lambda w, incident: vendors.ask(w, incident, name, ticket))
    return looking(door, request, said, lambda session, number: Show(_view(door, session, number, request)))


def _split(catalog: Catalog, text: str) -> tuple[str, str]:
    """The vendor's name, which may be several words, and the ticket after it."""
    names = [name for key, one in catalog.vendors.items() for name in (key, one.name)]
    for name in sorted(names, key=len, reverse=True):
        if text.lower() == name.lower() or text.lower().startswith(f"{name.lower()} "):
            return name, text[len(name) :].strip()
    first, _, rest = text.partition(" ")
    return first, rest.strip()


def _view(door: Door, session: Session, number: int, request: Request, chosen: str = "") -> View:
    catalog = door.catalog
    if not catalog.vendors:
        raise NoVendors()
    incident = incident_reference.known(session, catalog, request, number)
    choices = [Choice(key, one.name[:75], _promise(one)) for key, one in catalog.vendors.items()]
    menu = form.menu(choices[: form.MOST_OPTIONS], chosen, placeholder="Choose a vendor")
    blocks = [
        form.small(incident_reference.label(catalog, incident)),
        *_cases(session, catalog, number),
        form.field("vendor", "Vendor", menu, action="vendor.choose"),
        *_reach(catalog.vendors.get(chosen)),
        form.field("ticket", "Ticket", form.words(), optional=True, hint="Its number there, now or later."),
    ]
    meta = {**incident_reference.meta(request, incident), **request.meta, "incident": number}
    return form.modal("vendor", "Vendor support", blocks, submit="Keep the case", meta=meta)


def _promise(one: Vendor) -> str:
    return f"promises an answer within {human(one.response)}" if one.response else "promises no time"


def _cases(session: Session, catalog: Catalog, number: int) -> list[View]:
    """What was asked already."""
    lines = []
    for case in assistance.cases(session, number)[-5:]:
        known = catalog.vendors.get(case.vendor)
        ticket = f" · ticket {case.ticket}" if case.ticket else ""
        lines.append(form.small(f"{known.name if known else case.vendor}{ticket} · {STATES[case.state]}"))
    return lines


def _reach(one: Vendor | None) -> list[View]:
    """How to reach the vendor that was chosen."""
    if one is None:
        return []
    lines = [one.how, f"📞 {one.phone}" if one.phone else "", f"🔗 {one.url}" if one.url else ""]
    when = [form.small(f"When: {', '.join(one.when)}")] if one.when else []
    return [form.said("\n".join(line for line in lines if line) or f"{one.name}: {_promise(one)}."), *when]


def chosen(door: Door, request: Request) -> Reply:
    """A vendor was chosen in the form: it shows how to reach them."""
    number = int(request.meta["incident"])
    return Redraw(door.look(request, "vendor", lambda session: _view(door, session, number, request, request.value)))


def submitted(door: Door, request: Request) -> Reply:
    name, ticket, number = request.values.choice("vendor"), request.values.text("ticket"), request.number
    try:
        return door.do(request, "vendor", lambda w: vendors.ask(w, incidents.find(w, number), name, ticket))
    except UnknownVendor as refusal:
        return Errors({"vendor": refusal.sentence()})


def answered_button(door: Door, request: Request) -> Reply:
    return door.do(request, "vendor", lambda w: vendors.answered(w, request.number))


def escalate_button(door: Door, request: Request) -> Reply:
    return door.do(request, "vendor", lambda w: vendors.escalate(w, request.number))


COMMANDS = {"vendor": vendor}
ACTIONS = {"vendor.choose": chosen, "vendor.answered": answered_button, "vendor.escalate": escalate_button}
VIEWS = {"vendor": submitted}
