"""What follows from facts about holding, pauses and those who are informed: questions, timers, and who is told."""

from dataclasses import replace
from datetime import datetime

from bot.domain.core.effect import URGENT, Arm, Disarm, Effect, FactContext, Reactions, Supersede, tell
from bot.domain.incidents.severity import raise_key
from bot.domain.incidents.surfaces import invite, number, refresh
from bot.domain.paging.ack_timeout import timer
from bot.domain.paging.acknowledgement_facts import (
    AckConfirmed,
    AckQuestioned,
    AckWithdrawn,
    EscalationPaused,
    EscalationResumed,
    ExecutiveInformed,
    ReassignmentAccepted,
    ReassignmentRefused,
    SeverityRaiseSuggested,
)
from bot.domain.paging.effects import edit_pages, paging_thread, thread_line
from storage.models import PageState, RoomState

ALL = tuple(state for state in PageState if state != PageState.FAILED)


def question_key(escalation: int, asked_at: datetime | None) -> str:
    """The key of the message that asks the holder."""
    return f"dm:ack:{escalation}:{asked_at.isoformat() if asked_at else ''}"


def questioned(fact: AckQuestioned, scene: FactContext) -> list[Effect]:
    assert scene.escalation is not None
    key = question_key(fact.escalation, scene.escalation.asked_at)
    ask = tell(fact.person, "still_on_it", key.removeprefix("dm:"), incident=number(scene), escalation=fact.escalation)
    return [
        replace(ask, priority=URGENT, asks=_asks_holder(fact.escalation)),
        *timer(scene.escalation),
        *thread_line(scene, "ladder_asked", f"asked:{key}", person=fact.person),
    ]


def _asks_holder(escalation: int) -> str:
    return f"holder:{escalation}"


def holder_known(incident: int, escalation: int) -> Supersede:
    """Questions whether somebody still has it say who has, and lose their buttons."""
    payload = {"incident": incident, "escalation": escalation, "settled": True}
    return Supersede(_asks_holder(escalation), "still_on_it", payload)


def _settled(scene: FactContext) -> list[Effect]:
    if scene.incident is None or scene.escalation is None:
        return []
    return [*timer(scene.escalation), holder_known(number(scene), scene.escalation.id or 0)]


def confirmed(fact: AckConfirmed, scene: FactContext) -> list[Effect]:
    return [*_settled(scene), *edit_pages(scene, (PageState.ACKNOWLEDGED,)), *paging_thread(scene)]


def withdrawn(fact: AckWithdrawn, scene: FactContext) -> list[Effect]:
    key = f"unack:{fact.person}:{scene.now.isoformat()}"
    line = thread_line(scene, "ladder_unack", key, person=fact.person, reason=fact.reason)
    return [*_settled(scene), *edit_pages(scene, (PageState.DECLINED, PageState.MISSED)), *line, *refresh(scene)]


def paused(fact: EscalationPaused, scene: FactContext) -> list[Effect]:
    subject = f"escalation:{fact.escalation}"
    wake = Arm("resume", subject, fact.until)
    return [
        Disarm("escalation", subject),
        wake,
        *edit_pages(scene, (PageState.SENT,)),
        *paging_thread(scene),
        *refresh(scene),
    ]


def resumed(fact: EscalationResumed, scene: FactContext) -> list[Effect]:
    return [Disarm("resume", f"escalation:{fact.escalation}"), *paging_thread(scene), *refresh(scene)]


def handed_over(fact: ReassignmentAccepted, scene: FactContext) -> list[Effect]:
    told = tell(fact.giver, "handover_taken", f"handover:{fact.offer}:taken", incident=number(scene),
                by=fact.person)  # fmt: skip
    line = thread_line(scene, "ladder_handover", f"handover:{fact.offer}", person=fact.person, by=fact.giver)
    effects = [told, *_settled(scene), *edit_pages(scene, ALL), *line, *refresh(scene)]
    if scene.incident and scene.incident.room == RoomState.OPEN:
        effects.append(invite(scene, [fact.person], f"handover:{fact.offer}"))
    return effects


def refused(fact: ReassignmentRefused, scene: FactContext) -> list[Effect]:
    return [tell(fact.giver, "handover_refused", f"handover:{fact.offer}:refused", incident=number(scene),
                 by=fact.person, reason=fact.reason)]  # fmt: skip


def informed(fact: ExecutiveInformed, scene: FactContext) -> list[Effect]:
    n = number(scene)
    return [tell(fact.person, "informed", f"informed:{n}:{fact.person}", incident=n)]


def raise_suggested(fact: SeverityRaiseSuggested, scene: FactContext) -> list[Effect]:
    n = number(scene)
    key = raise_key(fact.severity, fact.why).replace("raise:", f"raise:{n}:", 1)
    asked = {"severity": fact.severity, "why": fact.why, "count": fact.count}
    return [tell(fact.person, "raise_ask", key, incident=n, **asked)]


CONSEQUENCES: Reactions = {
    AckQuestioned: (questioned,),
    AckConfirmed: (confirmed,),
    AckWithdrawn: (withdrawn,),
    EscalationPaused: (paused,),
    EscalationResumed: (resumed,),
    ReassignmentAccepted: (handed_over,),
    ReassignmentRefused: (refused,),
    ExecutiveInformed: (informed,),
    SeverityRaiseSuggested: (raise_suggested,),
}
