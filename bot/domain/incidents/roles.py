"""Rules of roles: one holder of each at a time, history kept."""

from datetime import datetime

from bot.domain.core.errors import UnknownRole
from bot.domain.core.fact import Fact
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents.facts import RoleAssigned, RoleReleased
from storage.models import Incident, RoleAssignment

NAMES = {
    "ic": "incident commander", "tech": "tech lead", "comms": "comms lead", "scribe": "scribe",
    "support": "support liaison", "exec": "executive liaison", "service_lead": "service lead", "sme": "subject expert",
    "observer": "observer",
}  # fmt: skip
ALONE = ("ic", "tech", "comms", "scribe", "support", "exec")
"""The roles that one person has; each of the others may be several people's."""
ALIASES = {
    "ic": "ic", "commander": "ic", "incident commander": "ic", "lead": "ic",
    "tech": "tech", "tech lead": "tech", "tech-lead": "tech", "technical lead": "tech", "ops": "tech",
    "comms": "comms", "comms lead": "comms", "comms-lead": "comms", "communications": "comms",
    "scribe": "scribe",
    "support": "support", "support liaison": "support", "support-liaison": "support",
    "exec": "exec", "executive": "exec", "executive liaison": "exec", "executive-liaison": "exec",
    "service lead": "service_lead", "service-lead": "service_lead", "service_lead": "service_lead",
    "sme": "sme", "expert": "sme", "subject expert": "sme", "subject-expert": "sme",
    "observer": "observer", "observers": "observer",
}  # fmt: skip


def parse(text: str) -> str:
    """The role's key (ic, tech, comms, scribe) for what a person typed."""
    key = ALIASES.get(" ".join(text.lower().split()))
    if key is None:
        raise UnknownRole(text=text, choices=", ".join(NAMES))
    return key


def assign(
    incident: Incident,
    holder: RoleAssignment | None,
    *,
    role: str,
    person: str,
    by: str,
    now: datetime,
    ref: str,
    told: bool = False,
) -> tuple[RoleAssignment | None, list[Fact]]:
    """Gives a role to a person; None and no facts when they hold it already. The first IC sets `ic_assigned_at`."""
    incidents.require_open(incident, ref, "assigning a role")
    if holder and holder.person == person:
        return None, []
    before = holder.person if holder else None
    if holder:
        holder.until = now
    if role == "ic":
        incident.ic_assigned_at = incident.ic_assigned_at or now
    taken = RoleAssignment(incident=incident.number or 0, role=role, person=person, since=now)
    facts: list[Fact] = [RoleAssigned(role=role, person=person, before=before, by=by, told=told)]
    return taken, facts


def release(holder: RoleAssignment, now: datetime, by: str | None = None) -> list[Fact]:
    """`by` is who empties it; None when its holder has left the workspace."""
    holder.until = now
    return [RoleReleased(role=holder.role, person=holder.person, by=by)]
