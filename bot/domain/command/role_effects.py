"""What a role is for: its entry in tocsin.yml, whether two of them belong together, and what its holder is told."""

from collections.abc import Mapping

from bot.domain.core.effect import Arm, Effect, FactContext, Reactions, tell
from bot.domain.incidents.facts import RoleAssigned, RoleReleased
from bot.domain.incidents.surfaces import number

CONFIGURED = {
    "tech": "tech_lead", "comms": "comms_lead", "support": "support_liaison", "exec": "executive_liaison",
}  # fmt: skip
"""Our word for a role -> its name in tocsin.yml, where the two differ."""
SERIOUS = ("SEV-1", "SEV-2")
"""Where one person cannot command and fix."""


def configured(role: str) -> str:
    """The name of a role in tocsin.yml."""
    return CONFIGURED.get(role, role)


def doubled(severity: str, holders: Mapping[str, str], person: str) -> bool:
    """Whether this person commands a serious incident and leads its repair as well (R-051)."""
    return severity in SERIOUS and holders.get("ic") == holders.get("tech") == person


def given(fact: RoleAssigned, scene: FactContext) -> list[Effect]:
    """Whoever gets a role reads what belongs to it, once for each time."""
    key = f"role-given:{number(scene)}:{fact.role}:{fact.person}:{scene.now.isoformat()}"
    return [tell(fact.person, "role_given", key, incident=number(scene), role=fact.role, by=fact.by)]


def emptied(fact: RoleReleased, scene: FactContext) -> list[Effect]:
    """Nobody commands now: somebody is asked at once, and again until one does."""
    return [Arm("no_ic", f"incident:{number(scene)}", scene.now)] if fact.role == "ic" else []


CONSEQUENCES: Reactions = {RoleAssigned: (given,), RoleReleased: (emptied,)}
