"""What follows from decisions, actions and mitigations: a post with buttons, its thread, and the clock."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.command.keeping_facts import (
    ActionGiven,
    ActionMoved,
    ActionOverdue,
    ActionSettled,
    MitigationEnded,
    MitigationStarted,
    RulingFallsDue,
    RulingMade,
    RulingObjected,
    RulingSettled,
)
from bot.domain.command.surfaces import asking, in_thread, redrawn, settled
from bot.domain.core.effect import Arm, Disarm, Effect, FactContext, Reactions, Supersede, tell
from bot.domain.incidents.surfaces import invite, number, post_key, refresh
from storage.models import ActionState, IncidentStatus, MitigationState, RoomState, RulingState

ACTION, RULING, MITIGATION = "action", "ruling", "mitigation"
"""The kinds of timer, and the names by which a post is known."""


def action(row: Any, **more: Any) -> dict[str, Any]:
    """What the message of an action is given; `row` is the record or a fact about it."""
    ident = getattr(row, "action", None) or row.id
    said = {"item": ident, "number": row.number, "text": row.text, "owner": row.owner, "state": ActionState.OPEN}
    return {**said, "people": [row.owner], "due": _iso(getattr(row, "due_at", None)), **more}


def ruling(row: Any, **more: Any) -> dict[str, Any]:
    """What the message of a decision is given."""
    ident = getattr(row, "ruling", None) or row.id
    return {"item": ident, "number": row.number, "text": row.text, "by": row.by, **more}


def mitigation(row: Any, **more: Any) -> dict[str, Any]:
    """What the message of a mitigation is given."""
    ident = getattr(row, "mitigation", None) or row.id
    said = {"item": ident, "number": row.number, "text": row.text, "owner": row.owner, "people": [row.owner]}
    return {**said, "rollback": getattr(row, "rollback", ""), "state": MitigationState.RUNNING, **more}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def given(fact: ActionGiven, scene: FactContext) -> list[Effect]:
    """Its owner finds it where the incident lives, and is brought there; in triage it lives nowhere yet."""
    subject = f"{ACTION}:{fact.action}"
    effects: list[Effect] = [asking(scene, subject, "action", **action(fact)), *refresh(scene)]
    if fact.due_at:
        effects.append(Arm(ACTION, subject, fact.due_at))
    if scene.incident and scene.incident.status == IncidentStatus.TRIAGE and fact.owner != fact.by:
        told = tell(fact.owner, "action", f"{subject}:given", incident=number(scene), **action(fact))
        effects.append(replace(told, asks=subject))
    if scene.incident and scene.incident.room == RoomState.OPEN:
        effects.append(invite(scene, [fact.owner], subject))
    return effects


def moved(fact: ActionMoved, scene: FactContext) -> list[Effect]:
    """Whoever says "got it" of what is overdue is asked when they would have been; more time is a new time."""
    subject = f"{ACTION}:{fact.action}"
    said = action(fact, confirmed=fact.confirmed)
    drawn = redrawn(scene, post_key(number(scene), subject), "action", **said)
    ahead = fact.due_at is not None and fact.due_at > scene.now
    return [drawn, *([Arm(ACTION, subject, fact.due_at)] if ahead and fact.due_at else []), *refresh(scene)]


def action_settled(fact: ActionSettled, scene: FactContext) -> list[Effect]:
    subject = f"{ACTION}:{fact.action}"
    said = action(fact, state=fact.state, person=fact.person)
    return [Disarm(ACTION, subject), settled(scene, subject, "action", **said), *refresh(scene)]


def overdue(fact: ActionOverdue, scene: FactContext) -> list[Effect]:
    """Its owner is asked in its thread, and nowhere else."""
    subject = f"{ACTION}:{fact.action}"
    key = f"{subject}:overdue:{fact.due_at.isoformat()}:{fact.times}"
    said = in_thread(scene, subject, "action_overdue", key, **action(fact))
    return [said, *([Arm(ACTION, subject, fact.again_at)] if fact.again_at else [])]


def made(fact: RulingMade, scene: FactContext) -> list[Effect]:
    subject = f"{RULING}:{fact.ruling}"
    said = ruling(fact, state=fact.state, until=_iso(fact.until), condition=fact.condition)
    effects: list[Effect] = [asking(scene, subject, "decision", **said), *refresh(scene)]
    return [*effects, *([Arm(RULING, subject, fact.until)] if fact.until else [])]


def objected(fact: RulingObjected, scene: FactContext) -> list[Effect]:
    """Whoever decided hears it in the thread of the decision, which nobody takes for agreed any more."""
    subject = f"{RULING}:{fact.ruling}"
    said = ruling(fact, state=RulingState.OBJECTED, person=fact.person, reason=fact.reason)
    return [
        Disarm(RULING, subject),
        redrawn(scene, post_key(number(scene), subject), "decision", **said),
        in_thread(scene, subject, "decision_objected", f"{subject}:objected", **said),
    ]


def ruling_settled(fact: RulingSettled, scene: FactContext) -> list[Effect]:
    subject = f"{RULING}:{fact.ruling}"
    said = ruling(fact, state=fact.state, person=fact.person, at=scene.now.isoformat())
    return [
        Disarm(RULING, subject),
        settled(scene, subject, "decision", **said),
        Supersede(f"{subject}:due", "decision_due", {"incident": number(scene), **said}),
        *refresh(scene),
    ]


def falls_due(fact: RulingFallsDue, scene: FactContext) -> list[Effect]:
    """Whoever commands is reminded that it has to be decided now."""
    subject = f"{RULING}:{fact.ruling}"
    said = ruling(fact, state=RulingState.PENDING, condition=fact.condition)
    told = tell(fact.person, "decision_due", f"{subject}:due:{fact.due_at.isoformat()}", incident=number(scene), **said)
    return [replace(told, asks=f"{subject}:due")]


def started(fact: MitigationStarted, scene: FactContext) -> list[Effect]:
    subject = f"{MITIGATION}:{fact.mitigation}"
    return [asking(scene, subject, "mitigation", **mitigation(fact)), *refresh(scene)]


def mitigation_ended(fact: MitigationEnded, scene: FactContext) -> list[Effect]:
    subject = f"{MITIGATION}:{fact.mitigation}"
    said = mitigation(fact, state=fact.state, result=fact.result, person=fact.person)
    if fact.corrected:
        return [redrawn(scene, post_key(number(scene), subject), "mitigation", **said), *refresh(scene)]
    return [settled(scene, subject, "mitigation", **said), *refresh(scene)]


CONSEQUENCES: Reactions = {
    ActionGiven: (given,),
    ActionMoved: (moved,),
    ActionSettled: (action_settled,),
    ActionOverdue: (overdue,),
    RulingMade: (made,),
    RulingObjected: (objected,),
    RulingSettled: (ruling_settled,),
    RulingFallsDue: (falls_due,),
    MitigationStarted: (started,),
    MitigationEnded: (mitigation_ended,),
}
