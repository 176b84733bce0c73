"""What a role is for: its entry in tocsin.yml, whether two of them belong together, and what its holder is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.catalog import Catalog
from bot.domain.command.facts import RolePaged
from bot.domain.core.effect import Arm, Effect, FactContext, NounEffect, Reactions, tell
from bot.domain.incidents import lifecycle
from bot.domain.incidents.facts import RoleAssigned, RoleReleased
from bot.domain.incidents.roles import NAMES
from bot.domain.incidents.surfaces import number
from bot.domain.incidents.visibility import is_public
from bot.domain.paging.facts import PageAcknowledged
from storage.models import Incident

CONFIGURED = {
    "tech": "tech_lead", "comms": "comms_lead", "support": "support_liaison", "exec": "executive_liaison",
}  # fmt: skip
"""Our word for a role -> its name in tocsin.yml, where the two differ."""
PAGE = "role of "
"""What the name of a paging for a role begins with."""
REMINDED = timedelta(minutes=5)
"""How soon a chair that was left is looked at again, to page for it."""
OTHERS = timedelta(minutes=15)
"""How long an incident may be without a comms lead or a scribe."""
LONG = timedelta(hours=4)
"""After how long a commander is asked whether somebody else should take over."""
VACANT = {"ic": ("no_ic", timedelta(0)), "comms": ("no_comms", OTHERS), "scribe": ("no_scribe", OTHERS)}
"""Role -> the reminder that it is empty, and how long it may be. One that the severity doesn't need says nothing."""
SERIOUS = ("SEV-1", "SEV-2")
"""Where one person cannot command and fix."""


def configured(role: str) -> str:
    """The name of a role in tocsin.yml."""
    return CONFIGURED.get(role, role)


def schedule_of(catalog: Catalog, role: str, severity: str) -> str | None:
    """The schedule whose people on call are asked for this role: for command, that of the severity comes first."""
    own = catalog.severities[severity].commander if role == "ic" and severity in catalog.severities else None
    row = catalog.roles.get(configured(role))
    return own or (row.schedule if row else None)


def brings(incident: Incident) -> bool:
    """Whether the clock alone may bring somebody into it: a drill wakes no further people, and a private incident is
    nobody's news."""
    return lifecycle.is_open(incident) and not incident.drill and is_public(incident)


def doubled(severity: str, holders: Mapping[str, str], person: str) -> bool:
    """Whether this person commands a serious incident and leads its repair as well (R-051)."""
    return severity in SERIOUS and holders.get("ic") == holders.get("tech") == person


@dataclass(frozen=True)
class PageForRole(NounEffect):
    """Nobody has the role: the people on call for it are paged, beside everybody else."""

    incident: int
    role: str
    schedule: str


@dataclass(frozen=True)
class RoleTaken(NounEffect):
    """Somebody has the role: whoever is still paged for it is left alone."""

    incident: int
    role: str


@dataclass(frozen=True)
class TakeRole(NounEffect):
    """Somebody acknowledged a page for this role, and with it takes the role if nobody has it."""

    incident: int
    role: str


def given(fact: RoleAssigned, scene: FactContext) -> list[Effect]:
    """Whoever gets a role reads what belongs to it, once for each time."""
    key = f"role-given:{number(scene)}:{fact.role}:{fact.person}:{scene.now.isoformat()}"
    told = tell(fact.person, "role_given", key, incident=number(scene), role=fact.role, by=fact.by)
    effects: list[Effect] = [told, RoleTaken(number(scene), fact.role)]
    if fact.role == "ic":
        effects.append(Arm("fatigue", f"incident:{number(scene)}", scene.now + LONG))
    return effects


def emptied(fact: RoleReleased, scene: FactContext) -> list[Effect]:
    """Nobody commands now: somebody is asked at once, and again until one does; then whoever is on call is paged. For
    others there is more time."""
    if fact.role not in VACANT:
        return []
    kind, wait = VACANT[fact.role]
    subject = f"incident:{number(scene)}"
    asked: list[Effect] = [Arm(kind, subject, scene.now + wait)]
    return [*asked, Arm("page_ic", subject, scene.now + REMINDED)] if fact.role == "ic" else asked


def paged(fact: RolePaged, scene: FactContext) -> list[Effect]:
    return [PageForRole(number(scene), fact.role, fact.schedule)]


def acknowledged(fact: PageAcknowledged, scene: FactContext) -> list[Effect]:
    """Whoever takes the page of a role takes the role."""
    role = role_of(scene.escalation.policy_name) if scene.escalation else None
    return [TakeRole(number(scene), role)] if role and scene.incident else []


def page_name(role: str) -> str:
    """What the paging for a role is called where the name of a policy would stand."""
    return f"{PAGE}{NAMES[role]}"


def role_of(name: str) -> str | None:
    """The role for which a paging of this name asks; None for any other."""
    return next((role for role in NAMES if name == page_name(role)), None)


CONSEQUENCES: Reactions = {
    RoleAssigned: (given,), RoleReleased: (emptied,), RolePaged: (paged,), PageAcknowledged: (acknowledged,),
}  # fmt: skip
