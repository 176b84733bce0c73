"""Reminders about who conducts an incident: a role is vacant (then its schedule is paged), or one commands too long."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.command.facts import RolePaged
from bot.domain.command.role_effects import LONG, OTHERS, schedule_of
from bot.domain.core.fact import Fact, stored_names
from bot.domain.incidents.facts import IncidentReopened
from bot.domain.lifecycle.facts import HoldEnded
from bot.services.command import on_call
from bot.services.core.nudge import Nudge, Nudges
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

COMMANDER = timedelta(minutes=3)
"""How long an incident may be without a commander before somebody is asked to find one."""
INSISTS = timedelta(hours=2)
"""How much later a commander who was asked whether somebody else should take over is urged to."""
RESTS = (IncidentReopened, HoldEnded)
"""What a commander has had a rest before."""
KEYS = {"ic": "ic", "comms": "comms_lead", "scribe": "scribe"}
"""Our word for a role -> its name in tocsin.yml."""


def _needed(role: str, wait: timedelta) -> Callable[[Work, Incident], timedelta | None]:
    """How long this incident may be without this role; None where its severity does not need it."""

    def after(w: Work, incident: Incident) -> timedelta | None:
        row = w.catalog.roles.get(KEYS[role])
        return wait if row is not None and incident.severity in row.mandatory_for else None

    return after


def _vacant(role: str) -> Callable[[Work, Incident], bool]:
    return lambda w, incident: incident_queries.role_holder(w.session, incident.number or 0, role) is None


def _unreminded(role: str, wait: timedelta) -> Callable[[Work, Incident], timedelta | None]:
    """After how long its schedule is paged for this role: some minutes after the first reminder, and for command not
    before the time that the severity allows."""

    def after(w: Work, incident: Incident) -> timedelta | None:
        first, more = _needed(role, wait)(w, incident), w.catalog.command.page_role_after
        if first is None or more is None or schedule_of(w.catalog, role, incident.severity) is None:
            return None
        target = w.catalog.severities[incident.severity].ic if role == "ic" else None
        return max(first, target) + more if isinstance(target, timedelta) else first + more

    return after


def _may_page(role: str) -> Callable[[Work, Incident], bool]:
    return lambda w, incident: (
        w.catalog.command.page_role_after is not None
        and _needed(role, COMMANDER)(w, incident) is not None
        and on_call.may_page(w, incident, role)
    )


def _paged(role: str) -> Callable[[Work, Incident, str], Fact]:
    return lambda w, incident, person: RolePaged(
        role=role, schedule=schedule_of(w.catalog, role, incident.severity) or ""
    )


def _pages(role: str, wait: timedelta, message: str) -> Nudge:
    """The page after the reminder. It is told to nobody in charge: whoever is on call reads the page itself."""
    return Nudge(after=_unreminded(role, wait), wanted=_may_page(role), to=_in_charge, message=message,
                 fact=_paged(role))  # fmt: skip


def _in_charge(w: Work, incident: Incident) -> str:
    """Whoever can find somebody: the commander, else whoever has the page, else the declarer."""
    number = incident.number or 0
    held = paging_queries.held_escalations(w.session, number)
    holder = held[0].acknowledged_by if held else None
    return incident_queries.roles(w.session, number).get("ic") or holder or incident.declared_by


def _commanded(w: Work, incident: Incident) -> bool:
    return incident_queries.role_holder(w.session, incident.number or 0, "ic") is not None


def _since(w: Work, incident: Incident) -> datetime | None:
    """From when whoever commands now has done so without a rest."""
    holder = incident_queries.role_holder(w.session, incident.number or 0, "ic")
    if holder is None:
        return None
    again = incident_queries.last_fact(w.session, f"incident:{incident.number}", stored_names(RESTS))
    return max(holder.since, again.at) if again else holder.since


NUDGES: Nudges = {
    "no_ic": Nudge(after=_needed("ic", COMMANDER), wanted=_vacant("ic"), to=_in_charge, message="ic_missing",
                   every=timedelta(minutes=5), at_most=6, role="ic"),
    "no_comms": Nudge(after=_needed("comms", OTHERS), wanted=_vacant("comms"), to=_in_charge, message="comms_missing",
                      role="comms"),
    "no_scribe": Nudge(after=_needed("scribe", OTHERS), wanted=_vacant("scribe"), to=_in_charge,
                       message="scribe_missing", role="scribe"),
    "page_ic": _pages("ic", COMMANDER, "ic_missing"),
    "page_comms": _pages("comms", OTHERS, "comms_missing"),
    "page_scribe": _pages("scribe", OTHERS, "scribe_missing"),
    "fatigue": Nudge(after=lambda w, incident: LONG, wanted=_commanded, since=_since, to=_in_charge,
                     message="commanded_long", every=INSISTS, at_most=2, starts=RESTS, role="ic"),
}  # fmt: skip
