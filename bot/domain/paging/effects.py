"""What follows from facts about escalations and pages: send, edit, withdraw, and the thread that shows the ladder."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from bot.domain.core.effect import (
    LATER,
    PAGE,
    URGENT,
    Arm,
    Deliver,
    Disarm,
    Effect,
    FactContext,
    Reactions,
    Supersede,
)
from bot.domain.incidents.surfaces import invite, number, refresh, room_is_opening
from bot.domain.paging import ack_timeout
from bot.domain.paging.acknowledgement_facts import AlarmRepeated
from bot.domain.paging.facts import (
    EscalationExhausted,
    EscalationStarted,
    EscalationStopped,
    LevelReached,
    PageAcknowledged,
    PageDeclined,
    PageFailed,
    PeoplePassed,
)
from bot.domain.paging.stop_paging import StopPaging
from storage.models import EscalationKind, Page, PageState, RoomState


def paging_thread(scene: FactContext, after: str | None = None) -> list[Effect]:
    """The thread that shows the escalation, made once the place for it exists, edited from then on."""
    if scene.escalation is None or scene.incident is None or room_is_opening(scene):
        return []
    if (
        scene.escalation.kind == EscalationKind.HANDOVER
    ):  # it shows on the paging thread of the escalation that is handed over
        return []
    surface = f"ladder:{scene.escalation.id}"
    payload = {"incident": number(scene), "escalation": scene.escalation.id}
    return [Deliver(kind="ladder", lane=surface, once=surface, after=after, payload=payload, priority=LATER)]


def thread_line(scene: FactContext, template: str, key: str, **payload: Any) -> list[Effect]:
    """A line in the paging thread's log."""
    if scene.escalation is None or scene.incident is None or scene.escalation.kind == EscalationKind.HANDOVER:
        return []
    lane = f"ladder:{scene.escalation.id}"
    body = {"incident": number(scene), "escalation": scene.escalation.id, "template": template, **payload}
    return [
        *paging_thread(scene),
        Deliver(kind="ladder.reply", lane=lane, key=f"{lane}:{key}", payload=body, priority=LATER),
    ]


def thread_group(scene: FactContext, template: str, page: int, via: str) -> list[Effect]:
    """A line about everybody of one level whom the same way failed, or reached: written once, edited from then on."""
    asked = next((one for one in scene.pages if one.id == page), None)
    if (
        asked is None
        or scene.escalation is None
        or scene.incident is None
        or scene.escalation.kind == EscalationKind.HANDOVER
    ):
        return []
    lane = f"ladder:{scene.escalation.id}"
    group = f"{lane}:{template}:{asked.cycle}:{asked.level}:{via}:"
    body = {"incident": number(scene), "escalation": scene.escalation.id, "template": template, "group": group,
            "level": asked.level, "cycle": asked.cycle, "via": via}  # fmt: skip
    return [*paging_thread(scene), Deliver(kind="ladder.group", lane=lane, once=group, payload=body, priority=LATER)]


def _page_key(page: int | None) -> str:
    return f"page:{page}:slack"


def edit_pages(scene: FactContext, states: Collection[str], after: str | None = None) -> list[Effect]:
    """Messages of pages that changed: each says what is true now. Never a new notification."""
    pages = [page for page in scene.pages if page.state in states]
    return [
        Deliver(kind="page.edit", lane=_page_key(page.id), once=f"page:{page.id}:edit", payload={"page": page.id},
            after=after, priority=URGENT)
        for page in pages
    ]  # fmt: skip


def redraw_page(page: Page) -> Deliver:
    """Draws one page's message anew, for somebody who pressed a button that is no longer true."""
    return Deliver(kind="page.edit", lane=_page_key(page.id), once=f"page:{page.id}:edit", payload={"page": page.id},
               priority=URGENT)  # fmt: skip


def started(fact: EscalationStarted, scene: FactContext) -> list[Effect]:
    return paging_thread(scene)


def level(fact: LevelReached, scene: FactContext) -> list[Effect]:
    subject = f"escalation:{fact.escalation}"
    assert scene.escalation is not None
    timer = [Arm("escalation", subject, scene.escalation.next_at)] if scene.escalation.next_at else []
    log = []
    if (fact.level, fact.cycle) != (0, 0):
        log = thread_line(scene, "ladder_level", f"level:{fact.cycle}:{fact.level}", level=fact.level,
                           repeat=fact.repeat, people=fact.people)  # fmt: skip
    return [*timer, *edit_pages(scene, (PageState.MISSED,)), *log, *refresh(scene)]


def passed(fact: PeoplePassed, scene: FactContext) -> list[Effect]:
    key = f"passed:{fact.level}:{scene.now.isoformat()}"
    return thread_line(scene, "ladder_passed", key, level=fact.level, unfit=fact.people)


def page_failed(fact: PageFailed, scene: FactContext) -> list[Effect]:
    return [
        *thread_line(scene, "ladder_failed", f"failed:{fact.page}", person=fact.person, reason=fact.reason),
        *refresh(scene),
    ]


def _paging_over(fact: Any, scene: FactContext) -> list[Effect]:
    """Stops everywhere at once: no timer, nothing unsent, every message says who has it."""
    return [
        *(Disarm(kind, f"escalation:{fact.escalation}") for kind in ("escalation", "resume", "alarm", "specialist")),
        StopPaging(tuple(page.id or 0 for page in scene.pages), "paging is over"),
        *_alarms_over(fact.escalation, scene),
        *edit_pages(scene, (PageState.ACKNOWLEDGED, PageState.RELEASED, PageState.DECLINED, PageState.MISSED)),
    ]


def acknowledged(fact: PageAcknowledged, scene: FactContext) -> list[Effect]:
    effects = _paging_over(fact, scene)
    key = f"ack:{scene.now.isoformat()}"  # after it was given back there may be another
    effects += [*ack_timeout.timer(scene.escalation),
                *thread_line(scene, "ladder_ack", key, person=fact.person, seconds=fact.seconds)]  # fmt: skip
    if scene.incident and scene.incident.room == RoomState.OPEN:
        effects.append(invite(scene, [fact.person], f"ack:{fact.person}"))
    return [*effects, *refresh(scene)]


def declined(fact: PageDeclined, scene: FactContext) -> list[Effect]:
    return [
        StopPaging((fact.page,), "declined"),
        *edit_pages(scene, (PageState.DECLINED,)),
        *thread_line(scene, "ladder_declined", f"declined:{fact.page}", person=fact.person, reason=fact.reason),
    ]


ALARM_AGAIN = timedelta(minutes=10)


def exhausted(fact: EscalationExhausted, scene: FactContext) -> list[Effect]:
    """The last resort is never silence: the incidents channel is told, loudly, with a button to take it."""
    edits = edit_pages(scene, (PageState.MISSED, PageState.DECLINED))
    over: list[Effect] = [Disarm("escalation", f"escalation:{fact.escalation}"), *edits]
    if scene.escalation is None or scene.escalation.kind == EscalationKind.HANDOVER:  # it stays with whoever offered it
        return over
    alarm = _alarm(fact.escalation, scene) if fact.alarm else []
    return [*over, *alarm, *paging_thread(scene), *refresh(scene)]


def _alarm(escalation: int, scene: FactContext) -> list[Effect]:
    """Said anew: what was said before keeps no button."""
    assert scene.escalation is not None
    surface = f"alarm:{escalation}"
    alarm = Deliver(kind="alarm", lane=surface, key=f"{surface}:{scene.escalation.alarms}", asks=surface,
                payload={"escalation": escalation}, priority=PAGE)  # fmt: skip
    return [*_alarms_over(escalation, scene), alarm, Arm("alarm", f"escalation:{escalation}", scene.now + ALARM_AGAIN)]


def _alarms_over(escalation: int, scene: FactContext) -> list[Effect]:
    """Every alarm so far says who has answered, that nobody is needed, or that it was said again; no button is left."""
    if scene.incident is None or scene.escalation is None or not scene.escalation.alarms:
        return []
    payload = {"incident": number(scene), "escalation": escalation}
    return [Supersede(f"alarm:{escalation}", "alarm_over", payload)]


def alarm_again(fact: AlarmRepeated, scene: FactContext) -> list[Effect]:
    return _alarm(fact.escalation, scene)


def alarm_in_person(escalation: int, person: str, times: int) -> Deliver:
    """The alarm once more, to one person."""
    key = f"alarm:{escalation}:{times}:{person}"
    return Deliver(kind="alarm", lane=key, key=key, asks=f"alarm:{escalation}",
               payload={"escalation": escalation, "to": person}, priority=PAGE)  # fmt: skip


def alarm_by_way(escalation: int, person: str, via: str, times: int, lane: str = "") -> Deliver:
    """The same by another way than Slack, which may be what is broken."""
    key = f"alarm:{escalation}:{times}:{person}:{via}"
    payload = {"escalation": escalation, "to": person, "via": via}
    return Deliver(kind="alarm.way", lane=lane or key, key=key, payload=payload, priority=PAGE)


def stopped(fact: EscalationStopped, scene: FactContext) -> list[Effect]:
    return [*_paging_over(fact, scene), *paging_thread(scene), *refresh(scene)]


CONSEQUENCES: Reactions = {
    EscalationStarted: (started,),
    LevelReached: (level,),
    PeoplePassed: (passed,),
    PageFailed: (page_failed,),
    PageAcknowledged: (acknowledged,),
    PageDeclined: (declined,),
    EscalationExhausted: (exhausted,),
    EscalationStopped: (stopped,),
    AlarmRepeated: (alarm_again,),
}
