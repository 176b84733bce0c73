"""What follows from facts about holding, pauses and those who are informed: questions, timers, and who is told."""

from dataclasses import replace
from datetime import datetime

from bot.domain import facts as f
from bot.domain.core.effect import URGENT, Arm, Disarm, Effect, PutRight, Scene, invite, number, refresh, tell
from bot.domain.paging.ack_timeout import timer
from bot.domain.paging.effects import edit_pages, ladder, ladder_line

ALL = ("owed", "sent", "acknowledged", "released", "declined", "missed")


def question_key(escalation: int, asked_at: datetime | None) -> str:
    """The key of the message that asks the holder."""
    return f"dm:ack:{escalation}:{asked_at.isoformat() if asked_at else ''}"


def questioned(fact: f.AckQuestioned, scene: Scene) -> list[Effect]:
    assert scene.escalation is not None
    key = question_key(fact.escalation, scene.escalation.asked_at)
    ask = tell(fact.person, "still_on_it", key.removeprefix("dm:"), incident=number(scene), escalation=fact.escalation)
    return [
        replace(ask, priority=URGENT, asks=_asks_holder(fact.escalation)),
        *timer(scene.escalation),
        *ladder_line(scene, "ladder_asked", f"asked:{key}", person=fact.person),
    ]


def _asks_holder(escalation: int) -> str:
    return f"holder:{escalation}"


def holder_known(incident: int, escalation: int) -> PutRight:
    """Questions whether somebody still has it say who has, and lose their buttons."""
    payload = {"incident": incident, "escalation": escalation, "settled": True}
    return PutRight(_asks_holder(escalation), "still_on_it", payload)


def _settled(scene: Scene) -> list[Effect]:
    if scene.incident is None or scene.escalation is None:
        return []
    return [*timer(scene.escalation), holder_known(number(scene), scene.escalation.id or 0)]


def confirmed(fact: f.AckConfirmed, scene: Scene) -> list[Effect]:
    return [*_settled(scene), *edit_pages(scene, ("acknowledged",)), *ladder(scene)]


def withdrawn(fact: f.AckWithdrawn, scene: Scene) -> list[Effect]:
    key = f"unack:{fact.person}:{scene.now.isoformat()}"
    line = ladder_line(scene, "ladder_unack", key, person=fact.person, reason=fact.reason)
    return [*_settled(scene), *edit_pages(scene, ("declined", "missed")), *line, *refresh(scene)]


def paused(fact: f.EscalationPaused, scene: Scene) -> list[Effect]:
    subject = f"escalation:{fact.escalation}"
    wake = Arm("resume", subject, fact.until)
    return [Disarm("escalation", subject), wake, *edit_pages(scene, ("sent",)), *ladder(scene), *refresh(scene)]


def resumed(fact: f.EscalationResumed, scene: Scene) -> list[Effect]:
    return [Disarm("resume", f"escalation:{fact.escalation}"), *ladder(scene), *refresh(scene)]


def handed_over(fact: f.HandoverAccepted, scene: Scene) -> list[Effect]:
    told = tell(fact.giver, "handover_taken", f"handover:{fact.offer}:taken", incident=number(scene),
                by=fact.person)  # fmt: skip
    line = ladder_line(scene, "ladder_handover", f"handover:{fact.offer}", person=fact.person, by=fact.giver)
    effects = [told, *_settled(scene), *edit_pages(scene, ALL), *line, *refresh(scene)]
    if scene.incident and scene.incident.room == "open":
        effects.append(invite(scene, [fact.person], f"handover:{fact.offer}"))
    return effects


def refused(fact: f.HandoverRefused, scene: Scene) -> list[Effect]:
    return [tell(fact.giver, "handover_refused", f"handover:{fact.offer}:refused", incident=number(scene),
                 by=fact.person, reason=fact.reason)]  # fmt: skip


def informed(fact: f.ExecutiveInformed, scene: Scene) -> list[Effect]:
    n = number(scene)
    return [tell(fact.person, "informed", f"informed:{n}:{fact.person}", incident=n)]


def raise_suggested(fact: f.SeverityRaiseSuggested, scene: Scene) -> list[Effect]:
    n = number(scene)
    return [tell(fact.person, "raise_ask", f"raise:{n}:{fact.severity}", incident=n, severity=fact.severity)]
