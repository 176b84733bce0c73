"""What follows from asking further: timers of promised answers, who is told, and messages that are put right later."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.assistance.facts import (
    Decided,
    PrivateNoteGiven,
    SpecialistPaged,
    SpecialistSilent,
    VendorAnswered,
    VendorAsked,
    VendorEscalated,
    VendorSilent,
)
from bot.domain.core.effect import Arm, Disarm, Effect, FactContext, Reactions, Supersede, tell
from bot.domain.incidents.surfaces import number, post, refresh


def specialist_paged(fact: SpecialistPaged, scene: FactContext) -> list[Effect]:
    return [Arm("specialist", f"escalation:{fact.escalation}", fact.due_at), *refresh(scene)]


def specialist_silent(fact: SpecialistSilent, scene: FactContext) -> list[Effect]:
    """Said in the room, and to whoever commands, who may look elsewhere."""
    key = f"specialist:{fact.escalation}:{scene.now.isoformat()}"
    said = {"specialist": fact.specialist, "asked": fact.escalation, "people": fact.people, "lead": fact.lead}
    alone = tell(fact.commander, "specialist_silent", f"{key}:{fact.commander}", incident=number(scene), **said)
    return [post(scene, "specialist_silent", key, **said), alone]


def decided(fact: Decided, scene: FactContext) -> list[Effect]:
    """Told to the room and to whoever asked; the pages follow from the acknowledgement beside this fact."""
    said = {"text": fact.text, "answer": fact.answer, "rationale": fact.rationale, "by": fact.person}
    key = f"decision:{fact.decision}"
    return [post(scene, "decided", key, **said), tell(fact.asked_by, "decided", key, incident=number(scene), **said)]


def vendor_asked(fact: VendorAsked, scene: FactContext) -> list[Effect]:
    said = _case(fact, until=fact.due_at.isoformat() if fact.due_at else None)
    return [post(scene, "vendor_case", f"vendor:{fact.case}", **said), *_waiting(fact.case, fact.due_at)]


def vendor_silent(fact: VendorSilent, scene: FactContext) -> list[Effect]:
    said = _case(fact, state="silent", since=fact.since.isoformat())
    told = post(scene, "vendor_silent", f"vendor:{fact.case}:silent:{fact.times}", **said)
    return [replace(told, asks=_asks(fact.case)), *_waiting(fact.case, fact.again_at)]


def vendor_escalated(fact: VendorEscalated, scene: FactContext) -> list[Effect]:
    until = fact.due_at.isoformat() if fact.due_at else None
    return [*_repaired(fact, scene, state="escalated", until=until), *_waiting(fact.case, fact.due_at)]


def vendor_answered(fact: VendorAnswered, scene: FactContext) -> list[Effect]:
    return [*_repaired(fact, scene, state="answered", seconds=fact.seconds), *_waiting(fact.case, None)]


def note_given(fact: PrivateNoteGiven, scene: FactContext) -> list[Effect]:
    key = f"note:{number(scene)}:{scene.now.isoformat()}"
    return [tell(who, "private_note", f"{key}:{who}", incident=number(scene), text=fact.text) for who in fact.people]


def _case(fact: Any, **more: Any) -> dict[str, Any]:
    return {"case": fact.case, "vendor": fact.vendor, "ticket": fact.ticket, **more}


def _waiting(case: int, due_at: datetime | None) -> list[Effect]:
    subject = f"vendorcase:{case}"
    return [Arm("vendor", subject, due_at) if due_at else Disarm("vendor", subject)]


def _asks(case: int) -> str:
    return f"vendor:{case}"


def _repaired(fact: VendorEscalated | VendorAnswered, scene: FactContext, **state: Any) -> list[Effect]:
    """Every reminder of this case says what became of it, and loses its buttons."""
    return [Supersede(_asks(fact.case), "vendor_silent", {"incident": number(scene), **_case(fact, **state)})]


CONSEQUENCES: Reactions = {
    SpecialistPaged: (specialist_paged,),
    SpecialistSilent: (specialist_silent,),
    Decided: (decided,),
    VendorAsked: (vendor_asked,),
    VendorSilent: (vendor_silent,),
    VendorEscalated: (vendor_escalated,),
    VendorAnswered: (vendor_answered,),
    PrivateNoteGiven: (note_given,),
}
