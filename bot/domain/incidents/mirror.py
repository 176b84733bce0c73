"""Which incidents have a twin at PagerDuty, how urgent it is, and what it hears; no drills, nothing private."""

from collections.abc import Container

from bot.domain.incidents.facts import MirrorNoted, MirrorOpened, MirrorWanted
from bot.domain.incidents.visibility import has_public_place
from storage.models import Incident

URGENT = ("SEV-1", "SEV-2")


def urgency(severity: str) -> str:
    """What PagerDuty calls a severity."""
    return "high" if severity in URGENT else "low"


def want(incident: Incident, mirrored: Container[str], *, again: bool = False) -> list[MirrorWanted]:
    """A twin for an incident of a `mirrored` severity that has none. `again`: the one of before it was reopened is
    resolved over there.

    Two wishes before the first answer have one key, and so lead to one twin.
    """
    if again:
        incident.pagerduty_id = incident.pagerduty_url = None
    if incident.pagerduty_id or incident.severity not in mirrored or not _may_be_told(incident):
        return []
    key = f"tocsin:{incident.number}:{incident.declared_at:%Y%m%dT%H%M%S}"
    return [MirrorWanted(key=key, urgency=urgency(incident.severity))]


def note(incident: Incident, mirrored: Container[str], text: str, urgency: str = "") -> list[MirrorNoted]:
    """A note on the twin, which may still be on its way; `urgency` when it has another one now."""
    known = incident.pagerduty_id or incident.severity in mirrored
    if not mirrored or not known or not text or not _may_be_told(incident):
        return []
    return [MirrorNoted(text=text, urgency=urgency)]


def _may_be_told(incident: Incident) -> bool:
    return not incident.drill and has_public_place(incident)


def opened(incident: Incident, ident: str, url: str) -> list[MirrorOpened]:
    """The twin is there: its id and address are kept on the incident."""
    incident.pagerduty_id, incident.pagerduty_url = ident, url
    return [MirrorOpened(id=ident, url=url)]
