"""When an acknowledgement rots: whoever holds an incident and shows no progress is asked, then replaced.

Progress is something a person recorded. Nobody is asked while the incident is being watched (monitoring) or is over.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.core.effect import Arm, Disarm, Effect
from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.updates import WARNING
from storage.models import Escalation, EscalationState, Incident, IncidentStatus

PATIENCE = timedelta(minutes=10)
APART = timedelta(minutes=10)
"""How far the question stays away from the reminders of an update that is due."""
PROGRESS = ("note", "update", "status", "severity", "role", "decision", "action", "mitigation")
"""Kinds of timeline entries that show somebody at work."""


class Verdict(StrEnum):
    OVER = "no one holds it, or the incident is over"
    WATCHED = "the incident is being watched"
    PROGRESS = "something was recorded since"
    ASK = "nothing was recorded for as long as the policy allows"
    GIVE_UP = "the question was not answered"
    WAIT = "the question has not had its time yet"


def allowed(escalation: Escalation) -> timedelta | None:
    """How long the holder may show no progress; None when the policy does not ask."""
    seconds = escalation.policy.get("ack_timeout")
    return timedelta(seconds=seconds) if seconds else None


def judge(
    escalation: Escalation, incident: Incident | None, progress: datetime | None, now: datetime, *, late: bool = False
) -> Verdict:
    """What to do when the timer fires. `progress` is when something was last recorded by a person.

    `late`: Tocsin was away when the answer could have come, so an unanswered question gets its time once more.
    """
    if escalation.state != EscalationState.ACKNOWLEDGED or allowed(escalation) is None:
        return Verdict.OVER
    if incident is None or not is_open(incident):
        return Verdict.OVER
    if incident.status == IncidentStatus.MONITORING:
        return Verdict.WATCHED
    since = escalation.asked_at or escalation.confirmed_at
    if progress is not None and (since is None or progress > since):
        return Verdict.PROGRESS
    if escalation.asked_at is None:
        return Verdict.ASK
    return Verdict.WAIT if late or now < escalation.asked_at + PATIENCE else Verdict.GIVE_UP


def after_the_update(incident: Incident, now: datetime) -> datetime | None:
    """When to ask instead, while an update is asked for or about to be: one silence is asked about once."""
    due = incident.next_update_at
    if due is None or not due - WARNING - APART < now < due + APART:
        return None
    return due + APART


def next_check(escalation: Escalation) -> datetime | None:
    """When the holder is looked at next; None when they are not."""
    length = allowed(escalation)
    if escalation.state != EscalationState.ACKNOWLEDGED or length is None or escalation.confirmed_at is None:
        return None
    return escalation.asked_at + PATIENCE if escalation.asked_at else escalation.confirmed_at + length


def asks_at(escalation: Escalation, incident: Incident) -> datetime | None:
    """When the holder is asked next, as far as it is known now."""
    at = next_check(escalation)
    return (at and escalation.asked_at is None and after_the_update(incident, at)) or at


def start_level(escalation: Escalation) -> int:
    """The level, from 0, at which paging begins anew."""
    chosen = escalation.policy.get("ack_timeout_from")
    return escalation.level if chosen is None else int(chosen)


def timer(escalation: Escalation | None) -> list[Effect]:
    """The timer as it must stand now."""
    if escalation is None:
        return []
    at = next_check(escalation)
    subject = f"escalation:{escalation.id}"
    return [Arm("ack", subject, at)] if at else [Disarm("ack", subject)]
