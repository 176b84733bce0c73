"""What follows from facts about the ways of one page: a delivery for each, a line where one stood in for another."""

from datetime import datetime

from bot.domain.contact.methods import WAYS
from bot.domain.core.effect import PAGE, URGENT, Deliver, Effect, FactContext, Reactions
from bot.domain.incidents.surfaces import refresh
from bot.domain.paging.effects import paging_thread, redraw_page, thread_group
from bot.domain.paging.facts import MethodFailed, MethodTried, Paged, PageSent
from storage.models import Escalation, Incident, Page

PAGERS = ("pagerduty", "opsgenie")
"""Ways that go on paging by themselves until they are told that somebody has answered."""


def key_of(page: int, via: str) -> str:
    """What the delivery of a page by one way is known by, for good."""
    return f"page:{page}:{via}"


def keys_of(page: int) -> tuple[str, ...]:
    """Every key that a delivery of this page may have."""
    return tuple(key_of(page, via) for via in WAYS)


def pager_alias(incident: Incident, person: str) -> str:
    """What another pager knows one person's part of one incident by, whoever else sends it alerts."""
    return f"tocsin:{incident.number}:{person}:{incident.declared_at:%Y%m%dT%H%M%S}"


def lane_of(incident: int | None, person: str, via: str, key: str) -> str:
    """Other pagers hear of one alert in order, lest an end overtake the page after it; all else has its own lane."""
    return f"alert:{incident}:{person}:{via}" if via in PAGERS and incident is not None else key


def by_way(page: int, via: str, incident: int | None, person: str) -> Deliver:
    key = key_of(page, via)
    if via == "slack":
        return Deliver(kind="page", lane=key, key=key, payload={"page": page}, priority=PAGE)
    lane = lane_of(incident, person, via, key)
    return Deliver(kind="page.way", lane=lane, key=key, payload={"page": page, "via": via}, priority=PAGE)


def ask_do_not_disturb(page: int) -> Deliver:
    """Asks Slack whether its person is behind do-not-disturb, beside the page and never before it."""
    key = f"page:{page}:silence"
    return Deliver(kind="page.silence", lane=key, key=key, payload={"page": page}, priority=URGENT)


def withdrawal(page: Page, via: str, at: datetime) -> Deliver:
    """Tells another pager that nobody is needed any more. Behind the page itself, which may be under way."""
    key = key_of(page.id or 0, via)
    payload = {"incident": page.incident, "person": page.person, "escalation": page.escalation, "via": via}
    lane = lane_of(page.incident, page.person, via, key)
    return Deliver(kind="page.withdraw", lane=lane, key=f"{key}:withdraw:{at.isoformat()}", payload=payload)


def alarm_withdrawal(escalation: Escalation, person: str, via: str, at: datetime) -> Deliver:
    """The same for somebody who was told that nobody had answered."""
    payload = {"incident": escalation.incident, "person": person, "escalation": escalation.id, "via": via}
    lane = lane_of(escalation.incident, person, via, "")
    return Deliver(kind="page.withdraw", lane=lane, key=f"{lane}:{escalation.id}:{at.isoformat()}", payload=payload)


def paged(fact: Paged, scene: FactContext) -> list[Effect]:
    return [by_way(fact.page, via, _number(scene), fact.person) for via in fact.ways]


def tried(fact: MethodTried, scene: FactContext) -> list[Effect]:
    return [by_way(fact.page, fact.via, _number(scene), fact.person), *_redrawn(fact.page, scene)]


def _number(scene: FactContext) -> int | None:
    return scene.incident.number if scene.incident else None


def way_failed(fact: MethodFailed, scene: FactContext) -> list[Effect]:
    return [
        *thread_group(scene, "ladder_way_failed", fact.page, fact.via),
        *_redrawn(fact.page, scene),
    ]


def sent(fact: PageSent, scene: FactContext) -> list[Effect]:
    """A page that came by another way is shown beside the others; in place of one that did not work, it is said."""
    effects = [*paging_thread(scene), *refresh(scene)]
    if fact.via == "slack":
        return effects
    effects += _redrawn(fact.page, scene)
    if fact.instead:
        effects += thread_group(scene, "ladder_reached", fact.page, fact.via)
    return effects


def _redrawn(page: int, scene: FactContext) -> list[Effect]:
    """The message in Slack names the other ways, so it follows them once it stands."""
    return [redraw_page(row) for row in scene.pages if row.id == page and row.ts]


CONSEQUENCES: Reactions = {
    Paged: (paged,),
    MethodTried: (tried,),
    MethodFailed: (way_failed,),
    PageSent: (sent,),
}
