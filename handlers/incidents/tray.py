"""The tray behind *More*: everything that can be done with an incident now and that its card has no button for.

What its state refuses is not offered; what the card lacks only because there is none is offered here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.catalog import Catalog
from bot.catalog.sections.fields import OWN_FIELDS
from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents.states import MOVES, Step
from handlers import form, incident_reference
from handlers.form import button
from handlers.response import View
from storage.models import Incident, IncidentStatus, RoomState

Confirm = tuple[str, str]
Holds = Callable[[Incident], bool]


@dataclass(frozen=True)
class TrayButton:
    """A button. `offered` says whether the state allows it; `card` that the card has it, where there is one."""

    action: str
    label: str
    offered: Holds
    card: bool = False
    style: str = ""
    confirm: Confirm | None = None


def _may(step: Step) -> Holds:
    return lambda incident: incident.status in MOVES[step][0]


def _worked_on(incident: Incident) -> bool:
    """It is open, and somebody has said that it is an incident."""
    return rules.is_open(incident) and incident.status != IncidentStatus.TRIAGE


def _on_hold(incident: Incident) -> bool:
    return _worked_on(incident) and incident.held_until is not None


def _goes_on(incident: Incident) -> bool:
    return _worked_on(incident) and incident.held_until is None


def _counts(incident: Incident) -> bool:
    """It is none that was called off, or that goes on in another one."""
    return incident.status not in (IncidentStatus.CANCELLED, IncidentStatus.MERGED)


def _ended(incident: Incident) -> bool:
    return incident.status in (IncidentStatus.RESOLVED, IncidentStatus.CLOSED)


def _lacks_a_room(incident: Incident) -> bool:
    return _worked_on(incident) and incident.room in (RoomState.NONE, RoomState.FAILED, *RoomState.FORMER)


def _always(incident: Incident) -> bool:
    return True


GROUPS: tuple[tuple[TrayButton, ...], ...] = (
    (
        TrayButton("triage.accept", "🔥 It's an incident", _may(Step.ACCEPT), style="primary"),
        TrayButton("triage.reject", "🙅 Not an incident", _may(Step.REJECT)),
        TrayButton("incident.update", "📣 Update", _worked_on, card=True, style="primary"),
        TrayButton("incident.page", "🆘 Page", rules.is_open, card=True),
        TrayButton("incident.roles", "👤 Roles", rules.is_open, card=True),
        TrayButton("incident.resolve", "✅ Resolve…", _may(Step.RESOLVE), card=True),
    ),
    (
        TrayButton("menu.note", "✍️ Note", _counts),
        TrayButton("menu.decision", "🧭 Decision", rules.is_open),
        TrayButton("menu.action", "☐ Action", rules.is_open),
        TrayButton("menu.mitigation", "🩹 Mitigation", rules.is_open),
        TrayButton("menu.catchup", "⏩ Catch me up", _always),
        TrayButton("menu.timeline", "🕑 Timeline", _always),
    ),
    (
        TrayButton("menu.severity", "🌡 Severity", rules.is_open),
        TrayButton("incident.affects", "🙋 It affects me too", rules.is_open),
        TrayButton("menu.checklist", "☑️ Checklists", _counts),
        TrayButton("menu.times", "🕓 Times", _counts),
        TrayButton("menu.fields", "🏷 Fields", _counts),
        TrayButton("menu.why", "❔ Who was paged", _always),
    ),
    (
        TrayButton("tree.open", "🙋 Who else?", rules.is_open),
        TrayButton("command.offer", "🤝 Hand over command", rules.is_open),
        TrayButton("command.take", "🎖 Take command", rules.is_open),
        TrayButton("room.open", "🚪 Open a room", _lacks_a_room),
        TrayButton("menu.link", "📎 Add a link", _counts),
        TrayButton("menu.links", "🌐 Links", _always),
        TrayButton("ticket.open", "🎫 Ticket", rules.is_open),
    ),
    (
        TrayButton("onhold.end", "▶️ Off hold", _on_hold),
        TrayButton("menu.hold", "⏸ Hold", _goes_on),
        TrayButton("menu.merge", "🔗 Merge", _may(Step.MERGE)),
        TrayButton("menu.cancel", "🚫 No incident", _worked_on, style="danger",
              confirm=("Cancel it?", "Paging stops and the incident does not count. It can be reopened.")),
        TrayButton("menu.reopen", "↩️ Reopen", _may(Step.REOPEN),
              confirm=("Reopen it?", "Everyone is told, and the on-call people are paged again.")),
        TrayButton("menu.close", "🗄 Close", _may(Step.CLOSE)),
        TrayButton("postmortem.open", "📄 Postmortem", _ended),
        TrayButton("problem.open", "🧩 Problem", _counts),
    ),
)  # fmt: skip
"""One row of buttons for each: what it is at first, what happens, how it stands, who is in it, how it goes on."""


CONFIGURED: dict[str, Callable[[Catalog], bool]] = {
    "menu.fields": lambda catalog: bool(catalog.entries(OWN_FIELDS)),
    "ticket.open": lambda catalog: catalog.integrations.tickets.on,
}
"""Buttons that are there only where tocsin.yml says so."""


def of(catalog: Catalog, incident: Incident, *, on_card: bool) -> list[View]:
    """Its heading and its rows. `on_card`: the tray was opened from its card, or stands beside it."""
    heading = form.said(incident_reference.label(catalog, incident))
    rows = [list(_row(catalog, incident, group, on_card=on_card)) for group in GROUPS]
    return [heading, *(form.row(*buttons) for buttons in rows if buttons), form.DIVIDER]


def _row(catalog: Catalog, incident: Incident, group: Sequence[TrayButton], *, on_card: bool) -> Iterator[View]:
    for one in group:
        if not one.offered(incident) or (one.card and on_card and rules.is_open(incident)):
            continue
        if one.action in CONFIGURED and not CONFIGURED[one.action](catalog):
            continue
        yield button(one.action, one.label, str(incident.number), style=one.style, confirm=one.confirm)
