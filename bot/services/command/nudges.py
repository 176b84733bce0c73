"""Reminders about who conducts an incident: nobody commands it, nobody speaks or writes, and one has for too long."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.services.core.nudge import Nudge, Nudges
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

COMMANDER = timedelta(minutes=3)
"""How long an incident may be without a commander before somebody is asked to find one."""
OTHERS = timedelta(minutes=15)
"""How long it may be without a comms lead or a scribe."""
LONG, INSISTS = timedelta(hours=4), timedelta(hours=2)
"""After how long a commander is asked whether somebody else should take over, and how much later that is urged."""
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


def _in_charge(w: Work, incident: Incident) -> str:
    """Whoever can find somebody: the commander, else whoever has the page, else the declarer."""
    number = incident.number or 0
    held = paging_queries.held_escalations(w.session, number)
    holder = held[0].acknowledged_by if held else None
    return incident_queries.roles(w.session, number).get("ic") or holder or incident.declared_by


def _commanded(w: Work, incident: Incident) -> bool:
    return incident_queries.role_holder(w.session, incident.number or 0, "ic") is not None


def _since(w: Work, incident: Incident) -> datetime | None:
    """From when whoever commands now has done so."""
    holder = incident_queries.role_holder(w.session, incident.number or 0, "ic")
    return holder.since if holder else None


NUDGES: Nudges = {
    "no_ic": Nudge(after=_needed("ic", COMMANDER), wanted=_vacant("ic"), to=_in_charge, message="ic_missing",
                   every=timedelta(minutes=5), at_most=6),
    "no_comms": Nudge(after=_needed("comms", OTHERS), wanted=_vacant("comms"), to=_in_charge, message="comms_missing"),
    "no_scribe": Nudge(after=_needed("scribe", OTHERS), wanted=_vacant("scribe"), to=_in_charge,
                       message="scribe_missing"),
    "fatigue": Nudge(after=lambda w, incident: LONG, wanted=_commanded, since=_since, to=_in_charge,
                     message="commanded_long", every=INSISTS, at_most=2),
}  # fmt: skip
