"""Rules of holding: giving an acknowledgement back, confirming it, handing it over; pausing a policy and waking it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.core.fact import Fact
from bot.domain.core.people import TOCSIN
from bot.domain.paging import page_ending
from bot.domain.paging.acknowledgement_facts import (
    AckConfirmed,
    AckQuestioned,
    AckWithdrawn,
    EscalationPaused,
    EscalationResumed,
    ReassignmentAccepted,
)
from bot.domain.paging.page_ending import Ending
from storage.models import Escalation, EscalationState, Page, PageState


def question(escalation: Escalation, now: datetime) -> list[Fact]:
    """Asks the holder whether they still have it."""
    if escalation.state != EscalationState.ACKNOWLEDGED or escalation.asked_at is not None:
        return []
    escalation.asked_at = now
    return [AckQuestioned(escalation=escalation.id or 0, person=escalation.acknowledged_by or "")]


def confirm(escalation: Escalation, at: datetime, *, said: bool) -> list[Fact]:
    """The holder is at work as of `at`."""
    if escalation.state != EscalationState.ACKNOWLEDGED:
        return []
    escalation.confirmed_at, escalation.asked_at = at, None
    return [AckConfirmed(escalation=escalation.id or 0, person=escalation.acknowledged_by or "", said=said)]


def withdraw(escalation: Escalation, pages: Sequence[Page], *, by: str, reason: str, now: datetime) -> list[Fact]:
    """Nobody has it any more; the caller asks anew. Whoever gives it back themselves counts as having declined."""
    if escalation.state != EscalationState.ACKNOWLEDGED:
        return []
    holder = escalation.acknowledged_by or ""
    escalation.state = EscalationState.RUNNING
    escalation.acknowledged_by = escalation.acknowledged_at = None
    escalation.confirmed_at = escalation.asked_at = None
    for page in pages:
        if page.state == PageState.ACKNOWLEDGED:
            gave_back = by == holder
            page.state, page.settled_at = (PageState.DECLINED if gave_back else PageState.MISSED), now
            taken = page_ending.note(Ending.NO_ANSWER) if by == TOCSIN.who else page_ending.note(Ending.TAKEN_BACK, by)
            page.note = reason if gave_back else taken
    return [AckWithdrawn(escalation=escalation.id or 0, person=holder, by=by, reason=reason)]


def pause(escalation: Escalation, *, by: str, until: datetime, reason: str = "") -> list[Fact]:
    """No further level is asked before `until`; whoever was asked can still answer."""
    if escalation.state not in EscalationState.GOING_ON:
        return []
    escalation.state, escalation.next_at = EscalationState.PAUSED, None
    escalation.paused_until, escalation.paused_by = until, by
    return [EscalationPaused(escalation=escalation.id or 0, until=until, by=by, reason=reason)]


def wake(escalation: Escalation, *, reason: str) -> list[Fact]:
    """The pause is over; the caller asks the level anew."""
    if escalation.state != EscalationState.PAUSED:
        return []
    escalation.state, escalation.paused_until, escalation.paused_by = EscalationState.RUNNING, None, None
    return [EscalationResumed(escalation=escalation.id or 0, reason=reason)]


def take_over(escalation: Escalation, pages: Sequence[Page], *, person: str, offer: int, now: datetime) -> list[Fact]:
    """Somebody accepted what the holder offered: from now on it is theirs."""
    giver = escalation.acknowledged_by
    if escalation.state != EscalationState.ACKNOWLEDGED or giver is None or giver == person:
        return []
    escalation.acknowledged_by, escalation.confirmed_at, escalation.asked_at = person, now, None
    for page in pages:
        if page.state == PageState.ACKNOWLEDGED:
            page.state, page.settled_at = PageState.RELEASED, now
    return [ReassignmentAccepted(escalation=escalation.id or 0, offer=offer, giver=giver, person=person)]
