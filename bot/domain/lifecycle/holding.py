"""Rules of waiting: an incident that waits for something is held until then. It is no state, and stands beside one.

While it is held no update is owed and no one is reminded; what pages goes on, since pausing that is another word.
"""

from datetime import datetime, timedelta

from bot.domain.core.errors import DomainError, EmptyText
from bot.domain.core.fact import Fact
from bot.domain.incidents.lifecycle import MAX_TEXT, require_open, tidy
from bot.domain.incidents.states import require_accepted
from bot.domain.lifecycle.facts import HoldEnded, IncidentHeld
from storage.models import Incident

LONGEST = timedelta(days=30)
BEHIND = timedelta(seconds=1)
"""So much later than its end comes what fell due in a hold: the end itself is always first."""
WHAT = "holding it"


class NotHeldNow(DomainError):
    """{ref} isn't on hold, so there is nothing to end. Nothing was changed."""


class HoldInThePast(DomainError):
    """A hold ends later than now: write when, for example `/incident hold {ref} until Monday 9:00 waiting for the
    vendor`.
    """


class HoldTooLong(DomainError):
    """A hold lasts {days} days at most, so that nothing is forgotten. Nothing was changed."""


def asked_at(incident: Incident, now: datetime) -> datetime | None:
    """When somebody is asked instead of now, while it is held; None when it is not."""
    return max(incident.held_until, now) + BEHIND if incident.held_until else None


def hold(incident: Incident, *, until: datetime, reason: str, now: datetime, ref: str) -> list[Fact]:
    """Waits until then, and says for what. Held again, the new time counts."""
    require_accepted(incident, ref, WHAT)
    require_open(incident, ref, WHAT)
    why = tidy(reason, MAX_TEXT)
    if not why:
        raise EmptyText(what="say what it waits for", example=f"/incident hold {ref} until 9:00 waiting for the vendor")
    if until <= now:
        raise HoldInThePast(ref=ref)
    if until - now > LONGEST:
        raise HoldTooLong(days=LONGEST.days)
    if (incident.held_until, incident.held_for) == (until, why):
        return []
    incident.held_until, incident.held_for, incident.next_update_at = until, why, None
    return [IncidentHeld(until=until, reason=why)]


def end(incident: Incident, *, now: datetime, ref: str, cadence: timedelta | None, by_itself: bool) -> list[Fact]:
    """The work goes on, and updates are owed again. Raises NotHeldNow for a person who comes too late."""
    if incident.held_until is None:
        if by_itself:
            return []
        raise NotHeldNow(ref=ref)
    if by_itself and now < incident.held_until:
        return []
    why = incident.held_for or ""
    incident.held_until = incident.held_for = None
    incident.next_update_at = now + cadence if cadence else None
    return [HoldEnded(reason=why, by_itself=by_itself)]
