"""What a war room hears: who has it, who commands, which severity and why, what was escalated. One line each."""

from collections.abc import Sequence
from typing import Any

from bot.domain.core.effect import Deliver, Effect, FactContext, Reactions
from bot.domain.incidents.facts import RoleAssigned, SeverityChanged
from bot.domain.incidents.surfaces import post
from bot.domain.paging import page_ending
from bot.domain.paging.facts import EscalationStarted, LevelReached, PageAcknowledged
from bot.domain.paging.silence import is_the_incidents_own
from storage.models import PageState, RoomState

ON_REQUEST = "escalated on request"
BESIDE = "escalated by "
"""Why a level is asked, where a person asked for it: the next one, or one beside whoever has it already."""


def hear(scene: FactContext, about: str, people: Sequence[str | None], **what: Any) -> list[Effect]:
    """The room alone hears it: in a thread the log of the paging says it, and a private incident has no other place."""
    row = scene.incident
    if row is None or row.room not in (RoomState.OPEN, RoomState.CREATING):
        return []
    change = {"about": about, **what}
    said = post(scene, "heard", f"heard:{about}:{scene.now.isoformat()}", change=change,
                people=[who for who in people if who])  # fmt: skip
    return [Deliver(kind="room.heard", lane=said.lane, key=said.key, after=said.after, payload=said.payload)]


def acknowledged(fact: PageAcknowledged, scene: FactContext) -> list[Effect]:
    if not is_the_incidents_own(scene.escalation):
        return []
    return hear(scene, "acknowledged", [fact.person], who=fact.person, seconds=fact.seconds)


def commands(fact: RoleAssigned, scene: FactContext) -> list[Effect]:
    """Where a hand-off or a taking says more of it, that is said alone; from the first moment on the card shows it."""
    if fact.role != "ic" or fact.told or scene.incident is None or scene.now == scene.incident.declared_at:
        return []
    return hear(scene, "ic", [fact.person, fact.before], who=fact.person, was=fact.before)


def severity(fact: SeverityChanged, scene: FactContext) -> list[Effect]:
    return hear(scene, "severity", [], now=fact.new, was=fact.old, reason=fact.reason)


def escalated(fact: LevelReached, scene: FactContext) -> list[Effect]:
    if fact.reason != ON_REQUEST or not is_the_incidents_own(scene.escalation):
        return []
    ended = [page_ending.of(page).by for page in scene.pages if page.settled_at == scene.now]
    by = next((who for who in reversed(ended) if who), None)
    return hear(scene, "escalated", [by, *fact.people], who=by, whom=fact.people, level=fact.level + 1)


def beside(fact: EscalationStarted, scene: FactContext) -> list[Effect]:
    if not fact.reason.startswith(BESIDE) or not is_the_incidents_own(scene.escalation):
        return []
    by, asked = fact.reason.removeprefix(BESIDE), [p.person for p in scene.pages if p.state in PageState.WAITING]
    return hear(scene, "escalated", [by, *asked], who=by, whom=asked, level=None) if asked else []


CONSEQUENCES: Reactions = {
    PageAcknowledged: (acknowledged,),
    RoleAssigned: (commands,),
    SeverityChanged: (severity,),
    LevelReached: (escalated,),
    EscalationStarted: (beside,),
}
