"""What follows from a rotation's change and from nights: notes, a survey, checklists, a word about rest."""

from typing import Any

from bot.domain.core.effect import LATER, Deliver, Effect, FactContext, Reactions, tell
from bot.domain.oncall.facts import (
    GroupIncomplete,
    RecoverySuggested,
    ShiftHandoffDue,
    ShiftHandoffEdited,
    ShiftHandoffTaken,
)

TEAM = "team"


def due(fact: ShiftHandoffDue, scene: FactContext) -> list[Effect]:
    return [show(fact.note, to) for to in (TEAM, *fact.incoming)]


def show(note: int, to: str) -> Deliver:
    """The note in the team's channel (`to` is TEAM), or to one person."""
    lane = f"handoff:{note}:{to}"
    return Deliver(kind="handoff", lane=lane, key=lane, payload={"note": note, "to": to})


def redrawn(fact: ShiftHandoffTaken | ShiftHandoffEdited, scene: FactContext) -> list[Effect]:
    return [
        Deliver(kind="handoff.edit", lane=f"handoff:{fact.note}:{to}", once=f"handoff:{fact.note}:{to}:edit",
            payload={"note": fact.note, "to": to}, priority=LATER)
        for to in fact.shown
    ]  # fmt: skip


def survey(note: int, schedule: str, person: str) -> Deliver:
    """One tap for whoever went off call."""
    return tell(
        person, "handoff_survey", f"handoff:{note}:survey:{person}", values={"handoff": note, "schedule": schedule}
    )


def wellness(person: str, schedule: str, when: str, start: str) -> Deliver:
    """A checklist `when` before, during or after a turn; `start` (ISO 8601) is the change that it belongs to."""
    key = wellness_key(person, schedule, when, start)
    return tell(person, "wellness", key, values={"schedule": schedule, "when": when})


def wellness_key(person: str, schedule: str, when: str, start: str) -> str:
    return f"wellness:{schedule}:{start}:{when}:{person}"


def recovery(fact: RecoverySuggested, scene: FactContext) -> list[Effect]:
    values = {"person": fact.person, "schedule": fact.schedule, "pages": fact.pages, "owner": fact.owner}
    effects: list[Effect] = [tell(fact.person, "recovery", recovery_key(fact.person, fact.until.isoformat()),
                                  values={**values, "yours": True})]  # fmt: skip
    if fact.owner:
        key = f"{recovery_key(fact.person, fact.until.isoformat())}:owner"
        effects.append(tell(fact.owner, "recovery", key, values={**values, "yours": False}))
    return effects


def recovery_key(person: str, until: str) -> str:
    return f"recovery:{person}:{until}"


def group(payload: dict[str, Any]) -> Deliver:
    """Slack's user group `group` (an id or a @handle) gets exactly the members `users`."""
    name = payload["group"]
    return Deliver(kind="usergroup", lane=f"usergroup:{name}", once=f"usergroup:{name}", payload=payload,
               priority=LATER)  # fmt: skip


def incomplete(fact: GroupIncomplete, scene: FactContext) -> list[Effect]:
    """To whoever looks after the schedule, else where it is spoken of."""
    values = {"group": fact.group, "schedules": fact.schedules, "left": fact.left, "problem": fact.problem}
    key = f"group:{fact.group}:{scene.now.isoformat()}"
    if fact.owner:
        return [tell(fact.owner, "group_incomplete", key, values=values)]
    payload = {"to": fact.place, "template": "group_incomplete", "incident": None, "values": values}
    return [Deliver(kind="dm", lane=f"dm:{fact.place}", key=f"dm:{key}", payload=payload)]


CONSEQUENCES: Reactions = {
    ShiftHandoffDue: (due,),
    ShiftHandoffTaken: (redrawn,),
    ShiftHandoffEdited: (redrawn,),
    RecoverySuggested: (recovery,),
    GroupIncomplete: (incomplete,),
}
