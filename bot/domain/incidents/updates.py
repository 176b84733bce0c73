"""Rules of status updates: publish one, and what the clock does when the next one does not come."""

from datetime import datetime, timedelta

from bot.domain.core.errors import EmptyText
from bot.domain.core.fact import Fact
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents.facts import UpdateFallsDue, UpdatePublished, UpdateSnoozed
from storage.models import Incident, StatusUpdate

WARNING = timedelta(minutes=5)
UNCHANGED = "No change: "


def promise(incident: Incident) -> str:
    """What the buttons of a reminder carry: the incident, and the time for which its next update is promised."""
    due = incident.next_update_at
    return f"{incident.number}-{int(due.timestamp()) if due else 0}"


def unchanged(incident: Incident) -> str:
    """The honest short update. Said twice, it does not grow."""
    return UNCHANGED + (incident.focus or "no news yet").removeprefix(UNCHANGED)


def publish(
    incident: Incident,
    *,
    text: str,
    now: datetime,
    by: str,
    ref: str,
    impact: str = "",
    next_in: timedelta | None,
) -> tuple[StatusUpdate, list[Fact]]:
    """The next numbered update. `next_in` None means that no further one is promised."""
    incidents.require_open(incident, ref, "an update")
    clean = text.strip()[: incidents.MAX_TEXT]
    if not clean:
        raise EmptyText(what="publish", example="/incident update identified rolling back checkout 4812")
    incident.update_count += 1
    incident.focus = incidents.tidy(clean, 300)
    incident.impact = impact.strip()[: incidents.MAX_TEXT] or incident.impact
    incident.next_update_at = now + next_in if next_in else None
    update = StatusUpdate(
        incident=incident.number or 0,
        number=incident.update_count,
        status=incident.status,
        text=clean,
        impact=incident.impact,
        by=by,
        at=now,
        next_update_at=incident.next_update_at,
    )
    fact = UpdatePublished(
        number=update.number,
        status=update.status,
        text=clean,
        impact=update.impact,
        next_update_at=incident.next_update_at,
    )
    return update, [fact]


def falls_due(incident: Incident, now: datetime) -> list[Fact]:
    """What the reminder's timer finds: nothing when the incident ended or the update has been moved."""
    due = incident.next_update_at
    if due is None or not incidents.is_open(incident) or now < due - WARNING:
        return []
    return [UpdateFallsDue(due_at=due, overdue=now >= due)]


def reminder_at(due: datetime, now: datetime) -> datetime:
    """The next time to look: five minutes before the update is due, or then."""
    early = due - WARNING
    return early if now < early else due


def snooze(incident: Incident, *, now: datetime, ref: str, by: timedelta) -> list[Fact]:
    """Moves the promise. An overdue one counts from now."""
    incidents.require_open(incident, ref, "moving the next update")
    incident.next_update_at = max(now, incident.next_update_at or now) + by
    return [UpdateSnoozed(until=incident.next_update_at)]
